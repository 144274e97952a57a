package dev.pequel.segmentation;

import dev.pequel.database.Database;
import dev.pequel.error.Conflict;
import dev.pequel.error.NotFound;
import dev.pequel.error.RequestText;
import dev.pequel.error.TookTooLong;
import dev.pequel.expression.Deadlines;
import dev.pequel.profile.Snapshots;
import dev.pequel.segmentation.MembershipStore.New;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/** Gives an external audience the members that another audience has now. */
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
     * @param ordinals of profiles; must not be changed
     * @param dataVersion of the profiles
     */
    public record Frozen(RoaringBitmap ordinals, long dataVersion) {}

    /**
     * The present members of an audience, which is evaluated first where nobody has done so yet.
     *
     * @throws NotFound when the tenant has no such audience
     * @throws Conflict when it cannot be evaluated
     * @throws TookTooLong when that takes too long
     */
    public Frozen of(Tenant tenant, String id) {
        UUID audience = RequestText.id(id).orElseThrow(() -> MembershipService.notFound(id));
        long dataVersion = snapshots.version(tenant);
        RoaringBitmap ordinals = members.of(tenant, List.of(audience), deadlines.start())
                .getFirst()
                .members();
        return new Frozen(ordinals, dataVersion);
    }

    /** Makes them the members of an external audience that is new, in the current transaction. */
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
