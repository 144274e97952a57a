package dev.pequel.schedule;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A sandbox of a test's own, with what the test does to its schedules. */
record ScheduledSandbox(String organization, String name) {

    static final String BASE = "/data/core/ups";
    static final String SCHEDULES = BASE + "/config/schedules";
    static final String SCHEDULE = SCHEDULES + "/{id}";

    static ScheduledSandbox fresh() {
        return new ScheduledSandbox("tests@Pequel", "schedules-" + UUID.randomUUID());
    }

    RequestSpecification request() {
        return RestAssured.given()
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", name)
                .contentType(ContentType.JSON);
    }

    ValidatableResponse list() {
        return request().get(SCHEDULES).then().statusCode(200);
    }

    ValidatableResponse post(String body) {
        return request().body(body).post(SCHEDULES).then();
    }

    /** Creates an active schedule and answers its id. */
    String create(String cron, String segments) {
        return post("""
                {"name": "Mine", "type": "batch_segmentation", "state": "active", "properties": {"segments": [%s]},
                 "schedule": "%s"}
                """.formatted(segments, cron)).statusCode(200).extract().path("id");
    }

    ValidatableResponse patch(String id, String operations) {
        return request().body(operations).patch(SCHEDULE, id).then();
    }

    JsonPath get(String id) {
        return request().get(SCHEDULE, id).then().statusCode(200).extract().jsonPath();
    }

    /** Creates an audience and answers its id. */
    String define() {
        return audience("{\"name\": \"A\", \"expression\": {\"value\": \"homeAddress.city = \\\"Roma\\\"\"}}");
    }

    String audience(String body) {
        return request()
                .body(body)
                .post(BASE + "/audiences")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    void profile() {
        request()
                .contentType("application/x-ndjson")
                .body("{\"identityMap\": {\"crmid\": [{\"id\": \"C1\"}]}}".getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/profiles/import")
                .then()
                .statusCode(200);
    }

    ValidatableResponse jobs() {
        return request().get(BASE + "/segment/jobs").then().statusCode(200);
    }
}
