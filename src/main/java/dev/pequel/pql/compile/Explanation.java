package dev.pequel.pql.compile;

import dev.pequel.column.Snapshot;
import dev.pequel.pql.Span;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Explains why an expression has its value for one profile: the tree of its parts with the values of each.
 *
 * @param root the whole expression
 * @param deciding the smallest parts that settle the result: for a false {@code and} its first false operand, for a
 *     true {@code or} its first true one, otherwise all operands
 */
public record Explanation(Node root, List<Span> deciding) {

    /** The maximum number of values kept for a part that is evaluated for many items. */
    public static final int MAX_VALUES = 20;

    public Explanation {
        deciding = List.copyOf(deciding);
    }

    /**
     * A part of the expression.
     *
     * @param span its position in the text
     * @param values its values, one for each evaluation, at most {@link #MAX_VALUES}: several for a part that is
     *     evaluated for the items of a list, none for a part that was not evaluated
     * @param evaluations the number of evaluations
     */
    public record Node(Span span, List<Value> values, int evaluations, List<Node> children) {
        public Node {
            values = List.copyOf(values);
            children = List.copyOf(children);
        }
    }

    /**
     * Evaluates the expression for the profile in a row and keeps the values of every part.
     *
     * @param cancelled whether the evaluation is cancelled; checked often, so that the evaluation ends within a
     *     second
     * @throws EvaluationLimitException when the expression visits too many combinations of items, or makes too many
     *     items
     * @throws CancellationException when the evaluation is cancelled
     */
    public static Explanation of(
            CheckedExpression expression,
            Snapshot snapshot,
            int row,
            Instant now,
            Memberships memberships,
            BooleanSupplier cancelled) {
        Map<Term, Observation> observations = new IdentityHashMap<>();
        Evaluator evaluator = Evaluator.compile(
                expression.term(),
                snapshot,
                now,
                memberships,
                Optional.of((term, value) -> observations
                        .computeIfAbsent(term, t -> new Observation())
                        .add(value)),
                cancelled);
        evaluator.value(row);
        Explainer explainer = new Explainer(expression, observations, evaluator);
        return new Explanation(
                explainer.node(expression.term(), expression.source().span()), explainer.deciding(expression.term()));
    }

    private static final class Observation {
        private final List<Object> values = new ArrayList<>();
        private int count;

        void add(Object value) {
            if (count++ < MAX_VALUES) {
                values.add(value);
            }
        }

        boolean isTrue() {
            return UntypedValues.isTrue(values.getLast());
        }
    }

    private record Explainer(CheckedExpression expression, Map<Term, Observation> observations, Evaluator evaluator) {

        Node node(Term term, Span span) {
            Optional<Observation> observation = Optional.ofNullable(observations.get(term));
            List<Value> values = observation.stream()
                    .flatMap(seen -> seen.values.stream())
                    .map(evaluator::toValue)
                    .toList();
            return new Node(span, values, observation.map(seen -> seen.count).orElse(0), children(term, span));
        }

        /** Returns the parts with a position in the text. A term that the checker added is replaced by its children. */
        private List<Node> children(Term term, Span parent) {
            List<Node> nodes = new ArrayList<>();
            for (Term child : Terms.children(term)) {
                Optional<Span> span = expression.span(child).filter(written -> !written.equals(parent));
                if (child instanceof Term.Constant || child instanceof Term.ConstantTime) {
                    continue;
                }
                if (span.isPresent()) {
                    nodes.add(node(child, span.get()));
                } else {
                    nodes.addAll(children(child, parent));
                }
            }
            return nodes;
        }

        List<Span> deciding(Term term) {
            return switch (term) {
                case Term.And and -> deciding(and.operands(), false);
                case Term.Or or -> deciding(or.operands(), true);
                case Term.Not not -> deciding(not.operand());
                case Term.ToBoolean conversion -> deciding(conversion.operand());
                default -> expression.span(term).stream().toList();
            };
        }

        private List<Span> deciding(List<Term> operands, boolean settles) {
            for (Term operand : operands) {
                Observation seen = observations.get(operand);
                if (seen != null && seen.isTrue() == settles) {
                    return deciding(operand);
                }
            }
            return operands.stream()
                    .flatMap(operand -> deciding(operand).stream())
                    .toList();
        }
    }
}
