package dev.pequel.pql.syntax;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the diagnostics of one text. */
final class SyntaxDiagnostics {

    /** More than anyone reads; keeps answers about hostile text small. */
    private static final int LIMIT = 100;

    private final SourceText source;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private int reliableUntil = Integer.MAX_VALUE;

    SyntaxDiagnostics(SourceText source) {
        this.source = source;
    }

    void report(DiagnosticCode code, String message, int start, int end) {
        add(Diagnostic.of(code, message, source.span(start, end)));
    }

    void report(DiagnosticCode code, String message, int start, int end, String suggestion) {
        add(new Diagnostic(code, message, source.span(start, end), Optional.of(suggestion)));
    }

    private void add(Diagnostic diagnostic) {
        if (!isFull()) {
            diagnostics.add(diagnostic);
        }
    }

    void report(DiagnosticCode code, String message, PqlToken place) {
        report(code, message, place.start(), place.end());
    }

    void report(DiagnosticCode code, String message, PqlToken place, String suggestion) {
        report(code, message, place.start(), place.end(), suggestion);
    }

    /** After this place the text was probably misread: what is found there beyond it is not worth telling. */
    void ignoreFrom(int offset) {
        reliableUntil = Math.min(reliableUntil, offset);
    }

    /** Whether it is pointless to look for more. */
    boolean isFull() {
        return diagnostics.size() >= LIMIT;
    }

    boolean isEmpty() {
        return diagnostics.isEmpty();
    }

    /** Whether nothing was found but these. */
    boolean are(Set<DiagnosticCode> codes) {
        return diagnostics.stream().map(Diagnostic::code).allMatch(codes::contains);
    }

    /** In the order of their places; of several about the same place the first, since the others follow from it. */
    List<Diagnostic> all() {
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
