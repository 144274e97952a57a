package dev.pequel.field;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code GET /config/fields}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Fields")
record FieldsAnswer(
        @Schema(description = "Number of profiles in the sandbox.", examples = "1000")
        int profiles,

        @Schema(description = "Number of fields whose path begins with the prefix.", examples = "1")
        int total,

        @Schema(description = "The first of these fields, by path.")
        List<Counted> fields) {

    /** A field with the number of profiles that have it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "Field")
    record Counted(
            @Schema(description = "The path as it is written in an expression.", examples = "homeAddress.city")
            String path,

            @Schema(
                    description =
                            "The type of the path in an expression, by the schema or else by the data. A path through a list is a list.",
                    examples = "String")
            String type,

            @Schema(
                    description =
                            "Number of profiles with a value; for a path through a list, with at least one item with a value.",
                    examples = "940")
            int profiles,

            @Schema(description = "Whether the schema has the field; otherwise only the data has.", examples = "true")
            boolean inSchema) {}
}
