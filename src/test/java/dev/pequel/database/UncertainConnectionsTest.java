package dev.pequel.database;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.BareRequests;
import dev.pequel.FilledSandbox;
import dev.pequel.TenantRows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/** A connection whose work was interrupted at a place that nobody knows is never used again. */
@QuarkusTest
class UncertainConnectionsTest {

    private static final int REQUESTS = 1_000;
    private static final String AUDIENCES = "/data/core/ups/audiences";

    @Inject
    Database database;

    @Inject
    SandboxScope rows;

    @Inject
    InTransaction entities;

    /** Work with the connection of a transaction of entities, as a service begins it. */
    @ApplicationScoped
    static class InTransaction {

        private final Session session;

        InTransaction(Session session) {
            this.session = session;
        }

        @Transactional
        void work(Database.Action<RuntimeException> action) {
            session.doWork(action::with);
        }
    }

    private interface Interruption {
        void now();
    }

    private static void outOfMemory() {
        throw new OutOfMemoryError("of the test");
    }

    private static void malformed() {
        throw new IllegalStateException("of the test");
    }

    @Test
    void whileRowsAreRead() throws SQLException {
        abandoned(backend -> database.call(readingRows(backend, UncertainConnectionsTest::outOfMemory)), Error.class);
        abandoned(
                backend -> database.transaction(readingRows(backend, UncertainConnectionsTest::malformed)),
                IllegalStateException.class);
    }

    @Test
    void whileRowsAreCopied() throws SQLException {
        abandoned(backend -> database.call(copying(backend, UncertainConnectionsTest::outOfMemory)), Error.class);
        abandoned(
                backend -> database.transaction(copying(backend, UncertainConnectionsTest::malformed)),
                IllegalStateException.class);
    }

    @Test
    void whileEntitiesAreRead() throws SQLException {
        abandoned(
                backend -> entities.work(connection ->
                        copying(backend, UncertainConnectionsTest::outOfMemory).with(connection)),
                Error.class);
        abandoned(
                backend -> database.inNewTransaction(
                        () -> database.callBeside(copying(backend, UncertainConnectionsTest::malformed))),
                IllegalStateException.class);
    }

    @Test
    void anErrorOfSqlLeavesTheConnectionInThePool() throws SQLException {
        AtomicInteger backend = new AtomicInteger();
        rows.ofAllSandboxes(() -> assertThrows(
                DatabaseException.class,
                () -> database.run(connection -> {
                    backend.set(backend(connection));
                    Sql.update(connection, "insert into nothing values (1)");
                })));
        assertEquals(List.of("1"), sessions(backend.get()));
    }

    @Test
    void otherTenantsGetRightAnswersAllTheTime() {
        FilledSandbox other = FilledSandbox.fresh();
        BareRequests requests = new BareRequests(other.organization(), other.name());
        for (int i = 0; i < REQUESTS; i++) {
            if (i % 50 == 0) {
                rows.ofAllSandboxes(() -> {
                    assertThrows(
                            Error.class,
                            () -> database.call(copying(new AtomicInteger(), UncertainConnectionsTest::outOfMemory)));
                    return assertThrows(
                            Error.class,
                            () -> entities.work(
                                    connection -> copying(new AtomicInteger(), UncertainConnectionsTest::outOfMemory)
                                            .with(connection)));
                });
            }
            if (i % 2 == 0) {
                JsonNode list = requests.get(AUDIENCES, 200);
                assertEquals(3, list.get("children").size());
                assertEquals(3, list.at("/_page/totalCount").asInt());
            } else {
                assertEquals(
                        other.audience(),
                        requests.get(AUDIENCES + "/" + other.audience(), 200)
                                .get("id")
                                .asText());
            }
        }
    }

    private interface Work {
        void with(AtomicInteger backend) throws Exception;
    }

    /** The work fails as it does without the guard, and its connection is gone from PostgreSQL. */
    private void abandoned(Work work, Class<? extends Throwable> failure) throws SQLException {
        AtomicInteger backend = new AtomicInteger();
        Executable executable = () -> work.with(backend);
        Throwable thrown = rows.ofAllSandboxes(() -> assertThrows(failure, executable));
        assertEquals("of the test", thrown.getMessage());
        eventually(() -> sessions(backend.get()).equals(List.of("0")));
        assertSame(
                Boolean.TRUE,
                rows.ofAllSandboxes(() -> database.call(connection -> backend(connection) != backend.get())));
    }

    private static Database.Work<Void, RuntimeException> readingRows(AtomicInteger backend, Interruption interruption) {
        return connection -> {
            backend.set(backend(connection));
            try (PreparedStatement statement = connection.prepareStatement("select * from generate_series(1, 1000)")) {
                statement.setFetchSize(10);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    interruption.now();
                }
            }
            return null;
        };
    }

    /** Leaves the exchange in the middle, as a close that fails too does. */
    private static Database.Work<Void, RuntimeException> copying(AtomicInteger backend, Interruption interruption) {
        return connection -> {
            backend.set(backend(connection));
            PGCopyInputStream rows = new PGCopyInputStream(
                    connection.unwrap(PGConnection.class),
                    "copy (select 'of another tenant' from generate_series(1, 100000)) to stdout");
            try {
                rows.read();
            } catch (IOException e) {
                throw new SQLException(e);
            }
            interruption.now();
            return null;
        };
    }

    private static int backend(Connection connection) throws SQLException {
        return Sql.one(connection, "select pg_backend_pid()", row -> row.getInt(1));
    }

    private static List<String> sessions(int backend) throws SQLException {
        try (Connection connection = TenantRows.connect()) {
            return TenantRows.texts(connection, "select count(*) from pg_stat_activity where pid = " + backend);
        }
    }
}
