package dev.pequel.profile.snapshot;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Cancels the statement of a connection when its result is no longer wanted. The thread that uses the connection may be
 * blocked by the database, and cannot check for that itself. After {@link #close}, nothing is cancelled.
 */
final class StatementCanceller implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StatementCanceller.class);
    private static final long INTERVAL_MILLIS = 250;

    private final PGConnection connection;
    private final BooleanSupplier isGivenUp;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("statement-canceller").daemon().unstarted(task));

    private StatementCanceller(PGConnection connection, BooleanSupplier isGivenUp) {
        this.connection = connection;
        this.isGivenUp = isGivenUp;
    }

    /** @param isGivenUp called four times a second */
    static StatementCanceller watch(Connection connection, BooleanSupplier isGivenUp) throws SQLException {
        StatementCanceller canceller = new StatementCanceller(connection.unwrap(PGConnection.class), isGivenUp);
        canceller.timer.scheduleWithFixedDelay(
                canceller::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return canceller;
    }

    private void look() {
        if (isGivenUp.getAsBoolean()) {
            try {
                connection.cancelQuery();
            } catch (SQLException e) {
                LOG.debugf(e, "A statement could not be cancelled. The attempt will be repeated.");
            }
        }
    }

    /** Waits for a cancellation in progress, so that it does not hit the connection's next statement. */
    @Override
    public void close() {
        timer.close();
    }
}
