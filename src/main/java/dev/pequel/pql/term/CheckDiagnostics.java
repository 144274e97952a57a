package dev.pequel.pql.term;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.TypeRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Collects the findings of one check apart from the term: diagnostics, positions, types, paths read, and referenced
 * audiences. A new one is made for each check.
 */
public final class CheckDiagnostics {

    private static final int MOST_CROSSINGS = 2;

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Map<Term, Span> spans = new IdentityHashMap<>();
    private final Map<Term, Type> types = new IdentityHashMap<>();
    private final SortedSet<String> values = new TreeSet<>();
    private final SortedSet<String> containers = new TreeSet<>();
    private final List<AudienceReference> references = new ArrayList<>();
    private boolean isDeep;

    /** @param known diagnostics found before the check */
    public CheckDiagnostics(List<Diagnostic> known) {
        diagnostics.addAll(known);
    }

    public void report(DiagnosticCode code, String message, Span span) {
        diagnostics.add(Diagnostic.of(code, message, span));
    }

    public void report(DiagnosticCode code, String message, Span span, Optional<String> suggestion) {
        diagnostics.add(new Diagnostic(code, message, span, suggestion));
    }

    /** Warns of a list that is tested like a single value (P21). */
    public void someItemDecides(Typed list) {
        report(
                DiagnosticCode.LIST_COMPARED_WITH_SCALAR,
                (TypeRules.isPathMade(list.type())
                                ? "The path " + MessageWords.subject(list.source()) + " leads through a list"
                                : MessageWords.subject(list.source()) + " is a list")
                        + ": the condition holds when some item satisfies it.",
                list.span());
    }

    /** Warns of {@code isNull} and {@code isNotNull} on a list, which test whether there are values in it (P48). */
    public void valuesDecide(Typed list, Function function) {
        report(
                DiagnosticCode.LIST_COMPARED_WITH_SCALAR,
                "The path " + MessageWords.subject(list.source()) + " leads through a list: `" + function.spelling()
                        + "()` tests whether it leads to "
                        + (function == Function.IS_NULL ? "no value" : "some value")
                        + " at all; `exists(...)` tests each item.",
                list.span());
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /** Returns all diagnostics by position; at one position, errors come first. */
    public List<Diagnostic> inOrder() {
        return diagnostics.stream()
                .sorted(Comparator.comparingInt((Diagnostic d) -> d.span().offset())
                        .thenComparing(Diagnostic::severity)
                        .thenComparing(Diagnostic::code))
                .toList();
    }

    public void place(Term term, Type type, Span span) {
        spans.putIfAbsent(term, span);
        types.putIfAbsent(term, type);
    }

    public Map<Term, Span> spans() {
        return spans;
    }

    public Optional<Span> span(Term term) {
        return Optional.ofNullable(spans.get(term));
    }

    /** Returns the type of a node, or {@link Type#ANY} for one that the checker added. */
    public Type type(Term term) {
        return types.getOrDefault(term, Type.ANY);
    }

    /** Records that the data at the value's path is read. */
    public void read(Typed value) {
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
                    "The path to this value leads through " + value.path().crossings()
                            + " nested lists or maps; more than " + MOST_CROSSINGS
                            + " are slow to evaluate.",
                    value.span());
        }
    }

    /** Records that something inside the list, map or object at the path is read. */
    public void open(Path path) {
        note(path, containers);
    }

    private static void note(Path path, Set<String> paths) {
        path.text().filter(text -> !text.isEmpty()).ifPresent(paths::add);
    }

    /** Returns the paths read. A list, map or object is included only when no path inside it is. */
    public SortedSet<String> fields() {
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

    public void refer(AudienceReference reference) {
        references.add(reference);
    }

    public List<AudienceReference> references() {
        return references;
    }
}
