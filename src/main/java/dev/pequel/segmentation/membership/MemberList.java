package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pequel.answer.PageLinks;
import dev.pequel.profile.Identity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of members of an audience. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "MemberList")
record MemberList(
        List<Member> children,
        @JsonProperty("_page") Numbers page,
        @JsonProperty("_links") PageLinks links) {

    /** A profile by its identities. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "Member")
    record Member(
            @Schema(description = "The member's identities by namespace.")
            Map<String, List<MemberId>> identityMap) {

        static Member of(Set<Identity> identities) {
            Map<String, List<MemberId>> map = new LinkedHashMap<>();
            for (Identity identity : new TreeSet<>(identities)) {
                map.computeIfAbsent(identity.namespace(), namespace -> new ArrayList<>())
                        .add(new MemberId(identity.id()));
            }
            return new Member(map);
        }
    }

    /** The id of an identity. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "MemberId")
    record MemberId(String id) {}

    /** The numbers of the page. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "MemberPageNumbers")
    record Numbers(
            long totalCount,
            int pageSize,
            int start,
            int limit,
            long generation,

            @Schema(description = "`start` of the next page; absent on the last.")
            Optional<String> next) {}
}
