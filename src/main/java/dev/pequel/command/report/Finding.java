package dev.pequel.command.report;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.Severity;
import dev.pequel.pql.Span;
import java.util.Comparator;
import java.util.Optional;

/**
 * An error or warning at a position in a file.
 *
 * @param code the id of a {@link FileRule} or {@link dev.pequel.pql.DiagnosticCode}
 * @param message one or more sentences
 * @param suggestion the replacement of the span, escaped as in the file
 */
public record Finding(
        SourceFile file, Span span, String code, Severity severity, String message, Optional<String> suggestion) {

    /** Orders by file, then by position. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(
                    (Finding finding) -> finding.file().name())
            .thenComparingInt(finding -> finding.span().offset());

    public static Finding of(SourceFile file, Span span, FileRule rule, String message) {
        return new Finding(file, span, rule.id(), rule.severity(), message, Optional.empty());
    }

    public static Finding of(ExpressionSource source, Diagnostic diagnostic) {
        return of(source, diagnostic, diagnostic.severity());
    }

    public static Finding of(ExpressionSource source, Diagnostic diagnostic, Severity severity) {
        return new Finding(
                source.file(),
                source.span(diagnostic.span()),
                diagnostic.code().id(),
                severity,
                diagnostic.message(),
                diagnostic.suggestion().map(source::written));
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    String severityWord() {
        return isError() ? "error" : "warning";
    }

    /** Returns the empty span after the last character. */
    Span end() {
        int end = span.offset() + span.length();
        return file.text().span(end, end);
    }
}
