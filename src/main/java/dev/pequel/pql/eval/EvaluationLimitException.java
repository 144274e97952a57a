package dev.pequel.pql.eval;

/** An expression tried more combinations of items on one profile than allowed. */
public final class EvaluationLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EvaluationLimitException(long combinations) {
        super("the expression looks at more than " + combinations + " combinations of items of one profile");
    }
}
