package dev.pequel.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.api.Test;

/** Failures of the database are recognized whichever way it was asked. */
class DatabaseExceptionTest {

    private static final SQLException LOST = new SQLException("The connection is lost.", "08006");

    @Test
    void failuresOfJdbcAreRecognized() {
        assertTrue(DatabaseException.isCauseOf(new DatabaseException(LOST)));
    }

    @Test
    void failuresOfHibernateAreRecognized() {
        assertTrue(DatabaseException.isCauseOf(
                new PersistenceException(new GenericJDBCException("could not prepare statement", LOST))));
    }

    @Test
    void failuresOfACommitAreRecognized() {
        RollbackException rolledBack = new RollbackException();
        rolledBack.addSuppressed(new IllegalStateException(LOST));
        assertTrue(DatabaseException.isCauseOf(new IllegalStateException(rolledBack)));
    }

    @Test
    void otherFailuresAreNot() {
        assertFalse(DatabaseException.isCauseOf(
                new PersistenceException(new IllegalStateException("no single sandbox is visible to this thread"))));
    }
}
