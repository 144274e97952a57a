package dev.pequel.database;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.jdbc.PgConnection;

/**
 * Isolates sandboxes by row-level security of PostgreSQL. A connection works as the role {@value #ROLE}, to which
 * row-level security applies, with the sandbox as a session setting. Work across sandboxes runs as the connected
 * user, to which row-level security does not apply. Role and sandbox are set when a connection is taken from the
 * pool, but only if they changed since its last use, so that repeated use for one sandbox costs nothing.
 */
@ApplicationScoped
public class RowSecurity implements AgroalPoolInterceptor {

    static final String ROLE = "pequel_tenant";
    private static final String NO_ROLE = "none";

    private static final Logger LOG = Logger.getLogger(RowSecurity.class);

    /**
     * Whether row-level security applies to the role, the user can assume it, and it has the privileges that the
     * service needs.
     */
    private static final String STANDS = """
            select coalesce(pg_has_role(current_user, r.oid, 'set') and not r.rolsuper and not r.rolbypassrls
                and (select bool_and(has_table_privilege(r.oid, c.oid, 'select, insert, update, delete'))
                    from pg_class c where c.relrowsecurity and c.relnamespace = current_schema()::regnamespace), false)
            from (values (to_regrole(?))) as named (role)
                left join pg_roles r on r.oid = named.role
            """;

    private static final String SET_UP = """
            do $$
            begin
                if to_regrole('pequel_tenant') is null then
                    create role pequel_tenant nologin;
                end if;
                if not pg_has_role(current_user, 'pequel_tenant', 'set') then
                    execute format('grant pequel_tenant to %I', current_user);
                end if;
                execute format('grant usage on schema %I to pequel_tenant', current_schema());
                execute format(
                    'grant select, insert, update, delete %s on all tables in schema %I to pequel_tenant',
                    case when current_setting('server_version_num')::int >= 170000 then ', maintain' end,
                    current_schema());
            end
            $$
            """;

    private final SandboxScope rows;
    private final DataSource source;
    private final DatabaseSettings settings;

    /** The sandbox that was last set on each connection of the pool. */
    private final Map<PgConnection, String> told = new ConcurrentHashMap<>();

    private volatile State state = State.SWITCHED_OFF;

    /** The role that connections assume; empty during migrations. */
    private volatile Optional<String> role = Optional.empty();

    RowSecurity(SandboxScope rows, DataSource source, DatabaseSettings settings) {
        this.rows = rows;
        this.source = source;
        this.settings = settings;
    }

    /** Runs after the migrations and before anything else uses the database. */
    void start(@Observes @Priority(1) StartupEvent started) {
        if (!settings.rowSecurity()) {
            LOG.warn("Row-level security is disabled. Only the service itself separates sandboxes.");
            role = Optional.of(NO_ROLE);
            return;
        }
        try (Connection connection = source.getConnection()) {
            if (!isEnforced(connection)) {
                DeadlockRetry.run(() -> Database.transaction(connection, RowSecurity::setUp));
            }
            role = Optional.of(ROLE);
            state = State.GUARDS;
        } catch (SQLException e) {
            role = Optional.of(NO_ROLE);
            state = State.IMPOSSIBLE;
            LOG.warnf(
                    "Row-level security is not in effect (%s). To enable it, run as a superuser of the database:"
                            + " create role %s nologin; grant %2$s to <the user of Pequel>;",
                    e.getMessage().lines().findFirst().orElse(""), ROLE);
        }
    }

    /** Returns the state, which is determined at start. */
    State state() {
        return state;
    }

    /** The states of row-level security. */
    enum State {
        GUARDS("guards the sandboxes"),
        SWITCHED_OFF("switched off"),
        IMPOSSIBLE("does not guard the sandboxes; see the startup log");

        private final String text;

        State(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static boolean isEnforced(Connection connection) throws SQLException {
        return Sql.one(connection, STANDS, row -> row.getBoolean(1), ROLE);
    }

    /** The lock serializes replicas. */
    private static Void setUp(Connection connection) throws SQLException {
        AdvisoryLock.takeInTransaction(connection, UUID.nameUUIDFromBytes(ROLE.getBytes(StandardCharsets.UTF_8)));
        Sql.update(connection, SET_UP);
        if (!isEnforced(connection)) {
            throw new SQLException("the role " + ROLE + " is not bound itself");
        }
        return null;
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        if (role.isEmpty()) {
            return;
        }
        PgConnection physical = physical(connection);
        String wanted = rows.setting();
        if (wanted.equals(told.get(physical))) {
            return;
        }
        // Clear the entry first so that a failure leaves no stale state.
        told.remove(physical);
        try {
            tell(physical, wanted.equals(SandboxScope.ALL) ? NO_ROLE : role.get(), wanted);
            told.put(physical, wanted);
        } catch (SQLException e) {
            LOG.debugf(e, "A connection is closed, because its sandbox could not be set.");
            close(physical);
        }
    }

    private void tell(PgConnection physical, String role, String sandbox) throws SQLException {
        boolean autoCommit = physical.getAutoCommit();
        // Outside the transaction that is about to begin, because a rollback would undo the settings.
        physical.setAutoCommit(true);
        Sql.one(
                physical,
                """
                select set_config('role', ?, false), set_config('pequel.sandbox', ?, false),
                    set_config('statement_timeout', ?, false)
                """,
                row -> true,
                role,
                sandbox,
                String.valueOf(settings.statementTimeout().toMillis()));
        physical.setAutoCommit(autoCommit);
    }

    /** Closes a connection. The pool discards it at its next use, which fails like the use of a lost connection. */
    private static void close(PgConnection physical) {
        try {
            physical.close();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        told.remove(physical(connection));
    }

    private static PgConnection physical(Connection connection) {
        try {
            return connection.unwrap(PgConnection.class);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /**
     * Runs the rest of a transaction as the connected user, because PostgreSQL does not allow COPY into tables with
     * row-level security. A trigger checks the rows instead.
     */
    public static void bypass(Connection connection) throws SQLException {
        Sql.one(
                connection,
                "select set_config('pequel.role', current_setting('role'), true), set_config('role', 'none', true)",
                row -> true);
    }

    /** Restores the role that was in use before {@link #bypass}. */
    public static void stepBack(Connection connection) throws SQLException {
        Sql.one(connection, "select set_config('role', current_setting('pequel.role'), true)", row -> true);
    }
}
