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
 * Closes a connection whose work was interrupted in the middle of an exchange with PostgreSQL, such as by an
 * {@link OutOfMemoryError} while rows were read: the next answers that are read from it could belong to the interrupted
 * work, and to another tenant. An error that PostgreSQL reports leaves a connection in a known state.
 */
@ApplicationScoped
class UncertainConnections {

    private static final Logger LOG = Logger.getLogger(UncertainConnections.class);

    private final Session session;

    UncertainConnections(Session session) {
        this.session = session;
    }

    /** Plain JDBC: whatever is neither an error of SQL nor a cancellation, which comes between statements, closes the connection. */
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

    /** Entities, in the current transaction: an exception may be an answer to a client, so only an error closes the connection. */
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
                // By the guard of a transaction within.
                return;
            }
            LOG.warnf("A connection to the database is closed, because its work ended with %s.", cause);
            physical.abort(Runnable::run);
            // Fails, and so tells the pool to drop the connection.
            connection.createStatement().close();
        } catch (SQLException closed) {
            LOG.debug("The pool drops the connection.", closed);
        }
    }
}
