package dev.pequel.pql.check;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Everything that one check finds out, apart from the term itself. Lives as long as the check. */
final class CheckDiagnostics {

    private static final int MOST_CROSSINGS = 2;

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Map<Term, Span> spans = new IdentityHashMap<>();
    private final Map<Term, Type> types = new IdentityHashMap<>();
    private final SortedSet<String> values = new TreeSet<>();
    private final SortedSet<String> containers = new TreeSet<>();
    private final List<AudienceReference> references = new ArrayList<>();
    private boolean isDeep;

    /** @param known what was found before the check */
    CheckDiagnostics(List<Diagnostic> known) {
        diagnostics.addAll(known);
    }

    void report(DiagnosticCode code, String message, Span span) {
        diagnostics.add(Diagnostic.of(code, message, span));
    }

    void report(DiagnosticCode code, String message, Span span, Optional<String> suggestion) {
        diagnostics.add(new Diagnostic(code, message, span, suggestion));
    }

    /** Warns of a list that is tested like one value (P21). */
    void someItemDecides(Typed list) {
        report(
                DiagnosticCode.LIST_COMPARED_WITH_SCALAR,
                (TypeRules.isPathMade(list.type())
                                ? "The path " + MessageWords.subject(list.source()) + " leads through a list"
                                : MessageWords.subject(list.source()) + " is a list")
                        + ": the condition holds when some item satisfies it.",
                list.span());
    }

    /** Warns of a list that is asked whether it is there: what is asked is whether there are values in it (P48). */
    void valuesDecide(Typed list, Function function) {
        report(
                DiagnosticCode.LIST_COMPARED_WITH_SCALAR,
                "The path " + MessageWords.subject(list.source()) + " leads through a list: `" + function.spelling()
                        + "()` asks whether it leads to "
                        + (function == Function.IS_NULL ? "no value" : "some value")
                        + " at all; `exists(...)` asks about one item after the other.",
                list.span());
    }

    boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /** All diagnostics in the order of their places; at one place the errors first. */
    List<Diagnostic> inOrder() {
        return diagnostics.stream()
                .sorted(Comparator.comparingInt((Diagnostic d) -> d.span().offset())
                        .thenComparing(Diagnostic::severity)
                        .thenComparing(Diagnostic::code))
                .toList();
    }

    void place(Term term, Type type, Span span) {
        spans.putIfAbsent(term, span);
        types.putIfAbsent(term, type);
    }

    Map<Term, Span> spans() {
        return spans;
    }

    Optional<Span> span(Term term) {
        return Optional.ofNullable(spans.get(term));
    }

    /** The type of a node, {@link Type#ANY} for one that the checker added. */
    Type type(Term term) {
        return types.getOrDefault(term, Type.ANY);
    }

    /** Notes that the data under the value's path is read. */
    void read(Typed value) {
        Type type = value.type();
        if (type instanceof Type.Primitive || type instanceof Type.Any || type instanceof Type.Null) {
            note(value.path(), values);
        } else {
            open(value.path());
        }
        if (value.path().crossings() > MOST_CROSSINGS && !isDeep) {
            isDeep = true;
            report(
                    DiagnosticCode.DEEP_LISTS,
                    "The way to this value leads through " + value.path().crossings()
                            + " lists or maps inside each other; more than " + MOST_CROSSINGS
                            + " are slow to evaluate.",
                    value.span());
        }
    }

    /** Notes that the list, map or object under the path is looked into. */
    void open(Path path) {
        note(path, containers);
    }

    private static void note(Path path, Set<String> paths) {
        path.text().filter(text -> !text.isEmpty()).ifPresent(paths::add);
    }

    /** The paths read; a list, map or object of its own only when nothing in it is read. */
    SortedSet<String> fields() {
        TreeSet<String> all = new TreeSet<>(values);
        all.addAll(containers);
        SortedSet<String> fields = new TreeSet<>(values);
        for (String container : containers) {
            String inside = container + ".";
            String next = all.ceiling(inside);
            if (next == null || !next.startsWith(inside)) {
                fields.add(container);
            }
        }
        return fields;
    }

    void refer(AudienceReference reference) {
        references.add(reference);
    }

    List<AudienceReference> references() {
        return references;
    }
}
