package dev.pequel.segmentation.evaluation;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.pql.compile.SegmentBatch;
import dev.pequel.segmentation.PopulatedSandbox;
import dev.pequel.segmentation.SlowTexts;
import dev.pequel.segmentation.store.MembershipStore;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Evaluations that do not come to an end do not hold up others. */
@QuarkusTest
@TestProfile(EvaluationFairnessTest.Patient.class)
class EvaluationFairnessTest {

    /** Whoever waits for a lock or an evaluation waits longer than the test. */
    public static final class Patient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pequel.database.statement-timeout", "1h",
                    "pequel.segmentation.background-evaluations", "2",
                    "pequel.segmentation.batch", "5",
                    "pequel.segmentation.evaluations-at-a-time", "1",
                    "pequel.segmentation.evaluation-timeout", "1h",
                    "pequel.sample.enabled", "false");
        }
    }

    private static final String SLOW = SlowTexts.EXPRESSION.replace("\"", "\\\"");

    private final Tenant heavy = new Tenant("heavy-" + UUID.randomUUID(), "prod");
    private final Tenant light = new Tenant("light-" + UUID.randomUUID(), "prod");

    @Inject
    Database database;

    @Inject
    SandboxScope rows;

    @Inject
    Sandboxes sandboxes;

    @Test
    @Timeout(120)
    void anotherOrganizationsAudiencesGetTheirMembers() throws SQLException {
        Sandbox held = sandboxes.of(heavy);
        rows.<Void, SQLException>ofAllSandboxes(() -> {
            // Nobody can write members of the heavy one's audiences until this transaction ends.
            database.<SQLException>run(connection -> {
                MembershipStore.lock(connection, held.id());
                for (int i = 0; i < 20; i++) {
                    define(heavy, "A" + i);
                }
                define(light, "B");
                waitForMembers(connection, sandboxes.of(light), 1);
                assertEquals(0, withMembers(connection, held));
            });
            return null;
        });
        rows.<Void, RuntimeException>ofAllSandboxes(() -> {
            // In four turns, because one is of five audiences.
            database.<RuntimeException>run(connection -> waitForMembers(connection, held, 20));
            return null;
        });
    }

    @Test
    @Timeout(120)
    void anEvaluationEndsWhenItsClientLeaves() throws IOException {
        leave("/preview", "{\"predicateExpression\": \"" + SLOW + "\", \"predicateType\": \"pql/text\"}");
    }

    @Test
    @Timeout(120)
    void aCountEndsWhenItsClientLeaves() throws IOException {
        leave("/pql/count", "{\"parts\": true, \"expressions\": [{\"value\": \"n = 1 or " + SLOW + "\"}]}");
    }

    /** The organization's only turn is free again, long before the evaluation would end. */
    private void leave(String path, String body) throws IOException {
        PopulatedSandbox sandbox = new PopulatedSandbox(heavy.organization(), heavy.sandbox());
        SlowTexts.importInto(sandbox, 100);
        try (Socket client = new Socket("localhost", RestAssured.port)) {
            client.getOutputStream()
                    .write("""
                    POST /data/core/ups%s HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    x-gw-ims-org-id: %s\r
                    x-sandbox-name: %s\r
                    Content-Length: %d\r
                    \r
                    %s""".formatted(path, heavy.organization(), heavy.sandbox(), body.length(), body)
                            .getBytes(StandardCharsets.US_ASCII));
            eventually(EvaluationFairnessTest::isEvaluating);
        }
        sandbox.request()
                .body("{\"predicateExpression\": \"n = 1\", \"predicateType\": \"pql/text\"}")
                .post("/data/core/ups/preview")
                .then()
                .statusCode(201);
    }

    private static boolean isEvaluating() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(call -> call.getClassName().startsWith(SegmentBatch.class.getPackageName()));
    }

    private static void define(Tenant tenant, String name) {
        RestAssured.given()
                .header("x-gw-ims-org-id", tenant.organization())
                .header("x-sandbox-name", tenant.sandbox())
                .contentType(ContentType.JSON)
                .body("{\"name\": \"" + name + "\", \"expression\": {\"value\": \"n = 1\"}}")
                .post("/data/core/ups/audiences")
                .then()
                .statusCode(200);
    }

    private static void waitForMembers(Connection connection, Sandbox sandbox, int audiences) {
        eventually(() -> withMembers(connection, sandbox) >= audiences);
    }

    private static int withMembers(Connection connection, Sandbox sandbox) throws SQLException {
        return Sql.one(
                connection,
                "select count(*) from segment_membership where sandbox_id = ?",
                row -> row.getInt(1),
                sandbox.id());
    }
}
