package dev.pequel.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.FilledSandbox;
import dev.pequel.TenantRows;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wall in the database, tried with plain SQL and no application in front of it. */
@QuarkusTest
class RowSecurityTest {

    private static FilledSandbox one;
    private static FilledSandbox other;

    @Inject
    Sandboxes sandboxes;

    @Inject
    SandboxScope rows;

    @Inject
    Database database;

    @BeforeEach
    void fill() throws SQLException {
        if (one == null) {
            one = FilledSandbox.fresh();
            other = FilledSandbox.fresh();
            try (Connection connection = TenantRows.connect()) {
                TenantRows.addSeedFile(connection, one.organization(), one.name());
                TenantRows.addSeedFile(connection, other.organization(), other.name());
            }
        }
    }

    @Test
    void everyTableIsGuarded() throws SQLException {
        try (Connection connection = TenantRows.connect()) {
            List<String> unguarded = TenantRows.texts(connection, """
                    select relname from pg_class c
                    where relkind = 'r' and relnamespace = current_schema()::regnamespace
                        and relname <> 'flyway_schema_history'
                        and not (relrowsecurity and exists (select from pg_policy where polrelid = c.oid))
                    """);
            assertEquals(List.of(), unguarded);
        }
    }

    @Test
    void whoNamesNoSandboxSeesNothing() throws SQLException {
        for (String nothing : List.of(
                "reset pequel.sandbox",
                "set pequel.sandbox = ''",
                "set pequel.sandbox = '-1'",
                "set pequel.sandbox = 'all'")) {
            try (Connection connection = asService(nothing)) {
                for (String table : TenantRows.columns(connection).keySet()) {
                    assertEquals(List.of("0"), TenantRows.texts(connection, "select count(*) from " + table), table);
                }
            }
        }
    }

    @Test
    void aSandboxSeesItsOwnRowsAlone() throws SQLException {
        try (Connection owner = TenantRows.connect();
                Connection connection = asService("set pequel.sandbox = '" + id(one) + "'")) {
            for (Map.Entry<String, String> table : TenantRows.columns(owner).entrySet()) {
                String count = "select count(*) from " + table.getKey();
                String own = count + " where " + table.getValue() + " = " + id(one);
                assertNotEquals(List.of("0"), TenantRows.texts(owner, own), "there is nothing in " + table.getKey());
                assertEquals(TenantRows.texts(owner, own), TenantRows.texts(connection, count), table.getKey());
            }
        }
    }

    @Test
    void itChangesItsOwnRowsAlone() throws SQLException {
        Map<String, String> before = dump(other);
        try (Connection connection = asService("set pequel.sandbox = '" + id(one) + "'")) {
            connection.setAutoCommit(false);
            for (Map.Entry<String, String> table :
                    TenantRows.columns(connection).entrySet()) {
                String column = table.getValue();
                if (table.getKey().equals("audit_event")) {
                    continue;
                }
                int foreign = Sql.update(
                        connection, "delete from " + table.getKey() + " where " + column + " = " + id(other));
                assertEquals(0, foreign, table.getKey());
                if (!table.getKey().equals("sandbox")) {
                    assertRefused(
                            connection,
                            "update " + table.getKey() + " set " + column + " = " + id(other) + " where " + column
                                    + " = " + id(one));
                }
            }
            connection.commit();
        }
        assertEquals(before, dump(other));
    }

    @Test
    void itAddsToItselfAlone() throws SQLException {
        try (Connection connection = asService("set pequel.sandbox = '" + id(one) + "'")) {
            connection.setAutoCommit(false);
            for (String insert : List.of(
                    "insert into profile_change (sandbox_id, version, ordinals) values (%d, -1, '')",
                    "insert into profile_identity (sandbox_id, namespace, id, ordinal) values (%d, 'a', 'b', 0)",
                    "insert into profile (id, sandbox_id, ordinal, attributes, modified_at) values (-1, %d, 0, '{}', now())",
                    "insert into experience_event (sandbox_id, event_id, profile_id, timestamp, body)"
                            + " values (%d, 'new', 1, now(), '{}')")) {
                assertRefused(connection, insert.formatted(id(other)));
                assertEquals(1, Sql.update(connection, insert.formatted(id(one))));
            }
            // What COPY does, which works as the owner.
            RowSecurity.bypass(connection);
            for (String insert : List.of(
                    "insert into profile_identity (sandbox_id, namespace, id, ordinal) values (%d, 'c', 'd', 0)",
                    "insert into profile (id, sandbox_id, ordinal, attributes, modified_at) values (-2, %d, 0, '{}', now())",
                    "insert into experience_event (sandbox_id, event_id, profile_id, timestamp, body)"
                            + " values (%d, 'newer', 1, now(), '{}')")) {
                assertRefused(connection, insert.formatted(id(other)));
                assertEquals(1, Sql.update(connection, insert.formatted(id(one))));
            }
            RowSecurity.stepBack(connection);
            assertEquals(List.of(RowSecurity.ROLE), TenantRows.texts(connection, "select current_user"));
            connection.rollback();
        }
    }

