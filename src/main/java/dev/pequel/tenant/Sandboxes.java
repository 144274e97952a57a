package dev.pequel.tenant;

import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.error.Conflict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** The sandboxes in the database. A sandbox comes into being with the first thing that is stored in it. */
@ApplicationScoped
public class Sandboxes {

    private final Database database;
    private final SandboxScope rows;
    private final TenantSettings settings;
    private final Event<SandboxCreated> created;

    /** Rows never change, so one that was read once is read never again, until {@link #forget}. */
    private volatile Map<Tenant, Sandbox> known = new ConcurrentHashMap<>();

    Sandboxes(Database database, SandboxScope rows, TenantSettings settings, Event<SandboxCreated> created) {
        this.settings = settings;
        this.created = created;
        this.database = database;
        this.rows = rows;
    }

    /** The tenant's sandbox, if it was looked up before. */
    Optional<Sandbox> known(Tenant tenant) {
        return Optional.ofNullable(known.get(tenant));
    }

    /** The tenant's sandbox, if anything was ever stored in it. */
    public Optional<Sandbox> find(Tenant tenant) {
        return known(tenant).or(() -> lookUp(() -> Sandbox.findByTenant(tenant)));
    }

    /** The sandbox with the number that other tables refer to. */
    public Optional<Sandbox> find(int id) {
        return known.values().stream()
                .filter(sandbox -> sandbox.id() == id)
                .findFirst()
                .or(() -> lookUp(() -> Sandbox.findByIdOptional(id)));
    }

    /**
     * The tenant's sandbox, which is created when there is none. The row is committed on its own, whatever becomes of the
     * caller's transaction.
     *
     * @throws Conflict when the organization has the maximum number of sandboxes
     */
    public Sandbox of(Tenant tenant) {
        return find(tenant)
                .or(() -> lookUp(() -> Optional.of(findOrCreate(tenant))))
                .orElseThrow();
    }

    /** Reads all sandboxes again, for an operator's tool that has changed their rows. */
    public void forget() {
        known = new ConcurrentHashMap<>();
    }

    /** In a transaction of its own, whose connection sees the rows of all sandboxes. */
    private Optional<Sandbox> lookUp(Callable<Optional<Sandbox>> work) {
        // Taken first: what is read now must not be remembered after a call of `forget`.
        Map<Tenant, Sandbox> remembered = known;
        Optional<Sandbox> found = rows.ofAllSandboxes(() -> database.inNewTransaction(work));
        found.ifPresent(sandbox -> remembered.put(sandbox.tenant(), sandbox));
        return found;
    }

    private Sandbox findOrCreate(Tenant tenant) {
        // Creations of an organization take turns, so that the limit holds and each sandbox is created once.
        database.runBeside(connection -> AdvisoryLock.takeInTransaction(
                connection,
                UUID.nameUUIDFromBytes(("sandboxes " + tenant.organization()).getBytes(StandardCharsets.UTF_8))));
        return Sandbox.findByTenant(tenant).orElseGet(() -> create(tenant));
    }

    private Sandbox create(Tenant tenant) {
        if (Sandbox.count("organization", tenant.organization()) >= settings.sandboxes()) {
            throw new Conflict("The organization has " + settings.sandboxes()
                    + " sandboxes, which is the most it may have; use one of them.");
        }
        Sandbox sandbox = new Sandbox(tenant, UUID.randomUUID(), UUID.randomUUID());
        sandbox.persist();
        created.fire(new SandboxCreated(sandbox));
        return sandbox;
    }
}
