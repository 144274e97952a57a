package dev.pequel.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Gives out connections. Nothing here takes part in the transaction of a caller. */
@ApplicationScoped
public class Database {

    /** What to do with a connection; it may fail in a way of its own ({@code X}). */
    public interface Work<T, X extends Exception> {
        T with(Connection connection) throws SQLException, X;
    }

    /** What to do with a connection when there is no result. */
    public interface Action<X extends Exception> {
        void with(Connection connection) throws SQLException, X;
    }

    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    /** Each statement is a transaction of its own. */
    public <T, X extends Exception> T call(Work<T, X> work) throws X {
        try (Connection connection = source.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Everything is one transaction, which any exception rolls back. */
    public <T, X extends Exception> T transaction(Work<T, X> work) throws X {
        return call(connection -> transaction(connection, work));
    }

    /** Everything is one transaction, which any exception rolls back. */
    public <X extends Exception> void run(Action<X> action) throws X {
        transaction(connection -> {
            action.with(connection);
            return null;
        });
    }

    /** A transaction on a connection that has none. */
    public static <T, X extends Exception> T transaction(Connection connection, Work<T, X> work)
            throws SQLException, X {
        connection.setAutoCommit(false);
        try {
            T result = work.with(connection);
            connection.commit();
            return result;
        } catch (Throwable e) {
            try {
                connection.rollback();
            } catch (SQLException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }
}
