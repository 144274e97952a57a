package dev.pequel.profile.importing.line;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.http.request.Characters;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The reason why a line of an import was skipped, or a warning about a line that was not.
 *
 * @param line number of the line, from 1
 * @param code stable name of the reason
 * @param message the reason in words; it may quote the line, without characters that cannot be stored
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ImportLine")
public record LineError(
        @Schema(examples = "3") long line,

        @Schema(implementation = String.class, examples = "INVALID_JSON")
        Code code,

        @Schema(examples = "Unexpected character ('b' (code 98)): was expecting double-quote to start field name")
        String message) {

    public LineError {
        message = Characters.replaceUnstorable(message);
    }

    /** The errors as in the database. */
    public static ArrayNode json(List<LineError> errors) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (LineError error : errors) {
            json.addObject()
                    .put("line", error.line)
                    .put("code", error.code.name())
                    .put("message", error.message);
        }
        return json;
    }

    /** Reads an element of {@link #json}. */
    public static LineError of(JsonNode json) {
        return new LineError(
                json.get("line").longValue(),
                Code.valueOf(json.get("code").textValue()),
                json.get("message").textValue());
    }

    /** The reasons. Names of constants are part of the API. */
    public enum Code {
        /** The line is not one JSON document. */
        INVALID_JSON,
        /** The line is longer than allowed. */
        LINE_TOO_LONG,
        /** The document has no {@code identityMap} with at least one identity. */
        NO_IDENTITY,
        /** The {@code identityMap} has the wrong form. */
        INVALID_IDENTITY,
        /** The document has identities of different profiles; an import never merges profiles. */
        CONFLICTING_IDENTITIES,
        /** No profile has any of the event's identities. */
        UNKNOWN_IDENTITY,
        /** The event has no {@code _id}, or it is not a string of the allowed length. */
        INVALID_EVENT_ID,
        /** The event has no valid {@code timestamp}. */
        INVALID_TIMESTAMP,
        /** The event is so old that its time may be in another unit. It is stored. */
        EARLY_TIMESTAMP,
        /** The document has an attribute that exceeds the maximum of a sandbox. */
        TOO_MANY_ATTRIBUTES,
        /** The document is JSON but cannot be stored, for example because of the character U+0000 in a string. */
        NOT_STORABLE
    }
}
