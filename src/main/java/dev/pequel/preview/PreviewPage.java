package dev.pequel.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pequel.profile.Identity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of {@code GET /preview/{id}}: a page of profiles. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "PreviewPage")
record PreviewPage(
        @Schema(examples = "MDoyOjQ3MjRmMmE1LTA0NTItNDZlOS1hY2ZkLTFmMDQ2YTFjZDUwMDox")
        String previewId,

        @Schema(enumeration = PreviewAnswer.READY) String state,

        List<PreviewedProfile> results,
        Numbers page,

        @Schema(examples = "/data/core/ups/preview/MDoyOjQ3MjRmMmE1LTA0NTItNDZlOS1hY2ZkLTFmMDQ2YTFjZDUwMDox")
        String link) {

    private static final String PROFILES =
            "/data/core/ups/access/entities?schema.name=_xdm.context.profile&entityIdNS=";

    /** A profile by its identities. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "PreviewedProfile")
    record PreviewedProfile(
            @Schema(description = "The id of its first identity.", examples = "C1")
            String objectId,

            @JsonProperty("_href") @Schema(examples = PROFILES + "crmid&entityId=C1")
            String href,

            @Schema(description = "The profile's other identities.")
            List<PreviewedIdentity> relatedObjects) {

        static PreviewedProfile of(Set<Identity> identities) {
            List<PreviewedIdentity> sorted =
                    identities.stream().sorted().map(PreviewedIdentity::of).toList();
            PreviewedIdentity first = sorted.getFirst();
            return new PreviewedProfile(first.objectId(), first.href(), sorted.subList(1, sorted.size()));
        }
    }

    /** An identity of a profile, and where the profile is. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "PreviewedIdentity")
    record PreviewedIdentity(
            @Schema(examples = "ada@example.com") String objectId,

            @JsonProperty("_href") @Schema(examples = PROFILES + "email&entityId=ada%40example.com")
            String href) {

        static PreviewedIdentity of(Identity identity) {
            return new PreviewedIdentity(
                    identity.id(), PROFILES + encoded(identity.namespace()) + "&entityId=" + encoded(identity.id()));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /** The numbers of the page. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "PreviewPageNumbers")
    record Numbers(
            @Schema(examples = "0") int offset,
            @Schema(examples = "1000") int limit,
            @Schema(examples = "1") int size,
            @Schema(examples = "1") int totalCount,
            @Schema(examples = "1") int totalPages,

            @Schema(description = "The path of the next page; absent on the last.")
            Optional<String> next) {}
}
