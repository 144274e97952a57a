package dev.pequel.audience;

/**
 * The methods that evaluate a segment definition; {@code evaluationInfo} in the contract.
 *
 * @param batch in scheduled jobs
 * @param continuous as events arrive, also called streaming
 * @param synchronous on the edge
 */
record EvaluationChoice(boolean batch, boolean continuous, boolean synchronous) {

    static final EvaluationChoice NONE = new EvaluationChoice(false, false, false);
}
