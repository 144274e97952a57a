package dev.pequel.pql.compile;

/** Thrown when an expression exceeds the limits of time or memory for one profile. */
public final class EvaluationLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private EvaluationLimitException(String message) {
        super(message);
    }

    static EvaluationLimitException combinations(long max) {
        return new EvaluationLimitException(
                "the expression examines more than " + max + " combinations of items of one profile");
    }

    static EvaluationLimitException items(int max) {
        return new EvaluationLimitException(
                "the expression creates lists of more than " + max + " items from one profile");
    }

    static EvaluationLimitException pattern() {
        return new EvaluationLimitException(
                "a pattern of the expression has too many alternatives or optional parts in a row");
    }
}
