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
 * Lets PostgreSQL keep the sandboxes apart. A connection works as the role {@value #ROLE}, which row-level security binds, and
 * names the sandbox whose rows it may touch; for work across sandboxes it works as the user that is connected, whom nothing
 * binds. Both are set when a connection is taken from the pool, and only if it was last used for another sandbox, so that whoever
 * works for one sandbox pays nothing.
 */
@ApplicationScoped
public class RowSecurity implements AgroalPoolInterceptor {

    static final String ROLE = "pequel_tenant";
    private static final String NO_ROLE = "none";

    private static final Logger LOG = Logger.getLogger(RowSecurity.class);

    /** Whether the role is bound, may be taken on and may do what the service does with every table. */
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

    /** What the connections of the pool were last told. */
    private final Map<PgConnection, String> told = new ConcurrentHashMap<>();

    private volatile State state = State.SWITCHED_OFF;

    /** The role that connections take on; empty until the start, when tables are made. */
    private volatile Optional<String> role = Optional.empty();

    RowSecurity(SandboxScope rows, DataSource source, DatabaseSettings settings) {
        this.rows = rows;
        this.source = source;
        this.settings = settings;
    }

    /** Before everything else that uses the database at start; the tables are there by then. */
    void start(@Observes @Priority(1) StartupEvent started) {
        if (!settings.rowSecurity()) {
            LOG.warn("Row-level security is switched off: only the service itself keeps the sandboxes apart.");
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
                    "Row-level security does not guard the sandboxes (%s). Run as a superuser of the database: create role %s"
                            + " nologin; grant %2$s to <the user of Pequel>;",
                    e.getMessage().lines().findFirst().orElse(""), ROLE);
        }
    }

    /** Whether the sandboxes are kept apart, since the start. */
    State state() {
        return state;
    }

    /** How it is with the sandboxes. */
    enum State {
        GUARDS("guards the sandboxes"),
        SWITCHED_OFF("switched off"),
        IMPOSSIBLE("does not guard the sandboxes; the log of the start says what to do");

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

    /** One replica after the other. */
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
        // Forgotten first: should this fail, nothing is known of the connection.
        told.remove(physical);
        try {
            tell(physical, wanted.equals(SandboxScope.ALL) ? NO_ROLE : role.get(), wanted);
            told.put(physical, wanted);
        } catch (SQLException e) {
            LOG.debugf(e, "A connection that does not name the sandbox is not used.");
            close(physical);
        }
    }

    private void tell(PgConnection physical, String role, String sandbox) throws SQLException {
        boolean autoCommit = physical.getAutoCommit();
        // Not in the transaction that is about to begin, with which it would be rolled back.
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

    /** The pool throws a closed connection away when it is first used, and that fails like any other that was lost. */
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
     * Lets the rest of a transaction work as the user that is connected, for COPY, which PostgreSQL refuses to a bound role. A
     * trigger checks the rows.
     */
    public static void bypass(Connection connection) throws SQLException {
        Sql.one(
                connection,
                "select set_config('pequel.role', current_setting('role'), true), set_config('role', 'none', true)",
                row -> true);
    }

    /** Takes the role on again that was in use before {@link #bypass}. */
    public static void stepBack(Connection connection) throws SQLException {
        Sql.one(connection, "select set_config('role', current_setting('pequel.role'), true)", row -> true);
    }
}
