package dev.pequel.segmentation.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pequel.answer.Href;
import dev.pequel.answer.JobProgress;
import dev.pequel.answer.JobTime;
import dev.pequel.answer.SchemaName;
import dev.pequel.database.JobStatus;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.SandboxDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A segment job in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "SegmentJob")
record SegmentJobDocument(
        String id,
        String imsOrgId,
        SandboxDocument sandbox,
        String profileInstanceId,

        @Schema(enumeration = {"api", "scheduler"}) String source,

        @Schema(enumeration = {"NEW", "PROCESSING", "SUCCEEDED", "FAILED", "CANCELLED"})
        String status,

        @Schema(description = "Why the job failed or was cancelled.")
        Optional<String> reason,

        @Schema(ref = "EvaluatedSegments") ArrayNode segments,
        Metrics metrics,

        @Schema(description = "The audiences that could not be evaluated; absent if there are none.")
        Optional<List<Failure>> errors,

        JobProgress progress,
        String requestId,
        SchemaName schema,

        @Schema(description = "Always empty.") Map<String, String> properties,

        @JsonProperty("_links") Links links,
        long updateTime,
        long creationTime,
        long updateEpoch) {

    /** What a job took, and the numbers of members when it has ended. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "SegmentJobMetrics")
    record Metrics(
            JobTime totalTime,
            JobTime profileSegmentationTime,
            Optional<Long> totalProfiles,

            @Schema(description = "For each audience the number of its members.")
            Optional<Map<String, Long>> segmentedProfileCounter,

            Optional<Map<String, Long>> totalProfilesByMergePolicy,
            Optional<Map<String, Map<String, Long>>> segmentedProfileByStatusCounter,
            Optional<Map<String, Map<String, Long>>> segmentedProfileByNamespaceCounter) {

        static Metrics of(SegmentJob job) {
            return new Metrics(
                    JobTime.between(Optional.of(job.createdAt()), job.endedAt()),
                    JobTime.between(job.evaluationStartedAt(), job.evaluationEndedAt()),
                    counted(job, "totalProfiles", JsonNode::longValue),
                    counted(job, "segmentedProfileCounter", Metrics::numbers),
                    counted(job, "totalProfilesByMergePolicy", Metrics::numbers),
                    counted(job, "segmentedProfileByStatusCounter", json -> map(json, Metrics::numbers)),
                    counted(job, "segmentedProfileByNamespaceCounter", json -> map(json, Metrics::numbers)));
        }

        private static <T> Optional<T> counted(SegmentJob job, String name, Function<JsonNode, T> reader) {
            return Optional.ofNullable(job.metrics().get(name)).map(reader);
        }

        private static Map<String, Long> numbers(JsonNode json) {
            return map(json, JsonNode::longValue);
        }

        private static <T> Map<String, T> map(JsonNode json, Function<JsonNode, T> reader) {
            Map<String, T> map = new LinkedHashMap<>();
            json.properties().forEach(property -> map.put(property.getKey(), reader.apply(property.getValue())));
            return map;
        }
    }

    /** An audience that could not be evaluated. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "SegmentJobFailure")
    record Failure(String message, String segmentId) {

        static Failure of(JsonNode json) {
            return new Failure(
                    json.get("message").textValue(), json.get("segmentId").textValue());
        }
    }

    /** What can be requested of a job in its present state. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "SegmentJobLinks")
    record Links(
            @Schema(description = "Present until the job has ended.")
            Optional<Href> cancel,

            Href checkStatus) {

        static Links of(SegmentJob job) {
            String path = "/segment/jobs/" + job.id();
            return new Links(job.status().isEnd() ? Optional.empty() : Optional.of(Href.delete(path)), Href.get(path));
        }
    }

    static SegmentJobDocument of(SegmentJob job, Sandbox sandbox) {
        return new SegmentJobDocument(
                job.id().toString(),
                sandbox.tenant().organization(),
                SandboxDocument.of(sandbox),
                "ups",
                job.source().word(),
                job.status().name(),
                job.reason(),
                job.segments(),
                Metrics.of(job),
                Optional.of(job.errors().valueStream().map(Failure::of).toList())
                        .filter(errors -> !errors.isEmpty()),
                JobProgress.of(
                        job.status() == JobStatus.SUCCEEDED,
                        job.valuesEvaluated(),
                        job.valuesExpected(),
                        job.attempts()),
                job.requestId(),
                SchemaName.PROFILE,
                Map.of(),
                Links.of(job),
                job.updatedAt().toEpochMilli(),
                job.createdAt().toEpochMilli(),
                job.updatedAt().getEpochSecond());
    }
}
