package dev.pequel.pql.ast;

import dev.pequel.pql.Span;
import java.util.List;
import java.util.Optional;

/**
 * A PQL expression as written, with unresolved names and unknown types. Every node has its span. Parentheses have no
 * node.
 */
public sealed interface Expression {

    Span span();

    /**
     * {@code "US"}, {@code 5}, {@code .45}, {@code true}, {@code null}. A negative number is a {@link Negation} (P7).
     */
    record Literal(Scalar value, Span span) implements Expression {}

    /** {@code ["US", "CA"]}. */
    record ListLiteral(List<Expression> items, Span span) implements Expression {
        public ListLiteral {
            items = List.copyOf(items);
        }
    }

    /** {@code {"count": G.count()}}; keys in source order. */
    record ObjectLiteral(List<Entry> entries, Span span) implements Expression {
        public ObjectLiteral {
            entries = List.copyOf(entries);
        }

        /** A key, without quotes, and its value. */
        public record Entry(String key, Expression value, Span keySpan) {}
    }

    /** A bare name: a variable, a named input or a field of the implicit item (P1). Backticks are already removed. */
    record Name(String name, Span span) implements Expression {}

    /** {@code $1}: an input by its position, from 1. */
    record InputReference(int position, Span span) implements Expression {}

    /** {@code ^}, {@code ^^}: the item this many implicit scopes further out (P38). */
    record OuterItem(int levels, Span span) implements Expression {}

    /** {@code this}: the current implicit item. */
    record CurrentItem(Span span) implements Expression {}

    /** {@code @{schema}}: data passed with the request. The text between the braces is not interpreted. */
    record ContextReference(String schema, Span span) implements Expression {}

    /** {@code now}, {@code today}, {@code yesterday}, {@code tomorrow}. */
    record TimeReference(TimeWord word, Span span) implements Expression {}

    /** {@code target.name}. */
    record Field(Expression target, String name, Span nameSpan, Span span) implements Expression {}

    /**
     * {@code receiver.name(arguments)}, or {@code name(arguments)} without a receiver. A function of a value may be
     * written in both forms (P51). The infix form {@code s matches p} is parsed as {@code s.matches(p)}.
     */
    record Call(Optional<Expression> receiver, String name, List<Expression> arguments, Span nameSpan, Span span)
            implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code target[condition]}. */
    record Filter(Expression target, Expression condition, Span span) implements Expression {}

    /** {@code not operand} or {@code !operand}, which differ only in precedence. */
    record Not(Expression operand, Span span) implements Expression {}

    /** {@code -operand}. */
    record Negation(Expression operand, Span span) implements Expression {}

    /** {@code left + right} and the other operators on numbers. */
    record Arithmetic(ArithmeticOperator operator, Expression left, Expression right, Span span)
            implements Expression {}

    /** {@code left = right} and the other comparisons. */
    record Comparison(ComparisonOperator operator, Expression left, Expression right, Span span)
            implements Expression {}

    /** {@code element in list}, or {@code element notIn list} when negated. */
    record Membership(boolean negated, Expression element, Expression list, Span span) implements Expression {}

    /** {@code text like pattern}. */
    record Like(Expression text, Expression pattern, Span span) implements Expression {}

    /** {@code timestamp occurs test}. */
    record Occurs(Expression timestamp, TimeTest test, Span span) implements Expression {}

    /** {@code a and b and c}: two or more operands; nested operands of the same kind are flattened. */
    record And(List<Expression> operands, Span span) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** {@code a or b or c}: two or more operands; nested operands of the same kind are flattened. */
    record Or(List<Expression> operands, Span span) implements Expression {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** {@code if(test, then, otherwise)}. */
    record If(Expression test, Expression then, Expression otherwise, Span span) implements Expression {}

    /** {@code let name = value in body}. */
    record Let(String name, Span nameSpan, Expression value, Expression body, Span span) implements Expression {}

    /** {@code select}, {@code exists} or {@code forall} over one or more variables. */
    record Quantified(Quantifier quantifier, List<Declaration> declarations, Span span) implements Expression {
        public Quantified {
            declarations = List.copyOf(declarations);
        }
    }

    /** {@code sum value over X from list where condition}; the short form {@code sum X from list} has no value. */
    record Aggregation(
            AggregateFunction function, Optional<Expression> value, List<Declaration> declarations, Span span)
            implements Expression {
        public Aggregation {
            declarations = List.copyOf(declarations);
        }
    }

    /** {@code chain(list, timestampField, [links])}. */
    record Chain(Expression list, String timestampField, Span timestampSpan, List<Link> links, Span span)
            implements Expression {
        public Chain {
            links = List.copyOf(links);
        }

        /** {@code A: WHAT(condition) WHEN(window) COUNT(n)}. An absent count is empty and means 1. */
        public record Link(
                String label, Expression condition, Optional<TimeTest> when, Optional<Long> count, Span span) {}
    }

    /** {@code (A, B) => body}; the whole expression, or an argument of a list function. */
    record Lambda(List<Parameter> parameters, Expression body, Span span) implements Expression {
        public Lambda {
            parameters = List.copyOf(parameters);
        }

        /** The name that the body uses for an item. */
        public record Parameter(String name, Span span) {}
    }

    /** {@code V from range where condition}. */
    record Declaration(String name, Span nameSpan, Expression range, Optional<Expression> condition, Span span) {}

    /** The keyword of a {@link Quantified} expression. */
    enum Quantifier {
        SELECT("select"),
        EXISTS("exists"),
        FORALL("forall");

        private final String word;

        Quantifier(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** The function of an {@link Aggregation}. */
    enum AggregateFunction {
        SUM("sum"),
        AVERAGE("average"),
        MIN("min"),
        MAX("max");

        private final String word;

        AggregateFunction(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
