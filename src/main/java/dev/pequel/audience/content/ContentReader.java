package dev.pequel.audience.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.content.AudienceContent.Definition;
import dev.pequel.audience.content.AudienceContent.External;
import dev.pequel.audience.content.AudienceContent.Origin;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.http.request.BodyFields;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the content of audiences from request bodies. Missing properties get their defaults. Read-only and unknown
 * properties are ignored.
 */
public final class ContentReader {

    public static final String DEFAULT_NAMESPACE = "AEPSegments";
    static final String DEFAULT_SCHEMA = "_xdm.context.profile";
    static final String DEFAULT_PROFILE_INSTANCE = "ups";
    static final int DEFAULT_TTL_IN_DAYS = 60;

    private static final String LIFECYCLE = "lifecycle";
    private static final String LIFECYCLE_STATE = "lifecycleState";

    private final ContentLimits limits;

    public ContentReader(ContentLimits limits) {
        this.limits = limits;
    }

    /** Reads a new audience. Without a type, it is a segment definition. */
    public AudienceContent read(JsonNode body) {
        return read(body, Optional.empty());
    }

    /**
     * Reads the new content of a stored audience. A segment definition cannot become an external audience, nor the
     * other way round.
     *
     * @param present the stored content
     */
    public AudienceContent read(JsonNode body, AudienceContent present) {
        return read(body, Optional.of(present));
    }

    /** Reads a new external audience. The type may be absent. */
    public AudienceContent readExternal(JsonNode body) {
        JsonNode external = body;
        if (body.isObject() && body.path("type").asText().isEmpty()) {
            external = ((ObjectNode) body.deepCopy()).put("type", AudienceType.EXTERNAL_AUDIENCE.word());
        }
        AudienceContent content = read(external);
        if (!content.type().isExternal()) {
            throw new InvalidRequest("type", "must be ExternalAudience here");
        }
        return content;
    }

    /** Reads a new segment definition. */
    public AudienceContent readDefinition(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        Optional<AudienceType> type = BodyFields.ofBody(body, violations)
                .text("type", limits.identifierLength())
                .flatMap(AudienceType::of);
        if (type.isPresent() && type.get().isExternal()) {
            throw new InvalidRequest(
                    "type", "must be SegmentDefinition here; external audiences are created at /audiences");
        }
        return read(body);
    }

    private AudienceContent read(JsonNode body, Optional<AudienceContent> present) {
        if (!body.isObject()) {
            throw InvalidRequest.because("The request's body must be a JSON object that describes an audience.");
        }
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.of(body, violations);
        AudienceType type = type(fields, present.map(AudienceContent::type));
        Optional<String> name = fields.required("name", fields.word("name", limits.nameLength()));
        Optional<String> description = fields.text("description", limits.descriptionLength());
        String namespace = fields.word("namespace", limits.identifierLength()).orElse(DEFAULT_NAMESPACE);
        Lifecycle lifecycle = lifecycle(fields, present.map(AudienceContent::lifecycle));
        List<String> labels = fields.texts("labels", limits.labels(), limits.identifierLength())
                .orElse(List.of());
        List<String> tags =
                fields.texts("tags", limits.labels(), limits.identifierLength()).orElse(List.of());
        Optional<String> originName = fields.word("originName", limits.identifierLength());
        Origin origin = type.isExternal() ? external(fields) : definition(fields);
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return new AudienceContent(
                type, name.orElseThrow(), description, namespace, lifecycle, labels, tags, originName, origin);
    }

    private AudienceType type(BodyFields fields, Optional<AudienceType> stored) {
        AudienceType fallback = stored.orElse(AudienceType.SEGMENT_DEFINITION);
        Optional<String> word = fields.text("type", limits.identifierLength());
        if (word.isEmpty()) {
            return fallback;
        }
        Optional<AudienceType> type = AudienceType.of(word.get());
        if (type.isEmpty()) {
            fields.refuse(
                    "type",
                    "must be one of "
                            + Arrays.stream(AudienceType.values())
                                    .map(AudienceType::word)
                                    .collect(Collectors.joining(", ")));
            return fallback;
        }
        if (type.get().isExternal() != fallback.isExternal() && stored.isPresent()) {
            fields.refuse("type", "cannot change from " + fallback.word() + " to " + word.get());
            return fallback;
        }
        return type.get();
    }

