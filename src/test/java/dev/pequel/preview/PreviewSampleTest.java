package dev.pequel.preview;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code /previewsamplestatus}. */
@QuarkusTest
class PreviewSampleTest {

    private static final String STATUS = "/data/core/ups/previewsamplestatus";

    private final String sandbox = "sample-" + UUID.randomUUID();

    @Test
    void theSampleIsAllProfiles() {
        importProfiles();

        request()
                .get(STATUS)
                .then()
                .statusCode(200)
                .body("totalRows", equalTo("2"))
                .body("numRowsToRead", equalTo("2"))
                .body("totalFragmentCount", equalTo(2))
                .body("samplingRatio", equalTo(1.0f))
                .body("sampleJobRunning.status", equalTo(false))
                .body("status", equalTo("TASK_FINISHED"));
    }

    @Test
    void namespacesAreCounted() {
        importProfiles();

        request()
                .get(STATUS + "/report/namespace")
                .then()
                .statusCode(200)
                .body("data.code", contains("crmid", "email"))
                .body("data.fullIDsCount", contains(2, 1))
                .body("data.fullIDsPercentage", contains(1.0f, 0.5f));
    }

    @Test
    void whereNothingIsThereIsNothingToTell() {
        request().get(STATUS).then().statusCode(200).body("totalRows", equalTo("0"));
        request().get(STATUS + "/report/namespace").then().statusCode(200).body("data", empty());
        request().get(STATUS + "/report/dataset").then().statusCode(200).body("data", empty());
    }

    @Test
    void reportsAreOfThePresent() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        request()
                .get(STATUS + "/report/dataset?date=" + today.minusDays(2))
                .then()
                .statusCode(404);
        request().get(STATUS + "/report/namespace?date=yesterday").then().statusCode(400);
    }

    private void importProfiles() {
        request()
                .contentType("application/x-ndjson")
                .body(("""
                        {"identityMap": {"crmid": [{"id": "C1"}], "Email": [{"id": "a"}]}}
                        {"identityMap": {"CRMID": [{"id": "C2"}]}}
                        """).getBytes())
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200);
    }

    private RequestSpecification request() {
        return given().header("x-sandbox-name", sandbox);
    }
}
