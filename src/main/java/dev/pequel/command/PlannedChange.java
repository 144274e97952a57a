package dev.pequel.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.audit.PropertyChange;
import java.util.List;

/** A difference between files and a sandbox, as the change that removes it. */
sealed interface PlannedChange {

    /** Creates an audience that only a file has. */
    record Creation(AudienceSource source) implements PlannedChange {}

    /**
     * Overwrites an audience that differs.
     *
     * @param stored the audience in the sandbox
     * @param properties the differing properties; {@code before} is the value in the sandbox
     */
    record Update(AudienceSource source, JsonNode stored, List<PropertyChange> properties) implements PlannedChange {}

    /** Deletes an audience that only the sandbox has. */
    record Deletion(JsonNode stored) implements PlannedChange {}
}
