package dev.pequel.segmentation.evaluation;

import static dev.pequel.Eventually.eventually;
import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.segmentation.PopulatedSandbox;
import dev.pequel.segmentation.ShortDeadlines;
import dev.pequel.segmentation.SlowTexts;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a request evaluates or waits for, it is answered; and what nobody asked for ends, too. */
@QuarkusTest
@TestProfile(ShortDeadlines.class)
@Timeout(120)
class EvaluationDeadlineTest {

    private static final String SLOW = SlowTexts.EXPRESSION.replace("\"", "\\\"");

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    @Inject
    Database database;

    @Inject
    SandboxScope rows;

    @Inject
    Sandboxes sandboxes;

    @Inject
    AudienceEvaluations background;

    @Test
    void anExpressionIsTriedForSoLong() {
        tookTooLong(sandbox.request()
                .body("{\"expression\": {\"value\": \"" + SLOW + "\"}, \"profile\": {\"long\": \"" + SlowTexts.text(0)
                        + "\"}}")
                .post(BASE + "/pql/evaluate")
                .then());
    }

    /** It is computed when the expression is compiled. */
    @Test
    void aConstantExpressionIsTriedForSoLong() {
        String constant = SLOW.replace("long", "\\\"" + "x".repeat(50_000) + "\\\"");
        tookTooLong(sandbox.request()
                .body("{\"expression\": {\"value\": \"" + constant + "\"}, \"profile\": {}}")
                .post(BASE + "/pql/evaluate")
                .then());
    }

    @Test
    void anExpressionIsExplainedForSoLong() {
        SlowTexts.importInto(sandbox, 1);
        tookTooLong(sandbox.request()
                .body("{\"expression\": {\"value\": \"" + SLOW
                        + "\"}, \"identity\": {\"namespace\": \"crmid\", \"id\": \"S0\"}}")
                .post(BASE + "/pql/explain")
                .then());
    }

    @Test
    void anExpressionIsPreviewedForSoLong() {
        SlowTexts.importInto(sandbox, 1);
        tookTooLong(sandbox.request()
                .body("{\"predicateExpression\": \"" + SLOW + "\", \"predicateType\": \"pql/text\"}")
                .post(BASE + "/preview")
                .then());
    }

    @Test
    void anExpressionIsCountedForSoLong() {
        SlowTexts.importInto(sandbox, 1);
        tookTooLong(sandbox.request()
                .body("{\"expressions\": [{\"value\": \"n = 1\"}, {\"value\": \"" + SLOW + "\"}]}")
                .post(BASE + "/pql/count")
                .then());
    }

    @Test
    void numbersAndMembersAreEvaluatedForSoLong() {
        SlowTexts.importInto(sandbox, 1);
        String id = sandbox.define(SlowTexts.EXPRESSION);
        tookTooLong(metrics(id));
        tookTooLong(sandbox.membersPage(id));
        tookTooLong(sandbox.request()
                .body("[\"" + id + "\"]")
                .post(BASE + "/audiences/overlap")
                .then());
    }

    @Test
    void whoWaitsForAnothersNumbersWaitsForSoLong() throws Exception {
        sandbox.profile("C1", "Roma");
        String id = sandbox.define("homeAddress.city = \"Roma\"");
        sandbox.members(id);
        sandbox.profile("C2", "Roma");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = rows.<Future<Integer>, Exception>ofAllSandboxes(() ->
                    database.<Future<Integer>, Exception>transaction(connection -> {
                        Sql.update(connection, "lock table segment_metrics in share mode");
                        Future<Integer> counting =
                                threads.submit(() -> metrics(id).extract().statusCode());
                        eventually(() -> waitingForLocks(connection) > 0);
                        // It would have to wait until this transaction ends.
                        tookTooLong(metrics(id));
                        return counting;
                    }));
            assertEquals(200, first.get());
        }
        assertEquals(2, sandbox.total(id));
    }

    @Test
    void changedAudiencesThatTakeTooLongAreEvaluatedWhenTheyAreAskedFor() {
        sandbox.profile("C1", "Roma");
        String id = sandbox.define("homeAddress.city = \"Roma\"");
        Tenant tenant = new Tenant(sandbox.organization(), sandbox.name());
        background.awaitEnd(tenant, Set.of(UUID.fromString(id)), Duration.ofMinutes(1));
        int written = rows.ofAllSandboxes(() -> database.call(connection -> Sql.one(
                connection,
                "select count(*) from segment_membership where sandbox_id = ?",
                row -> row.getInt(1),
                sandboxes.of(tenant).id())));
        assertEquals(0, written);
        assertEquals(Set.of("C1"), sandbox.members(id));
    }

    private static int waitingForLocks(Connection connection) throws SQLException {
        return Sql.one(
                connection,
                "select count(*) from pg_locks where not granted and relation = 'segment_metrics'::regclass",
                row -> row.getInt(1));
    }

    private ValidatableResponse metrics(String id) {
        return sandbox.request()
                .queryParam("property", "withMetrics==true")
                .get(BASE + "/audiences/{id}", id)
                .then();
    }

    private static void tookTooLong(ValidatableResponse answer) {
        answer.statusCode(503).body("errors.'503'[0].code", equalTo("took-too-long"));
    }
}
