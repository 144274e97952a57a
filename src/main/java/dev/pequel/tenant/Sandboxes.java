package dev.pequel.tenant;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sandboxes in the database. A sandbox comes into being with the first thing that is stored in it. */
@ApplicationScoped
public class Sandboxes {

    private final EntityManager database;

    /** Rows never change, so one that was read once is read never again. */
    private final Map<Tenant, Sandbox> known = new ConcurrentHashMap<>();

    Sandboxes(EntityManager database) {
        this.database = database;
    }

    /** The tenant's sandbox, if anything was ever stored in it. */
    public Optional<Sandbox> find(Tenant tenant) {
        Sandbox sandbox = known.get(tenant);
        if (sandbox != null) {
            return Optional.of(sandbox);
        }
        // In a transaction, because a job has no request whose session could be used.
        Optional<Sandbox> found = QuarkusTransaction.joiningExisting()
                .call(() -> Sandbox.find("organization = ?1 and name = ?2", tenant.organization(), tenant.sandbox())
                        .firstResultOptional());
        found.ifPresent(row -> known.put(tenant, row));
        return found;
    }

    /** The sandbox with the number that other tables refer to. */
    public Optional<Sandbox> find(int id) {
        return known.values().stream()
                .filter(sandbox -> sandbox.id() == id)
                .findFirst()
                .or(() -> QuarkusTransaction.joiningExisting().call(() -> Sandbox.findByIdOptional(id)));
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
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("""
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
                        .executeUpdate());
        return find(tenant).orElseThrow();
    }
}
