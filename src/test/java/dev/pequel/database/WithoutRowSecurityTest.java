package dev.pequel.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.FilledSandbox;
import dev.pequel.TenantRows;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything works where row-level security is switched off. */
@QuarkusTest
@TestProfile(WithoutRowSecurityTest.SwitchedOff.class)
class WithoutRowSecurityTest {

    public static final class SwitchedOff implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("pequel.database.row-security", "false", "pequel.database.statement-timeout", "17s");
        }
    }

    @Inject
    Database database;

    @Inject
    Sandboxes sandboxes;

    @Test
    void aSandboxIsFilledAsEver() throws SQLException {
        FilledSandbox filled = FilledSandbox.fresh();
        int id = sandboxes
                .find(new Tenant(filled.organization(), filled.name()))
                .orElseThrow()
                .id();
        try (Connection connection = TenantRows.connect()) {
            for (Map.Entry<String, String> table :
                    TenantRows.columns(connection).entrySet()) {
                String some = "select exists (select from " + table.getKey() + " where " + table.getValue() + " = " + id
                        + ")";
                assertEquals(List.of("t"), TenantRows.texts(connection, some), table.getKey());
            }
        }
    }

    @Test
    void statementsAreCutShortAllTheSame() {
        assertEquals(
                "17s",
                database.<String, RuntimeException>call(
                        connection -> Sql.one(connection, "show statement_timeout", row -> row.getString(1))));
    }
}
