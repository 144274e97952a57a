package dev.pequel.audience.content;

import dev.pequel.expression.ExpressionDocument;
import java.util.List;
import java.util.Optional;

/**
 * What a client says about an audience: all that it may write, complete with defaults and valid by itself.
 *
 * @param name at least one visible character
 * @param origin where the members come from, of the kind that {@code type} says
 */
public record AudienceContent(
        AudienceType type,
        String name,
        Optional<String> description,
        String namespace,
        Lifecycle lifecycle,
        List<String> labels,
        List<String> tags,
        Optional<String> originName,
        Origin origin) {

    /** Whether the client chose the evaluation methods; otherwise they follow from the expression. */
    public boolean choosesEvaluation() {
        return origin instanceof Definition definition
                && definition.evaluation().isPresent();
    }

    /** Whether another content has the same expression, evaluated by the same methods. */
    public boolean hasExpressionOf(AudienceContent other) {
        return origin instanceof Definition one
                && other.origin instanceof Definition another
                && one.expression().equals(another.expression())
                && one.evaluation().equals(another.evaluation());
    }

    public sealed interface Origin {}

    /**
     * Members are those profiles for which an expression holds.
     *
     * @param mergePolicyId empty for the sandbox's default
     * @param evaluation empty when it shall follow from the expression
     */
    public record Definition(
            ExpressionDocument expression,
            String schemaName,
            int ttlInDays,
            String profileInstanceId,
            Optional<String> mergePolicyId,
            Optional<EvaluationChoice> evaluation,
            boolean excludeOptOut,
            boolean overridePerformanceWarnings)
            implements Origin {}

    /**
     * Members are listed from outside.
     *
     * @param audienceId the client's own id
     * @param audienceMeta any JSON, as text
     * @param linkedAudienceRef any JSON, as text
     */
    public record External(
            String audienceId,
            Optional<String> datasetId,
            Optional<String> audienceMeta,
            Optional<String> linkedAudienceRef)
            implements Origin {}
}