    /**
     * Reads the state, which has two properties. A client that changes one of them in a stored audience may send the
     * other unchanged, so the property that differs from the stored state applies.
     */
    private Lifecycle lifecycle(BodyFields fields, Optional<Lifecycle> present) {
        Optional<Lifecycle> first = lifecycle(fields, LIFECYCLE);
        Optional<Lifecycle> second = lifecycle(fields, LIFECYCLE_STATE);
        boolean isSecond = first.isEmpty() || first.equals(present) && second.isPresent();
        if (first.isPresent() && second.isPresent() && !first.equals(second)) {
            if (!first.equals(present) && !second.equals(present)) {
                fields.refuse(LIFECYCLE_STATE, "differs from " + LIFECYCLE);
            }
        }
        Lifecycle next = (isSecond ? second : first).orElse(Lifecycle.ACTIVE);
        present.flatMap(state -> state.refusal(next))
                .ifPresent(refusal ->
                        fields.refuse(isSecond && second.isPresent() ? LIFECYCLE_STATE : LIFECYCLE, refusal));
        return next;
    }

    private Optional<Lifecycle> lifecycle(BodyFields fields, String name) {
        Optional<String> word = fields.text(name, limits.identifierLength());
        Optional<Lifecycle> lifecycle = word.flatMap(Lifecycle::of);
        if (word.isPresent() && lifecycle.isEmpty()) {
            fields.refuse(name, "must be one of draft, published, inactive, active");
        } else if (lifecycle.equals(Optional.of(Lifecycle.ARCHIVED))) {
            fields.refuse(name, "cannot be archived; an audience is archived when it is deleted");
        }
        return lifecycle;
    }

    private Definition definition(BodyFields fields) {
        Optional<ExpressionDocument> expression = ExpressionDocument.read(fields);
        return new Definition(
                expression.orElseGet(() -> ExpressionDocument.ofText("")),
                fields.object("schema").word("name", limits.identifierLength()).orElse(DEFAULT_SCHEMA),
                fields.wholeNumber("ttlInDays", 1, limits.ttlInDays()).orElse(DEFAULT_TTL_IN_DAYS),
                fields.word("profileInstanceId", limits.identifierLength()).orElse(DEFAULT_PROFILE_INSTANCE),
                fields.word("mergePolicyId", limits.identifierLength()),
                evaluation(fields),
                fields.object("dataGovernancePolicy").flag("excludeOptOut").orElse(true),
                fields.flag("overridePerformanceWarnings").orElse(false));
    }

    private Optional<EvaluationChoice> evaluation(BodyFields fields) {
        BodyFields methods = fields.object("evaluationInfo");
        Optional<Boolean> batch = methods.object("batch").flag("enabled");
        Optional<Boolean> continuous = methods.object("continuous").flag("enabled");
        Optional<Boolean> synchronous = methods.object("synchronous").flag("enabled");
        if (batch.isEmpty() && continuous.isEmpty() && synchronous.isEmpty()) {
            return Optional.empty();
        }
        EvaluationChoice choice =
                new EvaluationChoice(batch.orElse(false), continuous.orElse(false), synchronous.orElse(false));
        if (!choice.batch() && !choice.continuous() && !choice.synchronous()) {
            fields.refuse("evaluationInfo", "must enable at least one of batch, continuous and synchronous");
        }
        return Optional.of(choice);
    }

    private External external(BodyFields fields) {
        Optional<String> audienceId =
                fields.required("audienceId", fields.word("audienceId", limits.identifierLength()));
        return new External(
                audienceId.orElse(""),
                fields.word("datasetId", limits.identifierLength()),
                fields.json("audienceMeta"),
                fields.json("linkedAudienceRef"));
    }
}
