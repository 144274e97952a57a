package dev.pequel.pql.term;

/**
 * The evaluation methods that an expression allows (P62). Batch is always possible.
 *
 * @param streaming whether it may be evaluated as events arrive ({@code continuous} in {@code evaluationInfo})
 * @param edge whether it may be evaluated on the edge ({@code synchronous})
 * @param reason why the faster methods are possible or not, in one sentence for the user
 */
public record EvaluationMethods(boolean streaming, boolean edge, String reason) {

    /** For an expression with errors. */
    public static final EvaluationMethods UNKNOWN = new EvaluationMethods(false, false, "The expression has errors.");
}
