package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a change of the members of an external audience, in the JSON of the API. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "MemberChangeResult")
public record MemberChangeResult(
        String audienceId,

        @Schema(description = "Counts the changes of the members.")
        long generation,

        @Schema(description = "Identities in the request.") long received,

        @Schema(description = "Members after the change.") long members,

        @Schema(description = "Identities that no profile has.")
        long unknown,

        @Schema(description = "The first identities that no profile has.")
        List<UnknownIdentity> unknownIdentities) {

    /** An identity that no profile has. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "UnknownIdentity")
    public record UnknownIdentity(String namespace, String id) {}
}
