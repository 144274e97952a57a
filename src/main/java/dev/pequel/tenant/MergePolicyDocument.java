package dev.pequel.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pequel.answer.SchemaName;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The merge policy of a sandbox in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "MergePolicy", description = "How a sandbox's profiles are made of what is imported. There is one.")
record MergePolicyDocument(
        @Schema(examples = "ef006bbe-750e-4e81-85f0-0c6902192dcc")
        String id,

        @Schema(examples = "Default") String name,
        @Schema(examples = "dev@Pequel") String imsOrgId,
        SandboxDocument sandbox,
        SchemaName schema,
        @Schema(examples = "1") int version,
        IdentityGraph identityGraph,
        AttributeMerge attributeMerge,

        @JsonProperty("isActiveOnEdge") @Schema(examples = "false")
        boolean isActiveOnEdge,

        @JsonProperty("default") @Schema(examples = "true") boolean isDefault) {

    /** How identities are stitched. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "IdentityGraph")
    record IdentityGraph(@Schema(enumeration = "none") String type) {}

    /** Which of several imports of a profile wins. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "AttributeMerge")
    record AttributeMerge(
            @Schema(enumeration = "timestampOrdered") String type) {}

    static MergePolicyDocument of(Sandbox sandbox) {
        return new MergePolicyDocument(
                sandbox.defaultMergePolicyId().toString(),
                "Default",
                sandbox.tenant().organization(),
                SandboxDocument.of(sandbox),
                SchemaName.PROFILE,
                1,
                new IdentityGraph("none"),
                new AttributeMerge("timestampOrdered"),
                false,
                true);
    }
}
