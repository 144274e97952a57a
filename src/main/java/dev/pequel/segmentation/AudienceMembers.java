package dev.pequel.segmentation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.error.Conflict;
import dev.pequel.error.NotFound;
import dev.pequel.error.TooManyRequests;
import dev.pequel.error.TookTooLong;
import dev.pequel.expression.Deadline;
import dev.pequel.segmentation.MembershipStore.Generation;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/** Reads the members of several audiences as of one moment. */
@ApplicationScoped
public class AudienceMembers {

    private final MembershipService members;
    private final AudienceEvaluations evaluations;

    AudienceMembers(MembershipService members, AudienceEvaluations evaluations) {
        this.members = members;
        this.evaluations = evaluations;
    }

    /**
     * An audience with its members, by the profiles' ordinals. The bitmaps must not be changed, and may have bits of profiles that
     * were deleted since.
     *
     * @param exited the profiles that were members in the generation before and are none any more
     * @param qualifiedAt the {@code lastQualificationTime} of all of them; empty for an audience that never had members
     */
    public record OfAudience(
            UUID audience, RoaringBitmap members, RoaringBitmap exited, Optional<Instant> qualifiedAt) {

        private static OfAudience of(MembershipService.Audience audience) {
            Membership membership =
                    audience.generation().map(Generation::membership).orElse(Membership.NONE);
            return new OfAudience(
                    audience.definition().id(),
                    membership.members(),
                    RoaringBitmap.andNot(membership.previous(), membership.members()),
                    audience.generation().map(Generation::evaluatedAt));
        }
    }

    /**
     * The members of the audiences, in the order of the ids. Audiences that changed are evaluated first; drafts and inactive
     * audiences have the members that are stored.
     *
     * @throws NotFound when the tenant does not have them all
     * @throws Conflict when one cannot be evaluated
     * @throws TooManyRequests when too many evaluations of the organization are waiting
     * @throws TookTooLong when the deadline is over first
     */
    public List<OfAudience> read(Tenant tenant, Collection<UUID> ids, Deadline deadline) {
        evaluations.awaitAll(tenant, deadline.left());
        return members.of(tenant, ids, deadline).stream().map(OfAudience::of).toList();
    }

    /**
     * What a profile's {@code segmentMembership.ups} shows of the audiences: {@code {"<id>": {"status": "realized",
     * "lastQualificationTime": "2026-01-31T10:00:00Z"}}}.
     *
     * @param ordinal the profile
     */
    public static ObjectNode membershipsOf(int ordinal, Collection<OfAudience> audiences) {
        ObjectNode memberships = JsonNodeFactory.instance.objectNode();
        for (OfAudience one : audiences) {
            one.qualifiedAt().ifPresent(time -> {
                if (one.members().contains(ordinal)) {
                    MembershipsOfProfile.put(memberships, one.audience(), MetricsDocument.REALIZED, time);
                } else if (one.exited().contains(ordinal)) {
                    MembershipsOfProfile.put(memberships, one.audience(), MetricsDocument.EXITED, time);
                }
            });
        }
        return memberships;
    }
}
