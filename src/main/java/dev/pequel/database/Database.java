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
 * Plain JDBC, for bulk data, locks and work across sandboxes. {@link #call}, {@link #transaction} and {@link #run} use a
 * connection of their own, and must not be called in a transaction of entities, whose connection would be used instead;
 * {@link #callBeside} and {@link #runBeside} are for statements that belong to such a transaction.
 */
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
    private final Session session;
    private final UncertainConnections uncertain;

    Database(DataSource source, Session session, UncertainConnections uncertain) {
        this.source = source;
        this.session = session;
        this.uncertain = uncertain;
    }

    /** Statements of the current transaction of entities. Changes of entities are written first. */
    public <T> T callBeside(Work<T, RuntimeException> work) {
        session.flush();
        return session.doReturningWork(connection -> UncertainConnections.guard(connection, work));
    }

    /** Statements of the current transaction of entities, without a result. */
    public void runBeside(Action<RuntimeException> action) {
        callBeside(connection -> {
            action.with(connection);
            return null;
        });
    }

    /** Work with entities in a transaction of its own, which any exception rolls back. */
    public <T> T inNewTransaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(() -> uncertain.guardEntities(work));
    }

    /** Each statement is a transaction of its own. */
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
