package dev.pequel.database;

import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Retries a transaction that PostgreSQL aborted because of a deadlock. At start, migrations lock tables that requests
 * to other replicas use, and either side may be aborted.
 */
final class DeadlockRetry {

    static final int ATTEMPTS = 5;

    private static final String DEADLOCK_DETECTED = "40P01";

    private static final Logger LOG = Logger.getLogger(DeadlockRetry.class);

    /** Work that has no effect if it fails. */
    interface Work<X extends Exception> {
        void run() throws X;
    }

    private DeadlockRetry() {}

    /**
     * Runs work until it succeeds. Throws any failure other than a deadlock at once, and the last deadlock after
     * {@link #ATTEMPTS} attempts.
     */
    static <X extends Exception> void run(Work<X> work) throws X {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (Exception e) {
                if (attempt == ATTEMPTS || !isDeadlock(e)) {
                    throw e;
                }
                LOG.warnf("Attempt %d of %d to set up the database ended in a deadlock.", attempt, ATTEMPTS);
            }
        }
    }

    private static boolean isDeadlock(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DEADLOCK_DETECTED.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
