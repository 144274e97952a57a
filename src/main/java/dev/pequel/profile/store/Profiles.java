package dev.pequel.profile.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.audit.AuditAction;
import dev.pequel.audit.AuditSubject;
import dev.pequel.audit.AuditTrail;
import dev.pequel.audit.PropertyChange;
import dev.pequel.audit.SandboxChange;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.profile.Identity;
import dev.pequel.profile.ProfileId;
import dev.pequel.profile.ProfilesChanged;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds and deletes single profiles. */
@ApplicationScoped
public class Profiles {

    private final Database database;
    private final Sandboxes sandboxes;
    private final AuditTrail audit;
    private final Event<ProfilesChanged> changes;
    private final Clock clock;

    Profiles(Database database, Sandboxes sandboxes, AuditTrail audit, Event<ProfilesChanged> changes, Clock clock) {
        this.audit = audit;
        this.clock = clock;
        this.database = database;
        this.sandboxes = sandboxes;
        this.changes = changes;
    }

    /**
     * A profile as it is stored.
     *
     * @param ordinal row of the profile in whole snapshots, and its bit in bitmaps
     * @param attributes the document as JSON text, without events
     */
    public record StoredProfile(int ordinal, String attributes, Instant modifiedAt) {}

    private interface Reading<T> {
        T read(Connection connection, int sandbox) throws SQLException;
    }

    public Optional<StoredProfile> find(Tenant tenant, int ordinal) {
        return reading(
                        tenant,
                        (connection, sandbox) -> Sql.first(
                                connection,
                                "select ordinal, attributes, modified_at from profile where id = ?",
                                row -> new StoredProfile(
                                        row.getInt(1), row.getString(2), Sql.instant(row, "modified_at")),
                                ProfileId.of(sandbox, ordinal)))
                .flatMap(profile -> profile);
    }

    /** The ordinals of the profiles with these identities. Identities that no profile has are left out. */
    public Map<Identity, Integer> ordinals(Tenant tenant, Collection<Identity> identities) {
        return reading(tenant, (connection, sandbox) -> new IdentityIndex(connection, sandbox).owners(identities))
                .orElse(Map.of());
    }

    /** The identities of the profiles, by ordinal. Profiles that do not exist are left out. */
    public Map<Integer, Set<Identity>> identities(Tenant tenant, Collection<Integer> ordinals) {
        return reading(tenant, (connection, sandbox) -> new IdentityIndex(connection, sandbox).identitiesOf(ordinals))
                .orElse(Map.of());
    }

    /**
     * Deletes the profile with the identity, including its identities and events. Its ordinal is never assigned again,
     * so bits of it in stored bitmaps have no effect.
     *
     * @param deletedBy the caller's name
     * @return false if no profile has the identity
     */
    public boolean delete(Tenant tenant, String deletedBy, Identity identity) {
        return deleting(tenant, deletedBy, store -> ordinal(store.connection(), store.sandbox(), identity));
    }

    /** Deletes the profile with the ordinal. False if there is none. */
    public boolean delete(Tenant tenant, String deletedBy, int ordinal) {
        return deleting(tenant, deletedBy, store -> Optional.of(ordinal));
    }

    private interface Choice {
        Optional<Integer> ordinal(StoreTransaction store) throws SQLException;
    }

    private boolean deleting(Tenant tenant, String deletedBy, Choice choice) {
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        if (sandbox.isEmpty()) {
            return false;
        }
        int number = sandbox.get().id();
        boolean deleted = database.inNewTransaction(() -> {
            Optional<Integer> ordinal = database.callBeside(connection -> {
                StoreTransaction store = StoreTransaction.begin(connection, number);
                Optional<Integer> chosen = choice.ordinal(store);
                return chosen.isPresent() && delete(store, chosen.get()) ? chosen : Optional.empty();
            });
            ordinal.ifPresent(one -> record(sandbox.get(), deletedBy, one));
            return ordinal.isPresent();
        });
        if (deleted) {
            changes.fireAsync(new ProfilesChanged(number));
        }
        return deleted;
    }

    /** Records the entity id, which does not identify a person: the record stays when the profile is gone. */
    private void record(Sandbox sandbox, String deletedBy, int ordinal) {
        PropertyChange change = new PropertyChange(
                "entityId",
                Optional.of(JsonNodeFactory.instance.textNode(EntityDocument.id(ordinal))),
                Optional.empty());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        audit.record(
                sandbox, new SandboxChange(AuditSubject.PROFILE, AuditAction.DELETED, deletedBy, now, List.of(change)));
    }

    private static boolean delete(StoreTransaction store, int ordinal) throws SQLException {
        Connection connection = store.connection();
        long id = ProfileId.of(store.sandbox(), ordinal);
        IdentityIndex index = new IdentityIndex(connection, store.sandbox());
        index.remove(index.identitiesOf(Set.of(ordinal)).getOrDefault(ordinal, Set.of()));
        Sql.update(connection, "delete from experience_event where profile_id = ?", id);
        if (Sql.update(connection, "delete from profile where id = ?", id) == 0) {
            return false;
        }
        store.touch(ordinal);
        store.finish();
        StoreTransaction.publish(connection, store.sandbox());
        return true;
    }

    private static Optional<Integer> ordinal(Connection connection, int sandbox, Identity identity)
            throws SQLException {
        return Sql.first(
                connection,
                "select ordinal from profile_identity where sandbox_id = ? and namespace = ? and id = ?",
                row -> row.getInt(1),
                sandbox,
                identity.namespaceKey(),
                identity.id());
    }

    /** Empty if nothing was ever stored in the sandbox. */
    private <T> Optional<T> reading(Tenant tenant, Reading<T> reading) {
        return sandboxes
                .find(tenant)
                .map(sandbox -> database.call(connection -> reading.read(connection, sandbox.id())));
    }
}
