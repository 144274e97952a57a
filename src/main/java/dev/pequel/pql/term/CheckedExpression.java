package dev.pequel.pql.term;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.type.Type;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** An expression without errors. Only the type checker creates instances, and only they can be compiled. */
public final class CheckedExpression {

    private final Expression source;
    private final Term term;
    private final Type type;
    private final Purpose purpose;
    private final IdentityHashMap<Term, Span> spans;

    public CheckedExpression(Expression source, Term term, Type type, Purpose purpose, Map<Term, Span> spans) {
        this.source = source;
        this.term = term;
        this.type = type;
        this.purpose = purpose;
        this.spans = new IdentityHashMap<>(spans);
    }

    /** Returns the expression as written. */
    public Expression source() {
        return source;
    }

    /** Returns the term to evaluate; for {@link Purpose#SEGMENT} it is Boolean. */
    public Term term() {
        return term;
    }

    /** Returns the type of the expression as written, before conversion to a Boolean. */
    public Type type() {
        return type;
    }

    public Purpose purpose() {
        return purpose;
    }

    /** Whether the result may change with the evaluation time alone, without a change of the profiles. */
    public boolean dependsOnTime() {
        return TimeDependence.of(term);
    }

    /**
     * Returns a condition over the profile within this expression as an expression of its own, without positions.
     *
     * @param condition a Boolean term that sees no variable
     */
    CheckedExpression part(Term condition) {
        return new CheckedExpression(source, condition, Type.BOOLEAN, Purpose.SEGMENT, Map.of());
    }

    /** Returns the position of this instance of a node of {@link #term()}; empty for nodes that the checker added. */
    public Optional<Span> span(Term node) {
        return Optional.ofNullable(spans.get(node));
    }
}
