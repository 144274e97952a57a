package dev.pequel.pql.term;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.Scalar.Null;
import dev.pequel.pql.type.Type;

/**
 * An elaborated expression with its type. A term of type {@link Type#TIMESTAMP} (or of a list of it) yields
 * timestamps: it includes the conversion from data.
 */
public record Typed(Term term, Type type, Path path, Expression source) {

    /**
     * Returns a placeholder for an expression with an error. It is compatible with everything, so that one mistake is
     * reported once.
     */
    public static Typed unknown(Expression source) {
        return new Typed(new Term.Constant(new Null()), Type.ANY, Path.COMPUTED, source);
    }

    public static Typed computed(Term term, Type type, Expression source) {
        return new Typed(term, type, Path.COMPUTED, source);
    }

    public Span span() {
        return source.span();
    }

    Typed with(Term changed, Type changedType) {
        return new Typed(changed, changedType, path, source);
    }

    public boolean isConstant(Class<? extends Scalar> kind) {
        return term instanceof Term.Constant constant && kind.isInstance(constant.value());
    }
}
