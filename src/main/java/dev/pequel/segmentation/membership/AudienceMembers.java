package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.expression.limit.Deadline;
import dev.pequel.problem.Conflict;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.TooManyRequests;
import dev.pequel.problem.TookTooLong;
import dev.pequel.segmentation.evaluation.AudienceEvaluations;
import dev.pequel.segmentation.store.Membership;
import dev.pequel.segmentation.store.MembershipStore.Generation;
import dev.pequel.segmentation.store.Metrics;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/** Reads the members of several audiences for use outside this package, such as exports. */
@ApplicationScoped
public class AudienceMembers {

    private final MembershipService members;
    private final AudienceEvaluations evaluations;

    AudienceMembers(MembershipService members, AudienceEvaluations evaluations) {
        this.members = members;
        this.evaluations = evaluations;
    }

    /**
     * An audience with its members, as ordinals of profiles. The bitmaps must not be modified, and may contain profiles
     * that were deleted since.
     *
     * @param exited profiles that were members in the previous generation but are not now
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
     * Reads members, in the order of the ids. Changed audiences are evaluated first; drafts and inactive audiences have
     * the members that are stored.
     *
     * @throws NotFound when the tenant does not have all of the audiences
     * @throws Conflict when an audience cannot be evaluated
     * @throws TooManyRequests when too many evaluations of the organization are waiting
     * @throws TookTooLong when the deadline passes first
     */
    public List<OfAudience> read(Tenant tenant, Collection<UUID> ids, Deadline deadline) {
        evaluations.awaitAll(tenant, deadline.left());
        return members.of(tenant, ids, deadline).stream().map(OfAudience::of).toList();
    }

    /**
     * The {@code segmentMembership.ups} of a profile, for these audiences: {@code {"<id>": {"status": "realized",
     * "lastQualificationTime": "2026-01-31T10:00:00Z"}}}.
     *
     * @param ordinal the profile
     */
    public static ObjectNode membershipsOf(int ordinal, Collection<OfAudience> audiences) {
        ObjectNode memberships = JsonNodeFactory.instance.objectNode();
        for (OfAudience one : audiences) {
            one.qualifiedAt().ifPresent(time -> {
                if (one.members().contains(ordinal)) {
                    MembershipsOfProfile.put(memberships, one.audience(), Metrics.REALIZED, time);
                } else if (one.exited().contains(ordinal)) {
                    MembershipsOfProfile.put(memberships, one.audience(), Metrics.EXITED, time);
                }
            });
        }
        return memberships;
    }
}
