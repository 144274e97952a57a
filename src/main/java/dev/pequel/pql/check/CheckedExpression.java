package dev.pequel.pql.check;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** An expression that passed the checker. Only the checker makes one, and only it can be compiled. */
public final class CheckedExpression {

    private final Expression source;
    private final Term term;
    private final Type type;
    private final Purpose purpose;
    private final IdentityHashMap<Term, Span> spans;

    CheckedExpression(Expression source, Term term, Type type, Purpose purpose, Map<Term, Span> spans) {
        this.source = source;
        this.term = term;
        this.type = type;
        this.purpose = purpose;
        this.spans = new IdentityHashMap<>(spans);
    }

    /** The expression as written. */
    public Expression source() {
        return source;
    }

    /** What to evaluate; for {@link Purpose#SEGMENT} it is Boolean. */
    public Term term() {
        return term;
    }

    /** The type of the expression as written, before it is read as a Boolean. */
    public Type type() {
        return type;
    }

    public Purpose purpose() {
        return purpose;
    }

    /** Whether the result may change with the time of the evaluation although the profiles stay as they are. */
    public boolean dependsOnTime() {
        return TimeDependence.of(term);
    }

    /** Where this very node of {@link #term()} was written; empty for nodes that the checker added. */
    public Optional<Span> span(Term node) {
        return Optional.ofNullable(spans.get(node));
    }
}
