package dev.pequel.audience.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.pequel.segmentation.store.CountResult;
import dev.pequel.segmentation.store.MetricsDocument;
import dev.pequel.tenant.SandboxDocument;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An audience whose members are listed by its client, in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ExternalAudience", description = "An audience whose members are listed by its client.")
public record ExternalAudienceDocument(
        @Schema(examples = "4afe34ae-8c98-4513-8a1d-67ccaa54bc05")
        String id,

        @Schema(
                description = "The client's id of the audience, which is unique in its namespace.",
                examples = "test-external-audience-id")
        String audienceId,

        @Schema(minLength = 1, maxLength = 256, examples = "externalSegment1")
        String name,

        @Schema(maxLength = 256, examples = "aam") String namespace,
        @Schema(examples = "dev@Pequel") String imsOrgId,
        SandboxDocument sandbox,

        @JsonProperty("isSystem") @Schema(description = "Always false.", examples = "false")
        boolean isSystem,

        @Schema(maxLength = 4096, examples = "Last 30 days") Optional<String> description,

        @Schema(
                description = "`ExternalSegment` and `ExternalAudience` mean the same.",
                enumeration = {"ExternalSegment", "ExternalAudience"},
                examples = "ExternalSegment")
        String type,

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

        @Schema(description = "The caller that created the audience.", examples = "anonymous")
        String createdBy,

        @Schema(description = "Only of external audiences.", examples = "6254cf3c97f8e31b639fb14d")
        Optional<String> datasetId,

        @Schema(maxItems = 100, examples = "[\"core/C1\"]") List<String> labels,

        @Schema(description = "Absent if there are none.", maxItems = 100)
        Optional<List<String>> tags,

        @Schema(description = "The client's name for the origin of the audience.", maxLength = 256)
        Optional<String> originName,

        @Schema(description = "Any JSON. Only of external audiences.", implementation = Object.class)
        Optional<RawValue> audienceMeta,

        @Schema(description = "Any JSON. Only of external audiences.", implementation = Object.class)
        Optional<RawValue> linkedAudienceRef,

        @JsonProperty("_etag")
        @Schema(
                description = "The version. The header `ETag` also changes with `dependents`; `If-Match` takes either.",
                examples = "\"f4102699-0000-0200-0000-625cd61a0000\"")
        String etag,

        @Schema(description = "The audiences whose expressions refer to this one; absent if there are none.")
        Optional<List<String>> dependents,

        @Schema(description = "Only if the request asks for metrics.")
        Optional<MetricsDocument> metrics,

        @Schema(description = "Why the audience has no metrics. Only if the request asks for metrics.")
        Optional<String> metricsError,

        @Schema(description = "Milliseconds since 1970.", examples = "1650251290000")
        long creationTime,

        @Schema(description = "Seconds since 1970.", examples = "1650251290")
        long updateEpoch,

        @Schema(description = "Milliseconds since 1970.", examples = "1650251290000")
        long updateTime,

        @Schema(description = "Seconds since 1970.", examples = "1650251290")
        long createEpoch)
        implements AudienceDocument {

    static ExternalAudienceDocument of(StoredAudience stored, Optional<CountResult> metrics) {
        Audience audience = stored.audience();
        return new ExternalAudienceDocument(
                audience.id.toString(),
                audience.audienceId,
                audience.name,
                audience.namespace,
                stored.sandbox().tenant().organization(),
                SandboxDocument.of(stored.sandbox()),
                false,
                Optional.ofNullable(audience.description),
                audience.type.word(),
                audience.lifecycle.word(),
                audience.lifecycle.word(),
                audience.createdBy,
                Optional.ofNullable(audience.datasetId),
                List.of(audience.labels),
                audience.tags(),
                Optional.ofNullable(audience.originName),
                Optional.ofNullable(audience.audienceMeta).map(RawValue::new),
                Optional.ofNullable(audience.linkedAudienceRef).map(RawValue::new),
                audience.entityTag(),
                Optional.of(stored.dependents())
                        .filter(dependents -> !dependents.isEmpty())
                        .map(SegmentDefinitionDocument::texts),
                metrics.flatMap(CountResult::metrics).map(numbers -> MetricsDocument.of(numbers, stored.sandbox())),
                metrics.flatMap(CountResult::failure),
                audience.creationTime.toEpochMilli(),
                audience.updateTime.getEpochSecond(),
                audience.updateTime.toEpochMilli(),
                audience.creationTime.getEpochSecond());
    }

    @Override
    public List<String> dependentIds() {
        return dependents.orElse(List.of());
    }
}
