package dev.pequel.segmentation.membership;

import dev.pequel.database.Database;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.Conflict;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.TookTooLong;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.segmentation.store.MembershipStore;
import dev.pequel.segmentation.store.MembershipStore.New;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/** Copies the current members of an audience to a new external audience. */
@ApplicationScoped
public class FrozenMembers {

    private final MembershipService members;
    private final SegmentDefinitions definitions;
    private final MembershipStore store;
    private final Snapshots snapshots;
    private final Deadlines deadlines;
    private final Database database;
    private final Clock clock;

    FrozenMembers(
            MembershipService members,
            SegmentDefinitions definitions,
            MembershipStore store,
            Snapshots snapshots,
            Deadlines deadlines,
            Database database,
            Clock clock) {
        this.members = members;
        this.definitions = definitions;
        this.store = store;
        this.snapshots = snapshots;
        this.deadlines = deadlines;
        this.database = database;
        this.clock = clock;
    }

    /**
     * The members of an audience at one time.
     *
     * @param ordinals ordinals of the members; must not be modified
     * @param dataVersion version of the profiles
     */
    public record Frozen(RoaringBitmap ordinals, long dataVersion) {}

    /**
     * Returns the current members of an audience. An audience that has not been evaluated yet is evaluated first.
     *
     * @throws NotFound when the tenant has no such audience
     * @throws Conflict when the audience cannot be evaluated
     * @throws TookTooLong when the evaluation exceeds its deadline
     */
    public Frozen of(Tenant tenant, String id) {
        UUID audience = RequestText.id(id).orElseThrow(() -> MembershipService.notFound(id));
        long dataVersion = snapshots.version(tenant);
        RoaringBitmap ordinals = members.of(tenant, List.of(audience), deadlines.start())
                .getFirst()
                .members();
        return new Frozen(ordinals, dataVersion);
    }

    /** Makes the frozen members those of a new external audience, in the current transaction. */
    public void give(Sandbox sandbox, UUID audience, Frozen frozen) {
        SegmentDefinition definition =
                definitions.lock(sandbox.tenant(), audience).orElseThrow().definition();
        database.runBeside(connection -> {
            MembershipStore.lock(connection, sandbox.id());
            store.write(
                    connection,
                    sandbox.id(),
                    List.of(New.listed(
                            definition,
                            frozen.dataVersion(),
                            clock.instant().truncatedTo(ChronoUnit.MICROS),
                            frozen.ordinals())));
        });
    }
}
