package dev.pequel.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.answer.Href;
import dev.pequel.answer.JobProgress;
import dev.pequel.answer.JobTime;
import dev.pequel.answer.SchemaName;
import dev.pequel.database.JobStatus;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.SandboxDocument;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An export job in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ExportJob")
record ExportJobDocument(
        @Schema(description = "Counts the jobs of the sandbox.", examples = "7")
        long id,

        @Schema(enumeration = "BATCH") String jobType,
        Destination destination,
        @Schema(examples = "identityMap,person.name") Optional<String> fields,

        @Schema(
                ref = "ExportFilter",
                examples =
                        "{\"segments\": [{\"segmentId\": \"60ccea95-1435-4180-97a5-58af4aa285ab\", \"segmentNs\": \"ups\","
                                + " \"status\": [\"realized\", \"existing\"]}]}")
        JsonNode filter,

        SchemaName schema,
        PolicyVersion mergePolicy,
        @Schema(ref = "ExportAdditionalFields") Optional<JsonNode> additionalFields,
        @Schema(examples = "dev@Pequel") String imsOrgId,
        SandboxDocument sandbox,
        @Schema(examples = "ups") String profileInstanceId,

        @Schema(
                enumeration = {"NEW", "PROCESSING", "SUCCEEDED", "FAILED", "CANCELLED"},
                examples = "SUCCEEDED")
        String status,

        Optional<List<Failure>> errors,
        Metrics metrics,
        JobProgress progress,

        @Schema(examples = "d995479c-8a08-4240-903b-af469c67be1f")
        String requestId,

        @JsonProperty("_links") Links links,
        @Schema(examples = "1796043448593") long creationTime,
        @Schema(examples = "1796043450001") long updateTime) {

    /** Where the files are. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportDestination")
    record Destination(
            @Schema(enumeration = {"ndjson", "csv"}) String format,

            @Schema(examples = "5b7c86968f7b6501e21ba9df") String datasetId,
            @Schema(examples = "false") boolean segmentPerBatch,

            @Schema(examples = "da5cfb4de32c4b93a09f7e37fa53ad52")
            Optional<String> batchId,

            @Schema(description = "With `segmentPerBatch`, one for each audience.")
            Optional<List<Batch>> batches) {

        static Destination of(ExportJob job) {
            ExportRequest request = job.request();
            List<ExportBatch> batches = ExportBatch.of(job.id(), request);
            boolean several = request.segmentPerBatch();
            return new Destination(
                    request.format().word(),
                    request.datasetId(),
                    several,
                    several ? Optional.empty() : Optional.of(batches.getFirst().id()),
                    several ? Optional.of(batches.stream().map(Batch::of).toList()) : Optional.empty());
        }
    }

    /** The batch of an audience. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportedBatch")
    record Batch(
            String segmentId,
            @Schema(enumeration = ExportRequest.NAMESPACE) String segmentNs,

            @Schema(description = "`realized`, `existing` or `exited`.")
            List<String> status,

            String batchId) {

        static Batch of(ExportBatch batch) {
            ExportRequest.AudienceChoice audience = batch.audiences().getFirst();
            return new Batch(audience.id().toString(), ExportRequest.NAMESPACE, audience.words(), batch.id());
        }
    }

    /** A merge policy and its version. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportedMergePolicy")
    record PolicyVersion(
            @Schema(examples = "b83185bb-0bc6-489c-9363-0075eb30b4c8")
            String id,

            @Schema(examples = "1") int version) {}

    /** Why a job failed. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportFailure")
    record Failure(String msg, String code) {

        static Failure of(JsonNode json) {
            return new Failure(json.get("msg").textValue(), json.get("code").textValue());
        }
    }

    /** What a job took and wrote. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportMetrics")
    record Metrics(
            JobTime totalTime,
            JobTime profileExportTime,

            @Schema(description = "Present if the job has succeeded.", examples = "3692")
            Optional<Long> totalProfiles,

            @Schema(description = "Present if the job has succeeded and exports events.")
            Optional<Long> totalEvents) {

        static Metrics of(ExportJob job) {
            boolean hasSucceeded = job.status() == JobStatus.SUCCEEDED;
            boolean hasEvents = hasSucceeded && job.requestJson().has("additionalFields");
            return new Metrics(
                    JobTime.between(Optional.of(job.createdAt()), job.endedAt()),
                    JobTime.between(job.exportStartedAt(), job.exportEndedAt()),
                    hasSucceeded ? Optional.of(job.profilesExported()) : Optional.empty(),
                    hasEvents ? Optional.of(job.eventsExported()) : Optional.empty());
        }
    }

    /** What can be requested of a job in its present state. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ExportJobLinks")
    record Links(
            @Schema(description = "Present until the job has ended.")
            Optional<Href> cancel,

            Href checkStatus,

            @Schema(
                    description = "Present if the job has succeeded.",
                    examples = "{\"href\": \"/export/jobs/7/files\", \"method\": \"GET\"}")
            Optional<Href> files) {

        static Links of(ExportJob job) {
            return new Links(
                    job.status().isEnd() ? Optional.empty() : Optional.of(Href.delete(path(job))),
                    Href.get(path(job)),
                    job.status() == JobStatus.SUCCEEDED
                            ? Optional.of(Href.get(path(job) + "/files"))
                            : Optional.empty());
        }
    }

    static ExportJobDocument of(ExportJob job, Sandbox sandbox) {
        ObjectNode request = job.requestJson();
        JsonNode policy = request.get("mergePolicy");
        return new ExportJobDocument(
                job.number(),
                "BATCH",
                Destination.of(job),
                Optional.ofNullable(request.get("fields")).map(JsonNode::textValue),
                request.get("filter"),
                SchemaName.PROFILE,
                new PolicyVersion(
                        policy.get("id").textValue(), policy.get("version").intValue()),
                Optional.ofNullable(request.get("additionalFields")),
                sandbox.tenant().organization(),
                SandboxDocument.of(sandbox),
                ExportRequest.NAMESPACE,
                job.status().name(),
                Optional.of(job.errors().valueStream().map(Failure::of).toList())
                        .filter(errors -> !errors.isEmpty()),
                Metrics.of(job),
                JobProgress.of(
                        job.status() == JobStatus.SUCCEEDED,
                        job.profilesRead(),
                        job.profilesExpected(),
                        job.attempts()),
                job.requestId(),
                Links.of(job),
                job.createdAt().toEpochMilli(),
                job.updatedAt().toEpochMilli());
    }

    /** The path of a job, below the base path of the API. */
    static String path(ExportJob job) {
        return "/export/jobs/" + job.number();
    }
}
