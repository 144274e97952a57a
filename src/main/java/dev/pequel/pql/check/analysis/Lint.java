package dev.pequel.pql.check.analysis;

import static dev.pequel.pql.DiagnosticCode.CONSTANT_CONDITION;
import static dev.pequel.pql.DiagnosticCode.LONG_SEQUENCE;
import static dev.pequel.pql.DiagnosticCode.MANY_AGGREGATIONS;
import static dev.pequel.pql.DiagnosticCode.MISSING_DROPPED;
import static dev.pequel.pql.DiagnosticCode.UNBOUNDED_EVENTS;
import static dev.pequel.pql.DiagnosticCode.WILDCARD_IN_PATTERN;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.check.analysis.EventReads.Scan;
import dev.pequel.pql.check.analysis.EventReads.Window;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.function.StringTestKind;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.TermKey;
import dev.pequel.pql.term.Terms;
import dev.pequel.pql.type.Type;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Warns of constructs that are legal but probably wrong or slow, in terms without errors. The elaborator itself
 * reports what it finds along the way, such as paths that cross a list or context data.
 */
public final class Lint {

    /** Published limit of aggregation functions in one segment. */
    private static final int MOST_AGGREGATIONS = 3;

    /** Published limit of events in a chain. */
    private static final int LONGEST_SEQUENCE = 3;

    private final CheckDiagnostics findings;
    private final ConstantConditions constants;
    private int aggregations;
    /** The operand of the last {@code not} visited. */
    private Term negated;

    public Lint(CheckDiagnostics findings) {
        this.findings = findings;
        this.constants = new ConstantConditions(findings);
    }

    public void examine(Term term, EventReads events, Purpose purpose) {
        unboundedEvents(events);
        if (purpose == Purpose.SEGMENT) {
            condition(term);
        }
        visit(term, Set.of());
    }

