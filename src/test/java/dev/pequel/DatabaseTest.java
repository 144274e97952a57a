package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The tests' database is a real PostgreSQL of the pinned major version. */
@QuarkusTest
class DatabaseTest {
    @Inject
    DataSource dataSource;

    @Test
    void isPostgresql18() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            assertEquals("PostgreSQL", connection.getMetaData().getDatabaseProductName());
            assertEquals(18, connection.getMetaData().getDatabaseMajorVersion());
        }
    }
}
