package dev.pequel.profile.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pequel.answer.Href;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.SandboxDocument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An import job in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ImportJob")
record ImportDocument(
        @Schema(examples = "7660db0c-b3de-4553-b4ff-985e79052790")
        String id,

        @Schema(examples = "dev@Pequel") String imsOrgId,
        SandboxDocument sandbox,

        @Schema(enumeration = {"profiles", "events"}) String content,

        @Schema(enumeration = {"api", "sample"}) String source,

        @Schema(
                enumeration = {"PROCESSING", "SUCCEEDED", "FAILED"},
                examples = "SUCCEEDED")
        String status,

        @Schema(description = "Why it failed.") Optional<String> reason,
        Metrics metrics,

        @Schema(description = "The first lines that failed.")
        List<LineError> errors,

        @Schema(
                description =
                        "Warnings about lines that were stored, the first line of each kind; absent if there are none."
                                + " `EARLY_TIMESTAMP` is an event before 1980, as seconds are when they are read as"
                                + " milliseconds.")
        Optional<List<LineError>> warnings,

        @Schema(examples = "1650374572004") long creationTime,
        @Schema(examples = "1650374572112") long updateTime,
        @JsonProperty("_links") Links links) {

    /** The lines of an import by what became of them, as far as they are stored. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ImportMetrics", description = "Number of lines by outcome, as far as they are stored.")
    record Metrics(
            @Schema(description = "After decompression.", examples = "287")
            long bytesRead,

            @Schema(examples = "3") long linesRead,
            @Schema(examples = "2") long created,

            @Schema(description = "Profiles that were replaced.", examples = "0")
            long updated,

            @Schema(description = "Events that had already been stored.", examples = "0")
            long unchanged,

            @Schema(examples = "1") long failed,
            @Schema(examples = "107") long totalTimeInMs,
            @Schema(examples = "28") long linesPerSecond) {

        static Metrics of(ImportJob job) {
            long time = Duration.between(job.createdAt(), job.updatedAt()).toMillis();
            return new Metrics(
                    job.bytes(),
                    job.lines(),
                    job.created(),
                    job.updated(),
                    job.unchanged(),
                    job.failed(),
                    time,
                    job.lines() * 1000 / Math.max(time, 1));
        }
    }

    /** @param checkStatus the import itself */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ImportLinks")
    record Links(
            @Schema(
                    examples = "{\"href\": \"/data/core/ups/profiles/import/7660db0c-b3de-4553-b4ff-985e79052790\","
                            + " \"method\": \"GET\"}")
            Href checkStatus) {}

    static ImportDocument of(ImportJob job, Sandbox sandbox) {
        return new ImportDocument(
                job.id().toString(),
                sandbox.tenant().organization(),
                SandboxDocument.of(sandbox),
                job.content().word(),
                job.source().word(),
                job.status().name(),
                job.reason(),
                Metrics.of(job),
                job.errors(),
                Optional.of(job.warnings()).filter(warnings -> !warnings.isEmpty()),
                job.createdAt().toEpochMilli(),
                job.updatedAt().toEpochMilli(),
                new Links(Href.get("/data/core/ups/" + job.content().word() + "/import/" + job.id())));
    }
}
