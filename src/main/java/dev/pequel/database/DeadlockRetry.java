package dev.pequel.database;

import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Repeats a transaction that PostgreSQL aborted to resolve a deadlock. At start, migrations lock tables that requests to
 * another replica use, and any of them may be aborted.
 */
final class DeadlockRetry {

    static final int ATTEMPTS = 5;

    private static final String DEADLOCK_DETECTED = "40P01";

    private static final Logger LOG = Logger.getLogger(DeadlockRetry.class);

    /** Leaves nothing behind when it fails. */
    interface Work<X extends Exception> {
        void run() throws X;
    }

    private DeadlockRetry() {}

    /** Fails with the last failure when every attempt ends in a deadlock, and at once with any other failure. */
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
