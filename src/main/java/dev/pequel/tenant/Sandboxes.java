package dev.pequel.tenant;

import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.problem.Conflict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** Finds and creates the sandboxes in the database. A sandbox is created when something is first stored in it. */
@ApplicationScoped
public class Sandboxes {

    private final Database database;
    private final SandboxScope rows;
    private final TenantSettings settings;
    private final Event<SandboxCreated> created;

    /** A cache without expiry, because rows never change; see {@link #forget}. */
    private volatile Map<Tenant, Sandbox> known = new ConcurrentHashMap<>();

    Sandboxes(Database database, SandboxScope rows, TenantSettings settings, Event<SandboxCreated> created) {
        this.settings = settings;
        this.created = created;
        this.database = database;
        this.rows = rows;
    }

    /** Returns the tenant's sandbox if it is cached. */
    Optional<Sandbox> known(Tenant tenant) {
        return Optional.ofNullable(known.get(tenant));
    }

    /** Returns the tenant's sandbox if it exists. */
    public Optional<Sandbox> find(Tenant tenant) {
        return known(tenant).or(() -> lookUp(() -> Sandbox.findByTenant(tenant)));
    }

    /** Returns the sandbox with a primary key. */
    public Optional<Sandbox> find(int id) {
        return known.values().stream()
                .filter(sandbox -> sandbox.id() == id)
                .findFirst()
                .or(() -> lookUp(() -> Sandbox.findByIdOptional(id)));
    }

    /**
     * Returns the tenant's sandbox, and creates it if necessary. A new row is committed in a separate transaction,
     * independently of the caller's.
     *
     * @throws Conflict when the organization has the maximum number of sandboxes
     */
    public Sandbox of(Tenant tenant) {
        return find(tenant)
                .or(() -> lookUp(() -> Optional.of(findOrCreate(tenant))))
                .orElseThrow();
    }

    /** Clears the cache, for operator tools that change rows of sandboxes. */
    public void forget() {
        known = new ConcurrentHashMap<>();
    }

    /** Runs in a separate transaction, whose connection sees the rows of all sandboxes. */
    private Optional<Sandbox> lookUp(Callable<Optional<Sandbox>> work) {
        // Read first, so that a concurrent call of forget() is not undone.
        Map<Tenant, Sandbox> remembered = known;
        Optional<Sandbox> found = rows.ofAllSandboxes(() -> database.inNewTransaction(work));
        found.ifPresent(sandbox -> remembered.put(sandbox.tenant(), sandbox));
        return found;
    }

    private Sandbox findOrCreate(Tenant tenant) {
        // Serializes creations in an organization, so that the limit holds and each sandbox is created once.
        database.runBeside(connection -> AdvisoryLock.takeInTransaction(
                connection,
                UUID.nameUUIDFromBytes(("sandboxes " + tenant.organization()).getBytes(StandardCharsets.UTF_8))));
        return Sandbox.findByTenant(tenant).orElseGet(() -> create(tenant));
    }

    private Sandbox create(Tenant tenant) {
        if (Sandbox.count("organization", tenant.organization()) >= settings.sandboxes()) {
            throw new Conflict(
                    "The organization has " + settings.sandboxes() + " sandboxes, the maximum; use one of them.");
        }
        Sandbox sandbox = new Sandbox(tenant, UUID.randomUUID(), UUID.randomUUID());
        sandbox.persist();
        created.fire(new SandboxCreated(sandbox));
        return sandbox;
    }
}
