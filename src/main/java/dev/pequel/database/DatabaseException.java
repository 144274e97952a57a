package dev.pequel.database;

import java.sql.SQLException;
import java.util.Arrays;
import org.jboss.logging.Logger.Level;

/** The database refused or could not be reached; the cause says which. */
public final class DatabaseException extends RuntimeException {

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    @Override
    public synchronized SQLException getCause() {
        return (SQLException) super.getCause();
    }

    /**
     * The level at which background work that is tried again later logs a failure: a database that is away is expected, any
     * other failure is a mistake.
     */
    public static Level levelOf(RuntimeException failure, Level ofDatabase) {
        return isCauseOf(failure) ? ofDatabase : Level.ERROR;
    }

    /**
     * Whether a failure comes from the database: one of this class, of Hibernate, or of a transaction that could not be
     * committed, which reports the cause as a suppressed exception.
     */
    public static boolean isCauseOf(Throwable failure) {
        return failure instanceof SQLException
                || failure.getCause() != null && isCauseOf(failure.getCause())
                || Arrays.stream(failure.getSuppressed()).anyMatch(DatabaseException::isCauseOf);
    }
}
