package dev.pequel.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sandbox in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Sandbox")
public record SandboxDocument(
        @Schema(examples = "6ed34f6f-fe21-4a30-934f-6ffe21fa3075")
        String sandboxId,

        @Schema(examples = "prod") String sandboxName,

        @Schema(enumeration = {"production", "development"}) String type,

        @JsonProperty("default") @Schema(description = "Whether it is the organization's default.", examples = "true")
        boolean isDefault) {

    public static SandboxDocument of(Sandbox sandbox) {
        return new SandboxDocument(
                sandbox.sandboxId().toString(), sandbox.tenant().sandbox(), sandbox.type(), sandbox.isDefault());
    }
}
