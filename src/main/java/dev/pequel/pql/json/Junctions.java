package dev.pequel.pql.json;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Joins conditions by {@code and} and {@code or}. An operand that is itself such a junction is merged, as in text. */
final class Junctions {

    private Junctions() {}

    static Expression and(List<Expression> operands, Span span) {
        List<Expression> parts = parts(operands, Junctions::conjuncts);
        return parts.size() == 1 ? parts.getFirst() : new Expression.And(parts, span);
    }

    static Expression or(List<Expression> operands, Span span) {
        List<Expression> parts = parts(operands, Junctions::disjuncts);
        return parts.size() == 1 ? parts.getFirst() : new Expression.Or(parts, span);
    }

    private static List<Expression> parts(
            List<Expression> operands, Function<Expression, Stream<Expression>> partsOfOne) {
        return operands.stream().flatMap(partsOfOne).toList();
    }

    private static Stream<Expression> conjuncts(Expression expression) {
        return expression instanceof Expression.And and ? and.operands().stream() : Stream.of(expression);
    }

    private static Stream<Expression> disjuncts(Expression expression) {
        return expression instanceof Expression.Or or ? or.operands().stream() : Stream.of(expression);
    }
}
