package dev.pequel.tenant;

import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.database.VisibleRows;
import jakarta.enterprise.context.ApplicationScoped;
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
            "select id, organization, name, sandbox_id, type, is_default, default_merge_policy_id from sandbox";

    private final Database database;
    private final VisibleRows rows;

    /** Rows never change, so one that was read once is read never again. */
    private final Map<Tenant, Sandbox> known = new ConcurrentHashMap<>();

    Sandboxes(Database database, VisibleRows rows) {
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
                row.getObject("sandbox_id", UUID.class),
                row.getString("type"),
                row.getBoolean("is_default"),
                row.getObject("default_merge_policy_id", UUID.class));
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
        rows.ofAllSandboxes(() -> database.call(connection -> Sql.update(
                connection,
                """
                insert into sandbox (organization, name, sandbox_id, type, is_default, default_merge_policy_id)
                values (?, ?, ?, ?, ?, ?) on conflict (organization, name) do nothing
                """,
                tenant.organization(),
                tenant.sandbox(),
                UUID.randomUUID(),
                production ? "production" : "development",
                production,
                UUID.randomUUID())));
        return find(tenant).orElseThrow();
    }
}
