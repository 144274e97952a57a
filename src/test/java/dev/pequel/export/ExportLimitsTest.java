package dev.pequel.export;

import static dev.pequel.export.ExportingSandbox.JOBS;
import static dev.pequel.export.ExportingSandbox.body;
import static dev.pequel.export.ExportingSandbox.segment;
import static dev.pequel.export.ExportingSandbox.segments;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.EmbeddedPostgresql;
import dev.pequel.LowLimits;
import dev.pequel.database.AdvisoryLock;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** How much a client may export, with limits so low that a test reaches them. */
@QuarkusTest
@TestProfile(LowLimits.class)
class ExportLimitsTest {

    @Inject
    Sandboxes sandboxes;

    @EmbeddedPostgresql.Connections
    DataSource database;

    private final ExportingSandbox sandbox = ExportingSandbox.fresh();

    @Test
    void anOrganizationHasSoManyWaitingJobs() throws Exception {
        int number =
                sandboxes.of(new Tenant(sandbox.organization(), sandbox.name())).id();
        try (Connection connection = database.getConnection();
                AdvisoryLock otherReplica = AdvisoryLock.take(connection, ExportJobRunner.lockKey(number))) {
            sandbox.create(body("")).statusCode(200);
            new ExportingSandbox(sandbox.organization(), "other")
                    .create(body(""))
                    .statusCode(429)
                    .header("Retry-After", notNullValue())
                    .body("errors.'429'[0].message", containsString("export jobs"));
            sandbox.request().delete(JOBS + "/1").then().statusCode(200);
            sandbox.create(body("")).statusCode(200);
        }
        assertEquals("SUCCEEDED", sandbox.ended(2).getString("status"));
    }

    @Test
    void aSandboxKeepsSoManyJobs() {
        for (int i = 0; i < 4; i++) {
            sandbox.export(body(""));
        }

        sandbox.request().get(JOBS).then().statusCode(200).body("records.id", contains(4, 3));
        sandbox.download(2, "part-00000.ndjson").then().statusCode(404);
    }

    @Test
    void theFilesOfAJobHaveSoManyBytes() {
        for (int i = 0; i < 10; i++) {
            sandbox.profile("C" + i, "x".repeat(100));
        }

        JsonPath job =
                sandbox.ended(sandbox.create(body("")).statusCode(200).extract().path("id"));

        assertEquals("FAILED", job.getString("status"));
        assertEquals(List.of("too-large"), job.getList("errors.code"));
        sandbox.export(body("\"fields\": \"identityMap\""));
    }

    @Test
    void aRequestNamesSoManyFieldsAndAudiences() {
        refused("\"fields\": \"a,b,c,d\"", "fields");
        refused("\"fields\": \"" + "x".repeat(21) + "\"", "fields");
        refused(
                "\"additionalFields\": {\"eventList\": {\"fields\": \"a,b,c,d\"}}",
                "additionalFields.eventList.fields");
        String id = "60ccea95-1435-4180-97a5-58af4aa285ab";
        refused(segments(segment(id), segment(id), segment(id)), "filter.segments");
        sandbox.create(body("\"fields\": \"a,b,c\"")).statusCode(200);
    }

    private void refused(String properties, String field) {
        sandbox.create(body(properties))
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`" + field + "`"));
    }
}
