package dev.pequel.tenant;

import dev.pequel.database.VisibleRows;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** The sandboxes in the database. A sandbox comes into being with the first thing that is stored in it. */
@ApplicationScoped
public class Sandboxes {

    private final EntityManager database;
    private final VisibleRows rows;

    /** Rows never change, so one that was read once is read never again. */
    private final Map<Tenant, Sandbox> known = new ConcurrentHashMap<>();

    Sandboxes(EntityManager database, VisibleRows rows) {
        this.database = database;
        this.rows = rows;
    }

    /** The tenant's sandbox, if it was looked up before. */
    Optional<Sandbox> known(Tenant tenant) {
        return Optional.ofNullable(known.get(tenant));
    }

    /** The tenant's sandbox, if anything was ever stored in it. */
    public Optional<Sandbox> find(Tenant tenant) {
        return known(tenant)
                .or(() -> looked(
                        () -> Sandbox.find("organization = ?1 and name = ?2", tenant.organization(), tenant.sandbox())
                                .firstResultOptional()));
    }

    /** The sandbox with the number that other tables refer to. */
    public Optional<Sandbox> find(int id) {
        return known.values().stream()
                .filter(sandbox -> sandbox.id() == id)
                .findFirst()
                .or(() -> looked(() -> Sandbox.findByIdOptional(id)));
    }

    /** In a transaction of its own, whose connection sees the rows of all sandboxes. */
    private Optional<Sandbox> looked(Callable<Optional<Sandbox>> lookup) {
        Optional<Sandbox> found =
                rows.ofAllSandboxes(() -> QuarkusTransaction.requiringNew().call(lookup));
        found.ifPresent(row -> known.put(row.tenant(), row));
        return found;
    }

    /**
     * The tenant's sandbox, which is created when there is none. Call it before a transaction is begun: the row is committed
     * on its own, so that it can be remembered whatever becomes of the caller's transaction.
     */
    public Sandbox of(Tenant tenant) {
        return find(tenant).orElseGet(() -> create(tenant));
    }

    private Sandbox create(Tenant tenant) {
        boolean production = tenant.sandbox().equals(Sandbox.DEFAULT_NAME);
        // Of several requests that are the sandbox's first, one inserts the row and all read it.
        rows.ofAllSandboxes(() -> QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery("""
                            insert into sandbox (organization, name, sandbox_id, type, is_default, default_merge_policy_id)
                            values (:organization, :name, :sandboxId, :type, :isDefault, :mergePolicyId)
                            on conflict (organization, name) do nothing
                            """)
                        .setParameter("organization", tenant.organization())
                        .setParameter("name", tenant.sandbox())
                        .setParameter("sandboxId", UUID.randomUUID())
                        .setParameter("type", production ? "production" : "development")
                        .setParameter("isDefault", production)
                        .setParameter("mergePolicyId", UUID.randomUUID())
                        .executeUpdate()));
        return find(tenant).orElseThrow();
    }
}
