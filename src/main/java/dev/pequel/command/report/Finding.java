package dev.pequel.command.report;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.Severity;
import dev.pequel.pql.Span;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that is wrong or doubtful, with its place in a file.
 *
 * @param code that of a {@link FileRule} or a {@link dev.pequel.pql.DiagnosticCode}
 * @param message one or more sentences
 * @param suggestion what to write in place of the span, as it belongs into the file
 */
public record Finding(
        SourceFile file, Span span, String code, Severity severity, String message, Optional<String> suggestion) {

    /** File by file, and within one from its beginning to its end. */
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

    /** The place after the last character, as an empty span. */
    Span end() {
        int end = span.offset() + span.length();
        return file.text().span(end, end);
    }
}
