package dev.pequel.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A link to a request. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Href")
public record Href(
        @Schema(description = "A path below the API's base path.", examples = "/export/jobs/7")
        String href,

        @Schema(enumeration = {"GET", "DELETE"}) String method) {

    public static Href get(String path) {
        return new Href(path, "GET");
    }

    public static Href delete(String path) {
        return new Href(path, "DELETE");
    }
}
