package dev.pequel.audience.content;

import dev.pequel.expression.ExpressionDocument;
import java.util.List;
import java.util.Optional;

/**
 * The properties of an audience that a client may write, with defaults and valid on their own.
 *
 * @param name at least one visible character
 * @param origin the source of the members, of the kind that {@code type} requires
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

    /** The source of the members. */
    public sealed interface Origin {}

    /**
     * The members are the profiles for which an expression is true.
     *
     * @param mergePolicyId empty for the default of the sandbox
     * @param evaluation the methods that the client chose; empty to derive them from the expression
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
     * The members are listed by the client.
     *
     * @param audienceId the id that the client uses
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