    @Test
    void theServiceWorksAsTheBoundRole() {
        String[] state = rows.ofSandbox(id(one), this::state);

        assertEquals(RowSecurity.ROLE, state[0]);
        assertEquals(String.valueOf(id(one)), state[1]);
        assertEquals("", state()[1]);

        String[] across = rows.ofAllSandboxes(this::state);
        assertNotEquals(RowSecurity.ROLE, across[0]);
        assertEquals("all", across[1]);
    }

    @Test
    void whateverHappensToAConnectionItNamesTheSandboxOfItsUser() throws Exception {
        List<Future<Boolean>> all = new ArrayList<>();
        // Fewer threads than connections, because many are closed, and waiting for one ends after five seconds.
        try (ExecutorService threads = Executors.newFixedThreadPool(30)) {
            for (int i = 0; i < 400; i++) {
                FilledSandbox mine = i % 3 == 0 ? one : other;
                int step = i;
                all.add(threads.submit(() -> rows.ofSandbox(id(mine), () -> {
                    misuse(step);
                    return state()[1].equals(String.valueOf(id(mine))) && onlyOwnAudiences(mine);
                })));
            }
        }
        for (Future<Boolean> one : all) {
            assertTrue(one.get());
        }
    }

    /** Everything that could undo a setting of the connection. */
    private void misuse(int step) {
        switch (step % 5) {
            case 0 ->
                assertThrows(
                        IllegalStateException.class,
                        () -> database.run(connection -> {
                            Sql.one(connection, "select 1", row -> true);
                            throw new IllegalStateException("rolled back");
                        }));
            case 1 ->
                assertThrows(
                        DatabaseException.class,
                        () -> database.run(connection -> Sql.one(connection, "select 1 / 0", row -> true)));
            case 2 ->
                assertThrows(
                        IllegalStateException.class,
                        () -> database.call(connection -> {
                            connection.setAutoCommit(false);
                            Sql.one(connection, "select count(*) from sandbox", row -> true);
                            throw new IllegalStateException("returned with an open transaction");
                        }));
            case 3 ->
                assertThrows(
                        IllegalStateException.class,
                        () -> database.run(connection -> {
                            RowSecurity.bypass(connection);
                            throw new IllegalStateException("rolled back");
                        }));
            default -> rows.ofAllSandboxes(this::state);
        }
    }

    private boolean onlyOwnAudiences(FilledSandbox mine) {
        return database.<List<Integer>, RuntimeException>call(connection ->
                        Sql.list(connection, "select distinct sandbox_id from audience", row -> row.getInt(1)))
                .equals(List.of(id(mine)));
    }

    @Test
    void workForNobodySeesNothing() throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            assertEquals(
                    List.of(),
                    thread.submit(() -> database.<List<Integer>, RuntimeException>call(
                                    connection -> Sql.list(connection, "select id from sandbox", row -> row.getInt(1))))
                            .get());
            assertFalse(rows.ofSandbox(
                            id(one),
                            () -> thread.submit(rows.sameFor(
                                            () -> database.<List<Integer>, RuntimeException>call(connection -> Sql.list(
                                                    connection, "select id from sandbox", row -> row.getInt(1)))))
                                    .get())
                    .isEmpty());
        }
    }

    private String[] state() {
        return database.call(connection ->
                Sql.one(connection, "select current_user, current_setting('pequel.sandbox')", row ->
                        new String[] {row.getString(1), row.getString(2)}));
    }

    private int id(FilledSandbox sandbox) {
        return sandboxes
                .find(new Tenant(sandbox.organization(), sandbox.name()))
                .orElseThrow()
                .id();
    }

    private static Connection asService(String setting) throws SQLException {
        Connection connection = TenantRows.connect();
        Sql.update(connection, "set role " + RowSecurity.ROLE);
        Sql.update(connection, setting);
        return connection;
    }

    private static void assertRefused(Connection connection, String statement) throws SQLException {
        var before = connection.setSavepoint();
        SQLException refusal = assertThrows(SQLException.class, () -> Sql.update(connection, statement), statement);
        assertEquals("42501", refusal.getSQLState(), refusal.getMessage());
        connection.rollback(before);
    }

    private Map<String, String> dump(FilledSandbox sandbox) throws SQLException {
        Map<String, String> dump = new TreeMap<>();
        try (Connection connection = TenantRows.connect()) {
            for (Map.Entry<String, String> table :
                    TenantRows.columns(connection).entrySet()) {
                dump.put(
                        table.getKey(),
                        TenantRows.texts(
                                        connection,
                                        "select t::text from " + table.getKey() + " t where " + table.getValue() + " = "
                                                + id(sandbox) + " order by 1")
                                .toString());
            }
        }
        return dump;
    }
}
