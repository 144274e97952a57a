package dev.pequel.pql.term;

import dev.pequel.pql.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A condition over the profile within a segment's expression, such as an operand of {@code and}. Conditions over the
 * items of a list are no parts, because a profile alone neither satisfies nor fails them.
 *
 * @param span its position in the text
 * @param condition the condition as an expression of its own
 */
public record ConditionPart(Span span, CheckedExpression condition) {

    /**
     * Returns the conditions of a segment's expression in source order, each before those within it. The first is the
     * whole expression.
     *
     * @param segment an expression checked for {@link Purpose#SEGMENT} and read from text
     */
    public static List<ConditionPart> of(CheckedExpression segment) {
        List<ConditionPart> parts = new ArrayList<>();
        parts.add(new ConditionPart(segment.source().span(), segment));
        addWithin(segment.term(), new Collector(segment, UnaryOperator.identity(), parts));
        return parts;
    }

    /** @param enclose makes a condition that sees variables of a {@code let} one that sees none */
    private record Collector(CheckedExpression segment, UnaryOperator<Term> enclose, List<ConditionPart> parts) {

        Collector within(Term.Let let) {
            return new Collector(segment, body -> enclose.apply(new Term.Let(let.slot(), let.value(), body)), parts);
        }

        void add(Term condition) {
            segment.span(condition)
                    .ifPresent(span -> parts.add(new ConditionPart(span, segment.part(enclose.apply(condition)))));
            addWithin(condition, this);
        }
    }

    private static void addWithin(Term condition, Collector collector) {
        switch (condition) {
            case Term.And and -> and.operands().forEach(collector::add);
            case Term.Or or -> or.operands().forEach(collector::add);
            case Term.Not not -> collector.add(not.operand());
            case Term.If choice -> collector.add(choice.test());
            case Term.ToBoolean(Term.If choice) -> collector.add(choice.test());
            case Term.Let let when Conversions.isCertain(let.body()) -> addWithin(let.body(), collector.within(let));
            default -> {}
        }
    }
}
