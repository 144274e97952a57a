package dev.pequel.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.schedule.Schedule.Type;
import dev.pequel.segmentation.RequestedAudiences;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.TenantJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes schedules as the JSON of the API. */
final class ScheduleDocument {

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

    private ScheduleDocument() {}

    static ObjectNode of(Schedule schedule, Sandbox sandbox) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("id", schedule.id.toString());
        TenantJson.put(document, sandbox);
        document.setAll(content(schedule.content()));
        put(document, "createEpoch", Optional.of(schedule.createdAt));
        put(document, "updateEpoch", Optional.of(schedule.updatedAt));
        put(document, "nextRunEpoch", Optional.ofNullable(schedule.nextRun));
        put(document, "lastRunEpoch", Optional.ofNullable(schedule.lastRun));
        Optional.ofNullable(schedule.lastJobId).ifPresent(id -> document.put("lastJobId", id.toString()));
        return document;
    }

    /** The properties that a client sets. */
    static ObjectNode content(ScheduleContent content) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", content.name());
        json.put("type", Type.BATCH_SEGMENTATION.word());
        json.put("state", content.state().word());
        ArrayNode segments = json.putObject("properties").putArray("segments");
        content.audiences()
                .ifPresentOrElse(
                        ids -> ids.forEach(id -> segments.add(id.toString())),
                        () -> segments.add(RequestedAudiences.ALL));
        json.put("schedule", content.cron());
        return json;
    }

    private static void put(ObjectNode document, String name, Optional<Instant> time) {
        time.ifPresent(present -> document.put(name, present.getEpochSecond()));
    }
}
