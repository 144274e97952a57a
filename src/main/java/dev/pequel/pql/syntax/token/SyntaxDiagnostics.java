package dev.pequel.pql.syntax.token;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the diagnostics of one text. */
public final class SyntaxDiagnostics {

    /** More than any reader needs; keeps responses to hostile text small. */
    private static final int LIMIT = 100;

    private final SourceText source;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private int reliableUntil = Integer.MAX_VALUE;

    public SyntaxDiagnostics(SourceText source) {
        this.source = source;
    }

    public void report(DiagnosticCode code, String message, int start, int end) {
        add(Diagnostic.of(code, message, source.span(start, end)));
    }

    public void report(DiagnosticCode code, String message, int start, int end, String suggestion) {
        add(new Diagnostic(code, message, source.span(start, end), Optional.of(suggestion)));
    }

    private void add(Diagnostic diagnostic) {
        if (!isFull()) {
            diagnostics.add(diagnostic);
        }
    }

    public void report(DiagnosticCode code, String message, PqlToken place) {
        report(code, message, place.start(), place.end());
    }

    public void report(DiagnosticCode code, String message, PqlToken place, String suggestion) {
        report(code, message, place.start(), place.end(), suggestion);
    }

    /** Ignores diagnostics from this offset on, where the text was probably misread. */
    public void ignoreFrom(int offset) {
        reliableUntil = Math.min(reliableUntil, offset);
    }

    /** Whether the limit is reached, so that checking can stop. */
    public boolean isFull() {
        return diagnostics.size() >= LIMIT;
    }

    public boolean isEmpty() {
        return diagnostics.isEmpty();
    }

    /** Whether all diagnostics have one of these codes. */
    public boolean are(Set<DiagnosticCode> codes) {
        return diagnostics.stream().map(Diagnostic::code).allMatch(codes::contains);
    }

    /**
     * Returns the diagnostics by position. Of overlapping ones only the first is kept, because the others follow from
     * it.
     */
    public List<Diagnostic> all() {
        List<Diagnostic> sorted = new ArrayList<>(diagnostics);
        sorted.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().offset()));
        List<Diagnostic> result = new ArrayList<>();
        int end = -1;
        for (Diagnostic diagnostic : sorted) {
            int offset = diagnostic.span().offset();
            if (offset >= end && (offset < reliableUntil || isMissingQuote(diagnostic))) {
                result.add(diagnostic);
                end = Math.max(
                        diagnostic.span().offset() + diagnostic.span().length(),
                        diagnostic.span().offset() + 1);
            }
        }
        return result;
    }

    private static boolean isMissingQuote(Diagnostic diagnostic) {
        return diagnostic.code() == DiagnosticCode.UNTERMINATED_STRING;
    }
}
