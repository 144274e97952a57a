package dev.pequel.segmentation;

import static dev.pequel.Eventually.eventually;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A sandbox of a test's own, with profiles that have a {@code crmid} and whatever else the test wants. */
public record PopulatedSandbox(String organization, String name) {

    public static final String BASE = "/data/core/ups";

    public static PopulatedSandbox fresh() {
        return new PopulatedSandbox("tests@Pequel", "segmentation-" + UUID.randomUUID());
    }

    /** The sandbox that has the sample population. */
    public static PopulatedSandbox sample() {
        return new PopulatedSandbox("dev@Pequel", "prod");
    }

    public RequestSpecification request() {
        return RestAssured.given()
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", name)
                .contentType(ContentType.JSON);
    }

    /** Imports a profile with this {@code crmid} that lives in this city, in place of an earlier one. */
    public void profile(String crmid, String city) {
        profiles("""
                {"homeAddress": {"city": "%2$s"}, "identityMap": {"crmid": [{"id": "%1$s"}]}}""".formatted(crmid, city));
    }

    /** Imports profiles, one JSON document on each line. */
    public void profiles(String lines) {
        request()
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/profiles/import")
                .then()
                .statusCode(200);
    }

    /** Imports so many events of the profile with this {@code crmid}, each with {@code n} = 1. */
    public void events(String crmid, int count) {
        String lines =
                IntStream.range(0, count).mapToObj(i -> """
                        {"_id": "%1$s-%2$d", "timestamp": %2$d, "n": 1, "identityMap": {"crmid": [{"id": "%1$s"}]}}""".formatted(crmid, i)).collect(Collectors.joining("\n"));
        request()
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/events/import")
                .then()
                .statusCode(200);
    }

    public void deleteProfile(String crmid) {
        request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", crmid)
                .delete(BASE + "/access/entities")
                .then()
                .statusCode(204);
    }

    /** Creates a segment definition and answers its id. */
    public String define(String expression) {
        return create("""
                {"name": "A", "expression": {"value": "%s"}}""".formatted(escaped(expression)));
    }

    /** Creates an external audience and answers its id. */
    public String external(String audienceId) {
        return create("""
                {"name": "E", "type": "ExternalAudience", "audienceId": "%s"}""".formatted(audienceId));
    }

    private String create(String body) {
        return request()
                .body(body)
                .post(BASE + "/audiences")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    public void redefine(String id, String expression) {
        request()
                .body("""
                        [{"op": "add", "path": "/expression/value", "value": "%s"}]""".formatted(escaped(expression)))
                .patch(BASE + "/audiences/{id}", id)
                .then()
                .statusCode(200);
    }

    private static String escaped(String expression) {
        return expression.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** The audience with its metrics. */
    public JsonPath withMetrics(String id) {
        return request()
                .queryParam("property", "withMetrics==true")
                .get(BASE + "/audiences/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public long total(String id) {
        return withMetrics(id).getLong("metrics.data.totalProfiles");
    }

    public long exited(String id) {
        return withMetrics(id).getLong("metrics.data.totalProfilesByStatus.exited");
    }

    /** The {@code crmid}s of an audience's members. */
    public TreeSet<String> members(String id) {
        return new TreeSet<>(membersPage(id)
                .statusCode(200)
                .extract()
                .<List<String>>path("children.identityMap.crmid.flatten().id"));
    }

    public ValidatableResponse membersPage(String id) {
        return request()
                .queryParam("limit", 1000)
                .get(BASE + "/audiences/{id}/members", id)
                .then();
    }

    public ValidatableResponse listMembers(String id, String contentType, String lines) {
        return request()
                .contentType(contentType)
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .put(BASE + "/audiences/{id}/members", id)
                .then();
    }

    /** The status of a profile's membership, as the profile itself shows it; null without one. */
    public String membership(String crmid, String audience) {
        return request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", crmid)
                .get(BASE + "/access/entities")
                .then()
                .statusCode(200)
                .extract()
                .path("values()[0].entity.segmentMembership.ups.'" + audience + "'.status");
    }

    public ValidatableResponse createJob(String body) {
        return request().body(body).post(BASE + "/segment/jobs").then();
    }

    public JsonPath job(String id) {
        return request()
                .get(BASE + "/segment/jobs/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Runs a job for all audiences and answers how it ended. */
    public JsonPath evaluateAll() {
        return run("[{\"segmentId\": \"*\"}]");
    }

    /** Runs a job and answers how it ended. */
    public JsonPath run(String body) {
        return ended(createJob(body).statusCode(200).extract().path("id"));
    }

    /** Waits until a job is over. */
    public JsonPath ended(String id) {
        return eventually(() -> job(id), job -> !List.of("NEW", "PROCESSING").contains(job.getString("status")));
    }
}
