package dev.pequel.export;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A sandbox of a test's own, whose profiles are exported. */
record ExportingSandbox(String organization, String name) {

    static final String BASE = "/data/core/ups";
    static final String JOBS = BASE + "/export/jobs";
    private static final String SCHEMA = "\"schema\": {\"name\": \"_xdm.context.profile\"}";

    static ExportingSandbox fresh() {
        return new ExportingSandbox("exports-" + UUID.randomUUID() + "@Pequel", "sandbox");
    }

    RequestSpecification request() {
        return RestAssured.given()
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", name)
                .contentType(ContentType.JSON);
    }

    void profiles(String... lines) {
        lines("/profiles/import", lines);
    }

    void events(String... lines) {
        lines("/events/import", lines);
    }

    private void lines(String path, String... lines) {
        request()
                .contentType("application/x-ndjson")
                .body(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
                .post(BASE + path)
                .then()
                .statusCode(200);
    }

    /** A profile with this {@code crmid} that lives in this city. */
    void profile(String crmid, String city) {
        profiles("""
                {"homeAddress": {"city": "%2$s"}, "identityMap": {"crmid": [{"id": "%1$s"}]}}""".formatted(crmid, city));
    }

    /** Creates an audience of those who live in the city. */
    String livingIn(String city) {
        return audience("""
                {"name": "A", "expression": {"value": "homeAddress.city = \\"%s\\""}}""".formatted(city));
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

    /** Evaluates all audiences. */
    void evaluate() {
        String id = request()
                .body("[{\"segmentId\": \"*\"}]")
                .post(BASE + "/segment/jobs")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        eventually(
                () -> request().get(BASE + "/segment/jobs/" + id).path("status"), status -> "SUCCEEDED".equals(status));
    }

    /** When the profile qualified for the audience, as the profile itself shows it. */
    String qualifiedAt(String crmid, String audience) {
        return request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", crmid)
                .get(BASE + "/access/entities")
                .then()
                .statusCode(200)
                .extract()
                .path("values()[0].entity.segmentMembership.ups.'" + audience + "'.lastQualificationTime");
    }

    /** The body of a request, with a destination and a schema besides these properties. */
    static String body(String properties) {
        return "{" + properties + (properties.isEmpty() ? "" : ", ") + "\"destination\": {\"datasetId\": \"people\"}, "
                + SCHEMA + "}";
    }

    /** The body of a request with this destination. */
    static String body(String properties, String destination) {
        return "{" + properties + (properties.isEmpty() ? "" : ", ") + "\"destination\": " + destination + ", " + SCHEMA
                + "}";
    }

    static String segment(String id, String... status) {
        return "{\"segmentId\": \"" + id + "\""
                + (status.length == 0 ? "" : ", \"status\": [\"" + String.join("\", \"", status) + "\"]") + "}";
    }

    static String segments(String... segments) {
        return "\"filter\": {\"segments\": [" + String.join(", ", segments) + "]}";
    }

    ValidatableResponse create(String body) {
        return request().body(body.getBytes(StandardCharsets.UTF_8)).post(JOBS).then();
    }

    JsonPath job(int id) {
        return request().get(JOBS + "/" + id).then().statusCode(200).extract().jsonPath();
    }

    /** Waits until a job is over. */
    JsonPath ended(int id) {
        return eventually(() -> job(id), job -> !List.of("NEW", "PROCESSING").contains(job.getString("status")));
    }

    /** Runs an export and answers the job, which succeeded. */
    JsonPath export(String body) {
        JsonPath job = ended(create(body).statusCode(200).extract().path("id"));
        assertEquals("SUCCEEDED", job.getString("status"), job.prettify());
        return job;
    }

    Response download(int id, String file) {
        return request().get(JOBS + "/" + id + "/files/" + file);
    }

    /** A file of a job, in UTF-8. */
    String file(JsonPath job, String file) {
        ExtractableResponse<Response> answer =
                download(job.getInt("id"), file).then().statusCode(200).extract();
        return new String(answer.asByteArray(), StandardCharsets.UTF_8);
    }

    /** The profiles that an export writes, as NDJSON. */
    String exported(String body) {
        return file(export(body), "part-00000.ndjson");
    }
}
