package dev.pequel.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures of the database are answered with "try again later". */
class DatabaseAwayTest {

    @ParameterizedTest
    @CsvSource({
        "08006, true",
        "53300, true",
        "57P01, true",
        "40001, true",
        "23505, false",
        "22021, false",
        "57014, false"
    })
    void theStateTells(String state, boolean away) {
        assertEquals(away, ErrorResponses.isDatabaseAway(new IllegalStateException(new SQLException("", state))));
    }

    @Test
    void withoutAStateItIsThePoolsOwn() {
        assertEquals(true, ErrorResponses.isDatabaseAway(new SQLException("no connection became free")));
        assertEquals(false, ErrorResponses.isDatabaseAway(new IllegalStateException()));
    }

    @Test
    void aConnectionThatIsLostInACommitIsReportedBesideTheCause() {
        Exception commit = new RollbackException("Could not commit transaction.");
        commit.addSuppressed(new IllegalStateException(new SQLException("terminating connection", "57P01")));

        assertEquals(true, ErrorResponses.isDatabaseAway(new IllegalStateException(commit)));
    }
}