    private void unboundedEvents(EventReads events) {
        Set<Term> reported = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Scan scan : events.scans()) {
            if (scan.window() == Window.NONE && reported.add(scan.list())) {
                report(
                        UNBOUNDED_EVENTS,
                        "All events are searched, however old: "
                                + (scan.chain().isPresent()
                                        ? "`WHEN(< 30 days before now)` after `WHAT(...)` would bound the search."
                                        : "a condition such as `timestamp occurs < 30 days before now` would bound the"
                                                + " search."),
                        scan.list());
            }
        }
    }

    /** @param present terms that are present wherever this term affects the result */
    private void visit(Term term, Set<TermKey> present) {
        switch (term) {
            case Term.And and -> {
                and.operands().forEach(this::condition);
                constants.contradiction(and);
                Set<TermKey> known = new HashSet<>(present);
                and.operands()
                        .forEach(operand -> presence(operand).map(TermKey::new).ifPresent(known::add));
                visitAll(and.operands(), known);
                return;
            }
            case Term.Or or -> {
                or.operands().forEach(this::condition);
                constants.tautology(or);
            }
            case Term.Not not -> {
                condition(not.operand());
                negated = not.operand();
            }
            case Term.Comparison comparison -> comparison(comparison, present);
            case Term.In in -> membership(in, present);
            case Term.Text text -> text(text, present);
            case Term.Filter filter -> condition(filter.condition());
            case Term.If choice -> condition(choice.test());
            case Term.Select select -> conditions(select.generators());
            case Term.Exists exists -> conditions(exists.generators());
            case Term.ForAll forAll -> {
                conditions(forAll.generators());
                if (forAll.generators().stream().allMatch(g -> g.condition().isEmpty())) {
                    report(CONSTANT_CONDITION, "`forall` without a condition is always true.", forAll);
                }
            }
            case Term.Aggregation aggregation -> {
                conditions(aggregation.generators());
                aggregation(aggregation);
            }
            case Term.Call call -> {
                if (call.function() == Function.COUNT) {
                    aggregation(call);
                }
                alwaysReported(call);
            }
            case Term.Occurs occurs -> alwaysReported(occurs);
            case Term.Chain chain -> {
                if (chain.links().size() > LONGEST_SEQUENCE) {
                    report(
                            LONG_SEQUENCE,
                            "This sequence has " + chain.links().size() + " events; other platforms refuse more than "
                                    + LONGEST_SEQUENCE + ".",
                            chain);
                }
            }
            default -> {}
        }
        visitAll(Terms.children(term), present);
    }

    private void visitAll(List<Term> terms, Set<TermKey> present) {
        for (Term term : terms) {
            visit(term, present);
        }
    }

    // ---- Conditions that do not depend on the data

    private void conditions(List<Term.Generator> generators) {
        generators.forEach(generator -> generator.condition().ifPresent(this::condition));
    }

    /** Reports a term in a Boolean position. Comparisons and other tests are reported where they are visited. */
    private void condition(Term term) {
        if (term instanceof Term.ToBoolean conversion) {
            Type type = findings.type(conversion.operand());
            boolean isComputed = !(conversion.operand() instanceof Term.Field
                    || conversion.operand() instanceof Term.ToTimestamp
                    || conversion.operand() instanceof Term.Variable);
            if (isComputed && type.isNumber()) {
                report(
                        CONSTANT_CONDITION,
                        "A number is true whenever it is present, even 0: compare it with a value.",
                        term);
                return;
            }
        }
        if (term instanceof Term.Constant || term instanceof Term.ToBoolean) {
            alwaysReported(term);
        }
    }

    private void alwaysReported(Term term) {
        constants.always(term).ifPresent(value -> alwaysReported(term, value));
    }

    private void alwaysReported(Term term, boolean value) {
        report(CONSTANT_CONDITION, "This condition is always " + value + ".", term);
    }

    // ---- Missing values

    private void comparison(Term.Comparison comparison, Set<TermKey> present) {
        Optional<Boolean> always = constants.always(comparison);
        if (always.isPresent()) {
            String hint = constants.isNull(comparison.left()) || constants.isNull(comparison.right())
                    ? " Use `isNull()` or `isNotNull()` to test whether a value is missing."
                    : "";
            report(CONSTANT_CONDITION, "This comparison is always " + always.get() + "." + hint, comparison);
        } else if (comparison.operator() == ComparisonOperator.NOT_EQUAL
                && !isEmptyText(comparison.left())
                && !isEmptyText(comparison.right())) {
            missingDropped("!=", "x = y", comparison, List.of(comparison.left(), comparison.right()), present);
        }
    }

    /** Whether the term is {@code ""}: {@code x != ""} usually asks whether a value is present. */
    private static boolean isEmptyText(Term term) {
        return term instanceof Term.Constant constant && constant.value().equals(new Scalar.Text(""));
    }

    private void membership(Term.In in, Set<TermKey> present) {
        Optional<Boolean> always = constants.always(in);
        if (always.isPresent()) {
            alwaysReported(in, always.get());
        } else if (in.negated()) {
            missingDropped("notIn", "x in list", in, List.of(in.element()), present);
        }
    }

    private void text(Term.Text text, Set<TermKey> present) {
        switch (text.test()) {
            case DOES_NOT_START_WITH -> negative(text, Function.DOES_NOT_START_WITH, Function.STARTS_WITH, present);
            case DOES_NOT_END_WITH -> negative(text, Function.DOES_NOT_END_WITH, Function.ENDS_WITH, present);
            case DOES_NOT_CONTAIN -> negative(text, Function.DOES_NOT_CONTAIN, Function.CONTAINS, present);
            case NOT_EQUAL_TO -> negative(text, Function.NOT_EQUAL_TO, Function.EQUALS, present);
            case LIKE, MATCHES -> wildcards(text);
            default -> {}
        }
    }

    private void negative(Term.Text text, Function negative, Function positive, Set<TermKey> present) {
        if (!isEmptyText(text.argument())) {
            missingDropped(
                    negative.spelling(),
                    "x." + positive.spelling() + "(y)",
                    text,
                    List.of(text.text(), text.argument()),
                    present);
        }
    }

    private void missingDropped(String test, String positive, Term term, List<Term> operands, Set<TermKey> present) {
        boolean isAffected = operands.stream()
                .anyMatch(operand -> !(findings.type(operand) instanceof Type.ListOf)
                        && ConstantConditions.canBeMissing(operand)
                        && !present.contains(new TermKey(operand)));
        // `not (a != b)` holds for missing values, probably on purpose.
        if (isAffected && term != negated) {
            report(
                    MISSING_DROPPED,
                    "`" + test + "` is false where a value is missing; `not (" + positive + ")` is true there.",
                    term);
        }
    }

    /** Returns the term that an operand of {@code and} requires to be present. */
    private static Optional<Term> presence(Term operand) {
        return switch (operand) {
            case Term.ToBoolean conversion -> Optional.of(conversion.operand());
            case Term.Call call
            when call.function() == Function.IS_NOT_NULL ->
                Optional.of(call.arguments().getFirst());
            case Term.Not(Term.Call call)
            when call.function() == Function.IS_NULL ->
                Optional.of(call.arguments().getFirst());
            default -> Optional.empty();
        };
    }

    // ---- Patterns and limits

    private void wildcards(Term.Text text) {
        if (!(text.argument() instanceof Term.Constant constant && constant.value() instanceof Scalar.Text pattern)) {
            return;
        }
        String value = pattern.value();
        boolean hasLikeWildcard = value.indexOf('%') >= 0 || value.indexOf('_') >= 0;
        boolean hasRegularExpression = value.chars().anyMatch(c -> ".*+?^$|()[]{}\\".indexOf(c) >= 0);
        if (text.test() == StringTestKind.MATCHES && hasLikeWildcard && !hasRegularExpression) {
            report(
                    WILDCARD_IN_PATTERN,
                    "In a regular expression `%` and `_` are ordinary characters; they are wildcards only in `like`.",
                    text.argument());
        }
        boolean looksRegular = value.contains(".*")
                || value.contains(".+")
                || value.indexOf('*') >= 0
                || value.startsWith("^")
                || value.endsWith("$");
        if (text.test() == StringTestKind.LIKE && !hasLikeWildcard && looksRegular) {
            report(
                    WILDCARD_IN_PATTERN,
                    "The wildcards of `like` are `%` and `_`; regular expressions are tested with `matches`.",
                    text.argument());
        }
    }

    private void aggregation(Term term) {
        aggregations++;
        if (aggregations == MOST_AGGREGATIONS + 1) {
            report(
                    MANY_AGGREGATIONS,
                    "This is the fourth aggregation: more than " + MOST_AGGREGATIONS
                            + " in one expression are slow to evaluate.",
                    term);
        }
    }

    private void report(DiagnosticCode code, String message, Term place) {
        findings.report(code, message, findings.span(place).orElse(Span.NONE));
    }
}
