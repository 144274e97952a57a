package dev.pequel.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.hibernate.Session;

/**
 * Runs work in JDBC, for bulk data, locks and work across sandboxes. {@link #call}, {@link #transaction} and
 * {@link #run} use a separate connection and must not be called in a transaction of entities, because its connection
 * would be used instead. {@link #callBeside} and {@link #runBeside} run statements in such a transaction.
 */
@ApplicationScoped
public class Database {

    /** Work with a connection. It can throw an exception of its own type {@code X}. */
    public interface Work<T, X extends Exception> {
        T with(Connection connection) throws SQLException, X;
    }

    /** Work with a connection and without a result. */
    public interface Action<X extends Exception> {
        void with(Connection connection) throws SQLException, X;
    }

    private final DataSource source;
    private final Session session;
    private final UncertainConnections uncertain;

    Database(DataSource source, Session session, UncertainConnections uncertain) {
        this.source = source;
        this.session = session;
        this.uncertain = uncertain;
    }

    /** Runs statements in the current transaction of entities, after pending changes of entities are flushed. */
    public <T> T callBeside(Work<T, RuntimeException> work) {
        session.flush();
        return session.doReturningWork(connection -> UncertainConnections.guard(connection, work));
    }

    /** Like {@link #callBeside}, without a result. */
    public void runBeside(Action<RuntimeException> action) {
        callBeside(connection -> {
            action.with(connection);
            return null;
        });
    }

    /** Runs work with entities in a new transaction, which any exception rolls back. */
    public <T> T inNewTransaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(() -> uncertain.guardEntities(work));
    }

    /** Runs work in auto-commit mode. */
    public <T, X extends Exception> T call(Work<T, X> work) throws X {
        int status = QuarkusTransaction.getStatus();
        if (status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK) {
            throw new IllegalStateException("JDBC on a connection of its own began in a transaction of entities");
        }
        try (Connection connection = source.getConnection()) {
            return UncertainConnections.guard(connection, work);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Runs work in one transaction, which any exception rolls back. */
    public <T, X extends Exception> T transaction(Work<T, X> work) throws X {
        return call(connection -> transaction(connection, work));
    }

    /** Like {@link #transaction(Work)}, without a result. */
    public <X extends Exception> void run(Action<X> action) throws X {
        transaction(connection -> {
            action.with(connection);
            return null;
        });
    }

    /** Runs work in a transaction on a connection without one. */
    public static <T, X extends Exception> T transaction(Connection connection, Work<T, X> work)
            throws SQLException, X {
        connection.setAutoCommit(false);
        try {
            T result = UncertainConnections.guard(connection, work);
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
