package dev.pequel.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.audit.PropertyChange;
import java.util.List;

/** One difference between files and a sandbox, as what would remove it. */
sealed interface PlannedChange {

    /** An audience that only a file has. */
    record Creation(AudienceSource source) implements PlannedChange {}

    /**
     * An audience that differs.
     *
     * @param stored what the sandbox has
     * @param properties what differs, from the sandbox to the file
     */
    record Update(AudienceSource source, JsonNode stored, List<PropertyChange> properties) implements PlannedChange {}

    /** An audience that only the sandbox has. */
    record Deletion(JsonNode stored) implements PlannedChange {}
}
