package dev.pequel.pql.check;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.Scalar.Null;

/**
 * An elaborated expression. A term whose type is {@link Type#TIMESTAMP} (or a list of it) yields timestamps: the conversion
 * from data is already part of it.
 */
record Typed(Term term, Type type, Path path, Expression source) {

    /** What stands for an expression with an error: it goes with everything, so that one mistake is reported once. */
    static Typed unknown(Expression source) {
        return new Typed(new Term.Constant(new Null()), Type.ANY, Path.COMPUTED, source);
    }

    static Typed computed(Term term, Type type, Expression source) {
        return new Typed(term, type, Path.COMPUTED, source);
    }

    Span span() {
        return source.span();
    }

    Typed with(Term changed, Type changedType) {
        return new Typed(changed, changedType, path, source);
    }

    boolean isConstant(Class<? extends Scalar> kind) {
        return term instanceof Term.Constant constant && kind.isInstance(constant.value());
    }
}
