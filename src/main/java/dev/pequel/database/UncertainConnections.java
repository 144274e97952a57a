package dev.pequel.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.postgresql.jdbc.PgConnection;

/**
 * Closes connections that may be in an unknown state. If an exchange with PostgreSQL is interrupted, such as by an
 * {@link OutOfMemoryError} while rows are read, the next response on the connection can belong to the interrupted
 * work, and thus to another tenant. An error that PostgreSQL reports leaves the connection in a known state.
 */
@ApplicationScoped
class UncertainConnections {

    private static final Logger LOG = Logger.getLogger(UncertainConnections.class);

    private final Session session;

    UncertainConnections(Session session) {
        this.session = session;
    }

    /**
     * Guards work in JDBC. Any failure closes the connection, except errors of SQL and cancellations, which occur
     * between statements.
     */
    static <T, X extends Exception> T guard(Connection connection, Database.Work<T, X> work) throws SQLException, X {
        try {
            return work.with(connection);
        } catch (SQLException | DatabaseException | CancellationException known) {
            throw known;
        } catch (Throwable interrupted) {
            close(connection, interrupted);
            throw interrupted;
        }
    }

    /**
     * Guards work with entities in the current transaction. Only an {@link Error} closes the connection, because an
     * exception may be an ordinary response to a client.
     */
    <T> T guardEntities(Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (Error interrupted) {
            closeOfSession(interrupted);
            throw interrupted;
        }
    }

    private void closeOfSession(Error cause) {
        try {
            session.doWork(connection -> close(connection, cause));
        } catch (RuntimeException e) {
            LOG.warn("The connection of the session could not be closed.", e);
        }
    }

    private static void close(Connection connection, Throwable cause) {
        try {
            PgConnection physical = connection.unwrap(PgConnection.class);
            if (physical.isClosed()) {
                // Closed by the guard of an inner transaction.
                return;
            }
            LOG.warnf("A database connection is closed, because its work ended with %s.", cause);
            physical.abort(Runnable::run);
            // This fails, which makes the pool drop the connection.
            connection.createStatement().close();
        } catch (SQLException closed) {
            LOG.debug("The pool drops the connection.", closed);
        }
    }
}
