package dev.pequel.profile.snapshot;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pequel.SteppedClock;
import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.problem.TookTooLong;
import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.Imports;
import dev.pequel.shutdown.GracePeriod;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reading of a snapshot ends when nobody waits for it any more, even while it waits for the database. */
@QuarkusTest
@Timeout(300)
class SnapshotGivenUpTest {

    private final Tenant tenant = new Tenant("dev@Pequel", "given-up-" + UUID.randomUUID());
    private final CountingClock clock = new CountingClock();
    private final GracePeriod grace = new GracePeriod(Duration.ofSeconds(20), Optional.empty(), clock);

    @Inject
    Imports imports;

    @Inject
    SnapshotReader reader;

    @Inject
    SnapshotSettings settings;

    @Inject
    Sandboxes sandboxes;

    @Inject
    SandboxScope rows;

    @Inject
    Database database;

    private Snapshots snapshots;

    /** Counts how often it is looked at. */
    private static final class CountingClock extends SteppedClock {
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public Instant instant() {
            looks.incrementAndGet();
            return super.instant();
        }
    }

    @BeforeEach
    void importProfiles() throws IOException {
        snapshots = new Snapshots(
                reader,
                sandboxes,
                rows,
                settings,
                new SnapshotMemory(settings),
                clock,
                new SnapshotMeters(new SimpleMeterRegistry()),
                grace);
        String lines = IntStream.range(0, 300)
                .mapToObj(i -> "{\"identityMap\":{\"a\":[{\"id\":\"" + i + "\"}]}}")
                .collect(Collectors.joining("\n"));
        int sandbox = sandboxes.of(tenant).id();
        rows.ofSandbox(
                sandbox,
                () -> imports.run(
                        tenant, Content.PROFILES, new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void itIsGivenUpWhenThePatienceOfTheOnlyOneIsOver() throws Exception {
        whileReadingWaits("experience_event", threads -> {
            Future<ProfileSnapshot> only = threads.submit(() -> snapshots.of(tenant, Duration.ofMinutes(1)));
            waitsForLock("experience_event");
            clock.passes(Duration.ofMinutes(1));
            assertTookTooLong(only);
        });
        assertEquals(300, snapshots.of(tenant, Duration.ofMinutes(1)).size());
    }

    @Test
    void itGoesOnWhileSomebodyElseStillWaits() throws Exception {
        List<Future<ProfileSnapshot>> waiting = whileReadingWaits("profile", threads -> {
            Future<ProfileSnapshot> first = threads.submit(() -> snapshots.of(tenant, Duration.ofMinutes(1)));
            waitsForLock("profile");
            Future<ProfileSnapshot> second = threads.submit(() -> snapshots.of(tenant, Duration.ofMinutes(3)));
            eventually(() -> snapshots.waiting() == 2);
            clock.passes(Duration.ofMinutes(2));
            waitsUntilItIsLookedAtAgain();
            return List.of(first, second);
        });
        assertEquals(300, waiting.get(0).get().size());
        assertEquals(300, waiting.get(1).get().size());
    }

    @Test
    void theNextMayTakeTwiceAsLongSoThatItSucceedsSomeTime() throws Exception {
        Future<ProfileSnapshot> second = whileReadingWaits("profile", threads -> {
            Future<ProfileSnapshot> first = threads.submit(() -> snapshots.of(tenant, Duration.ofMinutes(1)));
            waitsForLock("profile");
            clock.passes(Duration.ofMinutes(1));
            assertTookTooLong(first);
            Future<ProfileSnapshot> next = threads.submit(() -> snapshots.of(tenant, Duration.ofMinutes(1)));
            waitsForLock("profile");
            clock.passes(Duration.ofSeconds(119));
            waitsUntilItIsLookedAtAgain();
            return next;
        });
        assertEquals(300, second.get().size());
    }

    @Test
    void whatIsNoRequestGivesItUpWhenTheServiceStops() throws Exception {
        whileReadingWaits("profile", threads -> {
            Future<ProfileSnapshot> job = threads.submit(() -> snapshots.of(tenant));
            waitsForLock("profile");
            clock.passes(Duration.ofHours(1));
            grace.left();
            Throwable cause = assertThrows(ExecutionException.class, job::get).getCause();
            assertEquals(CancellationException.class, cause.getClass());
        });
    }

    /** Documents that are there are not read to their end. */
    @Test
    void itIsGivenUpBetweenDocuments() {
        int sandbox = sandboxes.of(tenant).id();
        assertThrows(
                CancellationException.class,
                () -> rows.ofSandbox(sandbox, () -> reader.read(sandbox, (bytes, expected) -> {}, () -> true)));
    }

    private interface Waiting<T> {
        T with(ExecutorService threads) throws Exception;
    }

    private interface WaitingAlone {
        void with(ExecutorService threads) throws Exception;
    }

    private void whileReadingWaits(String table, WaitingAlone waiting) throws Exception {
        this.<Void>whileReadingWaits(table, threads -> {
            waiting.with(threads);
            return null;
        });
    }

    /** While nobody can read a table. */
    private <T> T whileReadingWaits(String table, Waiting<T> waiting) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            return rows.<T, Exception>ofAllSandboxes(() -> database.<T, Exception>transaction(connection -> {
                Sql.update(connection, "lock table " + table + " in access exclusive mode");
                return waiting.with(threads);
            }));
        } finally {
            threads.shutdown();
        }
    }

    /** Whoever could give the reading up has looked whether it should be. */
    private void waitsUntilItIsLookedAtAgain() {
        int before = clock.looks.get();
        eventually(() -> clock.looks.get() > before + 4);
    }

    private void waitsForLock(String table) {
        eventually(() ->
                rows.ofAllSandboxes(() -> database.call(connection -> waitingForLock(connection, table))) == 1);
    }

    private static int waitingForLock(Connection connection, String table) throws SQLException {
        return Sql.one(
                connection,
                "select count(*) from pg_locks where not granted and relation = ?::regclass",
                row -> row.getInt(1),
                table);
    }

    private static void assertTookTooLong(Future<ProfileSnapshot> future) {
        Throwable cause = assertThrows(ExecutionException.class, future::get).getCause();
        assertEquals(TookTooLong.class, cause.getClass());
    }
}
