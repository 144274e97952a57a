package dev.pequel.pql.check.analysis;

import static dev.pequel.pql.DiagnosticCode.CONSTANT_CONDITION;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Expression.AggregateFunction;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.function.StringTestKind;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.Conversions;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.TermKey;
import dev.pequel.pql.term.Terms;
import dev.pequel.pql.type.Type;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds conditions that are always true or always false, whatever the data. */
final class ConstantConditions {

    private final CheckDiagnostics findings;

    ConstantConditions(CheckDiagnostics findings) {
        this.findings = findings;
    }

    /** Returns the value that the condition always has, as far as this node alone shows it. */
    Optional<Boolean> always(Term term) {
        return switch (term) {
            case Term.Constant constant when constant.value() instanceof Scalar.Bool bool -> Optional.of(bool.value());
            case Term.ToBoolean conversion -> alwaysPresent(conversion.operand());
            case Term.Comparison comparison -> always(comparison);
            case Term.In in -> always(in);
            case Term.Call call
            when call.function() == Function.IS_NULL ->
                alwaysPresent(call.arguments().getFirst()).map(isPresent -> !isPresent);
            case Term.Call call
            when call.function() == Function.IS_NOT_NULL ->
                alwaysPresent(call.arguments().getFirst());
            case Term.Occurs occurs when isReversed(occurs.test()) -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Whether a value that is neither list nor Boolean is present for every profile, or for none. */
    private Optional<Boolean> alwaysPresent(Term term) {
        if (isNull(term)) {
            return Optional.of(false);
        }
        boolean isSingle = findings.type(term) instanceof Type.Primitive;
        return isSingle && !canBeMissing(term) ? Optional.of(true) : Optional.empty();
    }

    private Optional<Boolean> always(Term.Comparison comparison) {
        if (isNull(comparison.left()) || isNull(comparison.right())) {
            return Optional.of(false);
        }
        Optional<Value> left = value(comparison.left());
        Optional<Value> right = value(comparison.right());
        if (left.isPresent() && right.isPresent()) {
            return left.get().compare(right.get()).map(order -> holds(comparison.operator(), order));
        }
        // A comparison of a value with itself. It excludes lists made by paths, which may hold two different values.
        boolean isSelf = findings.type(comparison.left()) instanceof Type.Primitive
                && comparison.left().equals(comparison.right());
        if (!isSelf) {
            return Optional.empty();
        }
        boolean holds = holds(comparison.operator(), 0);
        return holds && canBeMissing(comparison.left()) ? Optional.empty() : Optional.of(holds);
    }

    private static Optional<Boolean> always(Term.In in) {
        boolean isNeverTrue = isNull(in.element())
                || isNull(in.list())
                || in.list() instanceof Term.ListOf list && list.items().isEmpty() && !in.negated();
        return isNeverTrue ? Optional.of(false) : Optional.empty();
    }

    private static boolean holds(ComparisonOperator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    static boolean isNull(Term term) {
        return term instanceof Term.Constant constant && constant.value() instanceof Scalar.Null;
    }

    /** Whether the term may be missing for some profile. */
    static boolean canBeMissing(Term term) {
        return switch (term) {
            case Term.Constant constant -> constant.value() instanceof Scalar.Null;
            case Term.ConstantTime time -> false;
            case Term.Moment moment -> false;
            case Term.ListOf list -> false;
            case Term.ObjectOf object -> false;
            case Term.Negation negation -> canBeMissing(negation.operand());
            case Term.Arithmetic arithmetic ->
                switch (arithmetic.operator()) {
                    case ADD, SUBTRACT, MULTIPLY -> canBeMissing(arithmetic.left()) || canBeMissing(arithmetic.right());
                    case DIVIDE, REMAINDER -> true;
                };
            case Term.Call call ->
                switch (call.function()) {
                    case COUNT, CURRENT_YEAR, CURRENT_MONTH, CURRENT_DAY_OF_MONTH -> false;
                    case GET_YEAR, GET_MONTH, GET_DAY_OF_MONTH ->
                        canBeMissing(call.arguments().getFirst());
                    default -> !Conversions.isCertain(call);
                };
            case Term.Aggregation aggregation -> aggregation.function() != AggregateFunction.SUM;
            case Term.If choice -> canBeMissing(choice.then()) || canBeMissing(choice.otherwise());
            case Term.Let let -> canBeMissing(let.body());
            default -> !Conversions.isCertain(term);
        };
    }

    // ---- Several conditions together

    /** Reports operands of {@code and} that are never true together. */
    void contradiction(Term.And and) {
        if (hasOpposites(and.operands())) {
            report("These conditions are never true together.", and);
            return;
        }
        Map<TermKey, Range> ranges = new HashMap<>();
        for (Term operand : and.operands()) {
            Optional<Restriction> restriction = restriction(operand);
            if (restriction.isEmpty()) {
                continue;
            }
            Range range = ranges.computeIfAbsent(new TermKey(restriction.get().subject()), subject -> new Range());
            if (!range.narrow(restriction.get().operator(), restriction.get().value())) {
                report("These conditions on the same value are never true together.", and);
                return;
            }
        }
    }

    /** Reports operands of {@code or} of which one is always true. */
    void tautology(Term.Or or) {
        if (hasOpposites(or.operands())) {
            report("One of these conditions is always true.", or);
        }
    }

    private void report(String message, Term place) {
        findings.report(CONSTANT_CONDITION, message, findings.span(place).orElse(Span.NONE));
    }

    private static boolean hasOpposites(List<Term> operands) {
        Set<TermKey> all = operands.stream().map(TermKey::new).collect(Collectors.toSet());
        return operands.stream().anyMatch(operand -> switch (operand) {
            case Term.Not not -> all.contains(new TermKey(not.operand()));
            case Term.Call call
            when call.function() == Function.IS_NULL ->
                all.contains(new TermKey(new Term.Call(Function.IS_NOT_NULL, call.arguments())));
            default -> false;
        });
    }

    /** A comparison of a term with a constant, with the constant on the right. */
    private record Restriction(Term subject, ComparisonOperator operator, Value value) {}

    private Optional<Restriction> restriction(Term term) {
        return switch (term) {
            case Term.Comparison comparison -> {
                Optional<Value> right = value(comparison.right());
                Optional<Value> left = value(comparison.left());
                if (right.isPresent() && isSingle(comparison.left())) {
                    yield Optional.of(new Restriction(comparison.left(), comparison.operator(), right.get()));
                }
                yield left.isPresent() && isSingle(comparison.right())
                        ? Optional.of(new Restriction(comparison.right(), mirrored(comparison.operator()), left.get()))
                        : Optional.empty();
            }
            case Term.Text text
            when text.test() == StringTestKind.EQUALS && text.caseSensitive() && isSingle(text.text()) ->
                value(text.argument()).map(value -> new Restriction(text.text(), ComparisonOperator.EQUAL, value));
            default -> Optional.empty();
        };
    }

    /** Whether the value is certainly not a list, whose items could satisfy different conditions. */
    private boolean isSingle(Term term) {
        return findings.type(term) instanceof Type.Primitive;
    }

    private static ComparisonOperator mirrored(ComparisonOperator operator) {
        return switch (operator) {
            case EQUAL -> ComparisonOperator.EQUAL;
            case NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
            case LESS -> ComparisonOperator.GREATER;
            case LESS_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
            case GREATER -> ComparisonOperator.LESS;
            case GREATER_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
        };
    }

    /** The range of values that satisfy several comparisons. */
    private static final class Range {

        private Value min;
        private boolean minIncluded;
        private Value max;
        private boolean maxIncluded;

        /** Narrows the range; returns whether any value is left. Values of another type do not narrow it. */
        boolean narrow(ComparisonOperator operator, Value value) {
            switch (operator) {
                case EQUAL -> {
                    atLeast(value, true);
                    atMost(value, true);
                }
                case GREATER -> atLeast(value, false);
                case GREATER_OR_EQUAL -> atLeast(value, true);
                case LESS -> atMost(value, false);
                case LESS_OR_EQUAL -> atMost(value, true);
                case NOT_EQUAL -> {}
            }
            if (min == null || max == null) {
                return true;
            }
            int order = min.compare(max).orElse(-1);
            return order < 0 || order == 0 && minIncluded && maxIncluded;
        }

        private void atLeast(Value value, boolean included) {
            int order = min == null ? 1 : value.compare(min).orElse(0);
            if (order > 0 || order == 0 && !included) {
                min = value;
                minIncluded = included;
            }
        }

        private void atMost(Value value, boolean included) {
            int order = max == null ? -1 : value.compare(max).orElse(0);
            if (order < 0 || order == 0 && !included) {
                max = value;
                maxIncluded = included;
            }
        }
    }

    // ---- Constants

    /** A constant, comparable with others of its type. */
    private record Value(Comparable<?> value) {

        @SuppressWarnings({"unchecked", "rawtypes"})
        Optional<Integer> compare(Value other) {
            return value.getClass() == other.value.getClass()
                    ? Optional.of(Integer.signum(((Comparable) value).compareTo(other.value)))
                    : Optional.empty();
        }
    }

    private static Optional<Value> value(Term term) {
        return switch (term) {
            case Term.ConstantTime time -> Optional.of(new Value(time.value()));
            case Term.Constant constant ->
                switch (constant.value()) {
                    case Scalar.Int whole -> Optional.of(new Value(BigDecimal.valueOf(whole.value())));
                    case Scalar.Real real ->
                        Double.isFinite(real.value())
                                ? Optional.of(new Value(new BigDecimal(real.value())))
                                : Optional.empty();
                    case Scalar.Text text -> Optional.of(new Value(text.value()));
                    case Scalar.Bool bool -> Optional.of(new Value(bool.value()));
                    case Scalar.Null none -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    // ---- Times

    private static boolean isReversed(Term.TimeCondition test) {
        if (!(test instanceof Term.TimeCondition.Between between)) {
            return false;
        }
        Optional<Integer> order = order(between.from(), between.to());
        return order.isPresent() && order.get() > 0;
    }

    private static Optional<Integer> order(Term.Time from, Term.Time to) {
        if (from instanceof Term.Time.NamedDay a && to instanceof Term.Time.NamedDay b) {
            return Optional.of(Integer.compare(rank(a.word()), rank(b.word())));
        }
        if (from instanceof Term.Time.CalendarDay a && to instanceof Term.Time.CalendarDay b) {
            List<Term> left = Terms.children(a.day());
            List<Term> right = Terms.children(b.day());
            for (int i = 0; i < left.size(); i++) {
                Optional<Value> one = value(left.get(i));
                Optional<Value> other = value(right.get(i));
                Optional<Integer> order = one.isPresent() && other.isPresent()
                        ? one.get().compare(other.get())
                        : left.get(i).equals(right.get(i)) ? Optional.of(0) : Optional.empty();
                if (order.isEmpty() || order.get() != 0) {
                    return order;
                }
            }
            return Optional.of(0);
        }
        return Optional.empty();
    }

    private static int rank(TimeWord word) {
        return switch (word) {
            case YESTERDAY -> 0;
            case NOW, TODAY -> 1;
            case TOMORROW -> 2;
        };
    }
}
