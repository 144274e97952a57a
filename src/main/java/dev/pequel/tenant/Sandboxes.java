package dev.pequel.tenant;

import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.database.VisibleRows;
import dev.pequel.error.Conflict;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sandboxes in the database. A sandbox comes into being with the first thing that is stored in it. */
@ApplicationScoped
public class Sandboxes {

    private static final String SELECT =
            "select id, organization, name, public_id, type, is_default, default_merge_policy_id from sandbox";

    private final Database database;
    private final VisibleRows rows;
    private final TenantSettings settings;

    /** Rows never change, so one that was read once is read never again. */
    private final Map<Tenant, Sandbox> known = new ConcurrentHashMap<>();

    Sandboxes(Database database, VisibleRows rows, TenantSettings settings) {
        this.settings = settings;
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
                        SELECT + " where organization = ? and name = ?", tenant.organization(), tenant.sandbox()));
    }

    /** The sandbox with the number that other tables refer to. */
    public Optional<Sandbox> find(int id) {
        return known.values().stream()
                .filter(sandbox -> sandbox.id() == id)
                .findFirst()
                .or(() -> looked(SELECT + " where id = ?", id));
    }

    /** By a connection that sees the rows of all sandboxes. */
    private Optional<Sandbox> looked(String sql, Object... parameters) {
        Optional<Sandbox> found = rows.ofAllSandboxes(
                () -> database.call(connection -> Sql.first(connection, sql, Sandboxes::read, parameters)));
        found.ifPresent(sandbox -> known.put(sandbox.tenant(), sandbox));
        return found;
    }

    private static Sandbox read(ResultSet row) throws SQLException {
        return new Sandbox(
                row.getInt("id"),
                new Tenant(row.getString("organization"), row.getString("name")),
                row.getObject("public_id", UUID.class),
                row.getString("type"),
                row.getBoolean("is_default"),
                row.getObject("default_merge_policy_id", UUID.class));
    }

    /**
     * The tenant's sandbox, which is created when there is none. Call it before a transaction is begun: the row is committed
     * on its own, so that it can be remembered whatever becomes of the caller's transaction.
     *
     * @throws Conflict when the organization has as many already as it may have
     */
    public Sandbox of(Tenant tenant) {
        return find(tenant).orElseGet(() -> create(tenant));
    }

    private Sandbox create(Tenant tenant) {
        boolean production = tenant.sandbox().equals(Sandbox.DEFAULT_NAME);
        rows.ofAllSandboxes(() -> database.transaction(connection -> {
            // One after the other, so that no two take the last one that there may be.
            AdvisoryLock.takeInTransaction(
                    connection,
                    UUID.nameUUIDFromBytes(("sandboxes " + tenant.organization()).getBytes(StandardCharsets.UTF_8)));
            // Of several requests that are the sandbox's first, one inserts the row and all read it.
            int inserted = Sql.update(
                    connection,
                    """
                    insert into sandbox (organization, name, public_id, type, is_default, default_merge_policy_id)
                    values (?, ?, ?, ?, ?, ?) on conflict (organization, name) do nothing
                    """,
                    tenant.organization(),
                    tenant.sandbox(),
                    UUID.randomUUID(),
                    production ? "production" : "development",
                    production,
                    UUID.randomUUID());
            if (inserted > 0) {
                requireFew(connection, tenant.organization());
            }
            return inserted;
        }));
        return find(tenant).orElseThrow();
    }

    private void requireFew(Connection connection, String organization) throws SQLException {
        int sandboxes = Sql.one(
                connection, "select count(*) from sandbox where organization = ?", row -> row.getInt(1), organization);
        if (sandboxes > settings.sandboxes()) {
            throw new Conflict("The organization has " + settings.sandboxes()
                    + " sandboxes, which is the most it may have; use one of them.");
        }
    }
}
