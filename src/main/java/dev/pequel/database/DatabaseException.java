package dev.pequel.database;

import java.sql.SQLException;
import java.util.Arrays;
import org.jboss.logging.Logger.Level;

/** An unchecked wrapper of an {@link SQLException}. */
public final class DatabaseException extends RuntimeException {

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    @Override
    public synchronized SQLException getCause() {
        return (SQLException) super.getCause();
    }

    /**
     * Returns the log level for a failure of background work that is retried. An unavailable database is expected;
     * any other failure is an error in the service.
     */
    public static Level levelOf(RuntimeException failure, Level ofDatabase) {
        return isCauseOf(failure) ? ofDatabase : Level.ERROR;
    }

    /** Whether a failure was caused by the database. A failed commit reports its cause as a suppressed exception. */
    public static boolean isCauseOf(Throwable failure) {
        return failure instanceof SQLException
                || failure.getCause() != null && isCauseOf(failure.getCause())
                || Arrays.stream(failure.getSuppressed()).anyMatch(DatabaseException::isCauseOf);
    }
}
