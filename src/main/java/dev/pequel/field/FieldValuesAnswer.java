package dev.pequel.field;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code GET /config/fields/values}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "FieldValues")
record FieldValuesAnswer(
        @Schema(description = "The path of the request.", examples = "homeAddress.countryCode")
        String path,

        @Schema(description = "Number of distinct strings that begin with the prefix.", examples = "1")
        int total,

        @Schema(description = "The most frequent of these strings, then in alphabetical order.")
        List<Counted> values) {

    /** A value with the number of profiles that have it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "FieldValue")
    record Counted(
            @Schema(examples = "US") String value,
            @Schema(examples = "300") int profiles) {}
}
