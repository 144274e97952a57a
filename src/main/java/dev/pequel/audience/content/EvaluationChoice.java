package dev.pequel.audience.content;

/**
 * The methods that evaluate a segment definition; {@code evaluationInfo} in the contract.
 *
 * @param batch in scheduled jobs
 * @param continuous as events arrive, also called streaming
 * @param synchronous on the edge
 */
public record EvaluationChoice(boolean batch, boolean continuous, boolean synchronous) {

    public static final EvaluationChoice NONE = new EvaluationChoice(false, false, false);
}
