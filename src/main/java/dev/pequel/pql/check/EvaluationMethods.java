package dev.pequel.pql.check;

/**
 * The ways in which a segment may be evaluated (P62). Batch is always possible.
 *
 * @param streaming whether it may be evaluated as events arrive ({@code continuous} in {@code evaluationInfo})
 * @param edge whether it may be evaluated on the edge ({@code synchronous})
 * @param reason why the faster methods are or are not possible, one sentence for the user
 */
public record EvaluationMethods(boolean streaming, boolean edge, String reason) {

    /** Of an expression with errors. */
    static final EvaluationMethods UNKNOWN = new EvaluationMethods(false, false, "The expression has errors.");
}
