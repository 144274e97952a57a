package dev.pequel.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.schedule.Schedule.Type;
import dev.pequel.segmentation.RequestedAudiences;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.SandboxDocument;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A schedule in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Schedule")
record ScheduleDocument(
        @Schema(examples = "5e61e66e-e8b4-4a7b-8d41-70c74b0b981a")
        String id,

        @Schema(examples = "dev@Pequel") String imsOrgId,
        SandboxDocument sandbox,
        @Schema(examples = "profile-default") String name,
        @Schema(enumeration = "batch_segmentation") String type,

        @Schema(enumeration = {"active", "inactive"}) String state,

        Properties properties,

        @Schema(description = "A Quartz cron expression in UTC.", examples = "0 0 3 * * ?")
        String schedule,

        @Schema(description = "Seconds since 1970, like all epochs.", examples = "1796043448")
        long createEpoch,

        @Schema(description = "The latest change by a client.", examples = "1796043448")
        long updateEpoch,

        @Schema(description = "When the next job is due; absent while inactive.", examples = "1796094000")
        Optional<Long> nextRunEpoch,

        @Schema(description = "When the latest job was created; absent if there is none.")
        Optional<Long> lastRunEpoch,

        @Schema(description = "The latest job; its status is at `/segment/jobs`.")
        Optional<String> lastJobId) {

    /** All properties of a schedule. A client may send back those that it cannot set. */
    static final List<String> PROPERTIES = List.of(
            "id",
            "imsOrgId",
            "sandbox",
            "name",
            "type",
            "state",
            "properties",
            "schedule",
            "createEpoch",
            "updateEpoch",
            "nextRunEpoch",
            "lastRunEpoch",
            "lastJobId");

    /** What the jobs of a schedule evaluate. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ScheduleProperties")
    record Properties(
            @Schema(description = "Ids of audiences, or `*` for all.", minItems = 1, examples = "[\"*\"]")
            List<String> segments) {}

    static ScheduleDocument of(Schedule schedule, Sandbox sandbox) {
        ScheduleContent content = schedule.content();
        return new ScheduleDocument(
                schedule.id.toString(),
                sandbox.tenant().organization(),
                SandboxDocument.of(sandbox),
                content.name(),
                Type.BATCH_SEGMENTATION.word(),
                content.state().word(),
                new Properties(segments(content)),
                content.cron(),
                schedule.createdAt.getEpochSecond(),
                schedule.updatedAt.getEpochSecond(),
                Optional.ofNullable(schedule.nextRun).map(Instant::getEpochSecond),
                Optional.ofNullable(schedule.lastRun).map(Instant::getEpochSecond),
                Optional.ofNullable(schedule.lastJobId).map(UUID::toString));
    }

    private static List<String> segments(ScheduleContent content) {
        return content.audiences()
                .map(ids -> ids.stream().map(UUID::toString).toList())
                .orElse(List.of(RequestedAudiences.ALL));
    }

    /** The properties that a client sets. */
    static ObjectNode content(ScheduleContent content) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", content.name());
        json.put("type", Type.BATCH_SEGMENTATION.word());
        json.put("state", content.state().word());
        ArrayNode segments = json.putObject("properties").putArray("segments");
        segments(content).forEach(segments::add);
        json.put("schedule", content.cron());
        return json;
    }
}
