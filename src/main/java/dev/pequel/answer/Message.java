package dev.pequel.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sentence that says what a request did. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Message")
public record Message(
        @Schema(description = "Always true.", examples = "true")
        boolean status,

        String message) {

    public static Message of(String message) {
        return new Message(true, message);
    }
}
