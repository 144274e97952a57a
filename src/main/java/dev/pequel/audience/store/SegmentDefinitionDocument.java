package dev.pequel.audience.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pequel.answer.SchemaName;
import dev.pequel.audience.content.EvaluationChoice;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.segmentation.store.CountResult;
import dev.pequel.segmentation.store.MetricsDocument;
import dev.pequel.tenant.SandboxDocument;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An audience that is defined by an expression, in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "SegmentDefinition", description = "An audience that is defined by an expression.")
public record SegmentDefinitionDocument(
        @Schema(examples = "60ccea95-1435-4180-97a5-58af4aa285ab")
        String id,

        @Schema(
                description = "The same as `id`, except for external audiences.",
                examples = "60ccea95-1435-4180-97a5-58af4aa285ab")
        String audienceId,

        SchemaName schema,
        @Schema(minimum = "1", examples = "60") int ttlInDays,
        @Schema(examples = "ups") String profileInstanceId,
        @Schema(examples = "dev@Pequel") String imsOrgId,
        SandboxDocument sandbox,

        @JsonProperty("isSystem") @Schema(description = "Always false.", examples = "false")
        boolean isSystem,

        @Schema(minLength = 1, maxLength = 256, examples = "People who ordered in the last 30 days")
        String name,

        @Schema(maxLength = 4096, examples = "Last 30 days") Optional<String> description,

        ExpressionDocument expression,

        @Schema(examples = "ef006bbe-750e-4e81-85f0-0c6902192dcc")
        String mergePolicyId,

        @Schema(
                ref = "EvaluationInfo",
                examples = "{\"batch\": {\"enabled\": false}, \"continuous\": {\"enabled\": true},"
                        + " \"synchronous\": {\"enabled\": false}}")
        Evaluation evaluationInfo,

        DataGovernancePolicy dataGovernancePolicy,

        @Schema(description = "Milliseconds since 1970.", examples = "1650374572000")
        long creationTime,

        @Schema(description = "Seconds since 1970.", examples = "1650374573")
        long updateEpoch,

        @Schema(description = "Milliseconds since 1970.", examples = "1650374573000")
        long updateTime,

        @Schema(description = "Seconds since 1970.", examples = "1650374572")
        long createEpoch,

        @JsonProperty("_etag")
        @Schema(
                description = "The version. The header `ETag` also changes with `dependents`; `If-Match` takes either.",
                examples = "\"33120d7c-0000-0200-0000-625eb7ad0000\"")
        String etag,

        @Schema(description = "The audiences whose expressions refer to this one.", examples = "[]")
        List<String> dependents,

        @Schema(description = "The schema that the expression is about, by a reference.", examples = "[]")
        List<Map<String, String>> definedOn,

        @Schema(description = "The audiences that the expression refers to.", examples = "[]")
        List<String> dependencies,

        @Schema(description = "Only if the request asks for metrics.")
        Optional<MetricsDocument> metrics,

        @Schema(description = "Why the audience has no metrics. Only if the request asks for metrics.")
        Optional<String> metricsError,

        @Schema(enumeration = "SegmentDefinition") String type,
        @Schema(examples = "false") boolean overridePerformanceWarnings,

        @Schema(description = "The caller that created the audience.", examples = "anonymous")
        String createdBy,

        @Schema(
                description = "`published` and `active` mean the same. Drafts and inactive audiences are not evaluated;"
                        + " they keep their last members and numbers.",
                enumeration = {"draft", "published", "inactive", "active"},
                examples = "active")
        String lifecycle,

        @Schema(
                description = "Another name of `lifecycle`.",
                enumeration = {"draft", "published", "inactive", "active"},
                examples = "active")
        String lifecycleState,

        @Schema(maxItems = 100, examples = "[\"core/C1\"]") List<String> labels,

        @Schema(description = "Absent if there are none.", maxItems = 100)
        Optional<List<String>> tags,

        @Schema(description = "The client's name for the origin of the audience.", maxLength = 256)
        Optional<String> originName,

        @Schema(maxLength = 256, examples = "AEPSegments") String namespace,

        @Schema(
                ref = "Diagnostics",
                description = "Findings about an expression that is valid but probably wrong or slow. Only in the"
                        + " response to a change, and only if there are any.")
        Optional<ArrayNode> warnings)
        implements AudienceDocument {

    /** The {@code $ref} of the schema that all expressions are about. */
    static final String UNION_SCHEMA = "https://ns.adobe.com/xdm/context/profile__union";

    private static final List<Map<String, String>> DEFINED_ON = List.of(unionSchema());

    /** Which methods evaluate the audience. */
    public record Evaluation(Method batch, Method continuous, Method synchronous) {

        static Evaluation of(EvaluationChoice choice) {
            return new Evaluation(
                    new Method(choice.batch()), new Method(choice.continuous()), new Method(choice.synchronous()));
        }
    }

    /** Whether a method evaluates the audience. */
    public record Method(boolean enabled) {}

    /** Which profiles are left out. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "DataGovernancePolicy")
    public record DataGovernancePolicy(
            @Schema(examples = "true") boolean excludeOptOut) {}

    static SegmentDefinitionDocument of(
            StoredAudience stored, Optional<CountResult> metrics, Optional<ArrayNode> warnings) {
        Audience audience = stored.audience();
        DefinitionColumns definition = audience.definition;
        return new SegmentDefinitionDocument(
                audience.id.toString(),
                audience.audienceId,
                new SchemaName(definition.schemaName),
                definition.ttlInDays,
                definition.profileInstanceId,
                stored.sandbox().tenant().organization(),
                SandboxDocument.of(stored.sandbox()),
                false,
                audience.name,
                Optional.ofNullable(audience.description),
                definition.expression(),
                definition.mergePolicyId,
                Evaluation.of(definition.evaluation()),
                new DataGovernancePolicy(definition.excludeOptOut),
                audience.creationTime.toEpochMilli(),
                audience.updateTime.getEpochSecond(),
                audience.updateTime.toEpochMilli(),
                audience.creationTime.getEpochSecond(),
                audience.entityTag(),
                texts(stored.dependents()),
                DEFINED_ON,
                texts(audience.dependencyIds()),
                metrics.flatMap(CountResult::metrics).map(numbers -> MetricsDocument.of(numbers, stored.sandbox())),
                metrics.flatMap(CountResult::failure),
                audience.type.word(),
                definition.overridePerformanceWarnings,
                audience.createdBy,
                audience.lifecycle.word(),
                audience.lifecycle.word(),
                List.of(audience.labels),
                audience.tags(),
                Optional.ofNullable(audience.originName),
                audience.namespace,
                warnings);
    }

    private static Map<String, String> unionSchema() {
        Map<String, String> schema = new LinkedHashMap<>();
        schema.put("meta:resourceType", "unions");
        schema.put("meta:containerId", "tenant");
        schema.put("$ref", UNION_SCHEMA);
        return Collections.unmodifiableMap(schema);
    }

    static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }

    @Override
    public List<String> dependentIds() {
        return dependents;
    }
}
