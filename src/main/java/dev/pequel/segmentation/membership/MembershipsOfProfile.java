package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.profile.store.SegmentMemberships;
import dev.pequel.segmentation.evaluation.AudienceEvaluations;
import dev.pequel.segmentation.store.MembershipStore.Generation;
import dev.pequel.segmentation.store.Metrics;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Lists the audiences that a profile is in or has exited, as its {@code segmentMembership}. */
@ApplicationScoped
class MembershipsOfProfile implements SegmentMemberships {

    private final MembershipCache cache;
    private final AudienceEvaluations evaluations;
    private final Deadlines deadlines;

    MembershipsOfProfile(MembershipCache cache, AudienceEvaluations evaluations, Deadlines deadlines) {
        this.cache = cache;
        this.evaluations = evaluations;
        this.deadlines = deadlines;
    }

    @Override
    public ObjectNode of(Tenant tenant, int ordinal) {
        // Audiences that were just changed, and those that refer to them, are about to get new members.
        evaluations.awaitAll(tenant, deadlines.start().left());
        ObjectNode memberships = JsonNodeFactory.instance.objectNode();
        for (Generation generation : cache.all(tenant)) {
            if (generation.membership().members().contains(ordinal)) {
                put(memberships, generation, Metrics.REALIZED);
            } else if (generation.membership().hasExited(ordinal)) {
                put(memberships, generation, Metrics.EXITED);
            }
        }
        return memberships;
    }

    private static void put(ObjectNode memberships, Generation generation, String status) {
        put(memberships, generation.id(), status, generation.evaluatedAt());
    }

    static void put(ObjectNode memberships, UUID audience, String status, Instant qualifiedAt) {
        memberships
                .putObject(audience.toString())
                .put("status", status)
                .put("lastQualificationTime", qualifiedAt.toString());
    }
}
