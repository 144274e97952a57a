package dev.pequel.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The class of a schema, by name. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "SchemaName")
public record SchemaName(
        @Schema(examples = "_xdm.context.profile") String name) {

    /** The only class of schemas that is supported. */
    public static final SchemaName PROFILE = new SchemaName("_xdm.context.profile");
}
