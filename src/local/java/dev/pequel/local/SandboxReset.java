package dev.pequel.local;

import dev.pequel.database.Database;
import dev.pequel.database.DatabaseException;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.tenant.Sandboxes;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Replaces sandboxes by new ones. The old sandbox is renamed to a name that no request can have, which takes the same
 * time for any amount of data. The next request creates a new sandbox with an id of its own. Work in progress for the
 * old sandbox ends, and its contents are deleted in the background.
 */
@ApplicationScoped
class SandboxReset {

    private static final Logger LOG = Logger.getLogger(SandboxReset.class);

    /**
     * Organization of discarded sandboxes. Requests cannot name it, because an organization begins with a letter or
     * digit.
     */
    private static final String DISCARDED = "-";

    private static final String RENAME = """
            update sandbox set organization = ?, name = id::text
            where organization <> ? and organization = coalesce(?, organization) and name = coalesce(?, name)
            returning id
            """;

    /** Discarded sandboxes without work in progress. */
    private static final String IDLE = """
            select id from sandbox where organization = ?
                and not exists (select from import_job where sandbox_id = sandbox.id and status = 'PROCESSING')
                and not exists (select from export_job where sandbox_id = sandbox.id)
            """;

    private static final String TABLES = """
            select table_name from information_schema.columns
            where table_schema = current_schema() and column_name = 'sandbox_id'
            """;

    private static final long INTERVAL_MILLIS = 500;

    private final Database database;
    private final SandboxScope rows;
    private final Sandboxes sandboxes;
    private final Clock clock;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("discarded-sandboxes").daemon().unstarted(task));

    SandboxReset(Database database, SandboxScope rows, Sandboxes sandboxes, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.sandboxes = sandboxes;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        background.scheduleWithFixedDelay(
                this::deleteDiscarded, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        background.shutdownNow();
    }

    /**
     * Resets sandboxes.
     *
     * @param organization the organization of the sandboxes; empty for all
     * @param name the name of the sandboxes; empty for all
     * @return number of sandboxes that were reset
     */
    int reset(Optional<String> organization, Optional<String> name) {
        List<Integer> discarded =
                rows.ofAllSandboxes(() -> database.transaction(connection -> discard(connection, organization, name)));
        sandboxes.forget();
        return discarded.size();
    }

    private List<Integer> discard(Connection connection, Optional<String> organization, Optional<String> name)
            throws SQLException {
        Instant now = clock.instant();
        List<Integer> discarded =
                Sql.list(connection, RENAME, row -> row.getInt(1), DISCARDED, DISCARDED, organization, name);
        for (int sandbox : discarded) {
            Sql.update(connection, "delete from schedule where sandbox_id = ?", sandbox);
            Sql.update(connection, """
                    update segment_job set status = 'CANCELLED', ended_at = ?, updated_at = ?
                    where sandbox_id = ? and status in ('NEW', 'PROCESSING')
                    """, now, now, sandbox);
            // The runner of export jobs removes the files of removed jobs, and then the rows.
            Sql.update(connection, """
                    update export_job
                    set removed = true, ended_at = coalesce(ended_at, ?), updated_at = ?,
                        status = case when status in ('NEW', 'PROCESSING') then 'CANCELLED' else status end
                    where sandbox_id = ?
                    """, now, now, sandbox);
        }
        return discarded;
    }

    private void deleteDiscarded() {
        try {
            rows.ofAllSandboxes(() -> {
                for (int sandbox :
                        database.call(connection -> Sql.list(connection, IDLE, row -> row.getInt(1), DISCARDED))) {
                    database.run(connection -> delete(connection, sandbox));
                }
                return null;
            });
        } catch (RuntimeException e) {
            // An exception that is not caught would cancel all later runs.
            LOG.logf(
                    DatabaseException.levelOf(e, Logger.Level.WARN),
                    e,
                    "The data of reset sandboxes could not be deleted. Deletion will be retried.");
        }
    }

    private static void delete(Connection connection, int sandbox) throws SQLException {
        // Disables the triggers that protect sandboxes and audit events, and allows deletion in any order. Requires a
        // superuser.
        Sql.update(connection, "set local session_replication_role = replica");
        for (String table : Sql.list(connection, TABLES, row -> row.getString(1))) {
            Sql.update(connection, "delete from " + table + " where sandbox_id = ?", sandbox);
        }
        Sql.update(connection, "delete from sandbox where id = ?", sandbox);
    }
}
