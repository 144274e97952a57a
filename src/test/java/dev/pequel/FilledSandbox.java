package dev.pequel;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A sandbox that has something of everything. Whatever text it stores has {@link #secret} in it. */
public record FilledSandbox(
        String organization,
        String name,
        String secret,
        String audience,
        String etag,
        String referring,
        String external,
        String job,
        String schedule,
        int export,
        String importId,
        String preview,
        String entity,
        String event,
        String mergePolicy) {

    static final String BASE = "/data/core/ups";

    /** Fills a sandbox of a new organization. */
    public static FilledSandbox fresh() {
        String organization = "owner-" + UUID.randomUUID();
        String name = "sandbox-" + UUID.randomUUID();
        String secret = "secret-" + UUID.randomUUID();
        Maker maker = new Maker(organization, name);
        String importId =
                maker.lines("/profiles/import", """
                {"n": 1, "homeAddress": {"city": "%1$s"}, "identityMap": {"crmid": [{"id": "%1$s"}]}}
                {"n": 2, "homeAddress": {"city": "%1$s"}, "identityMap": {"crmid": [{"id": "%1$s-2"}]}}
                """.formatted(secret)).extract().path("id");
        maker.lines("/events/import", """
                {"_id": "%1$s", "timestamp": 1, "eventType": "%1$s", "identityMap": {"crmid": [{"id": "%1$s"}]}}
                """.formatted(secret));
        maker.json("""
                {"type": "object", "title": "%1$s", "properties": {"n": {"type": "integer"},
                 "homeAddress": {"type": "object", "properties": {"city": {"type": "string"}}}}}
                """.formatted(secret)).put(BASE + "/config/schema").then().statusCode(200);
        ValidatableResponse audience = maker.post("/audiences", """
                {"name": "%1$s", "labels": ["%1$s"], "expression": {"value": "homeAddress.city = \\"%1$s\\""}}
                """.formatted(secret), 200);
        String id = audience.extract().path("id");
        String referring = maker.post("/audiences", """
                {"name": "R-%s", "expression": {"value": "inSegment(\\"%s\\")"}}
                """.formatted(secret, id), 200)
                .extract()
                .path("id");
        String external =
                maker.post("/audiences", """
                {"name": "E-%1$s", "type": "ExternalAudience", "audienceId": "%1$s"}
                """.formatted(secret), 200).extract().path("id");
        maker.json("{\"namespace\": \"crmid\", \"id\": \"" + secret + "\"}")
                .contentType("application/x-ndjson")
                .put(BASE + "/audiences/{id}/members", external)
                .then()
                .statusCode(200);
        String job = maker.post("/segment/jobs", "[{\"segmentId\": \"*\"}]", 200)
                .extract()
                .path("id");
        maker.waitFor("/segment/jobs/" + job);
        String schedule = maker.post("/config/schedules", """
                {"name": "%s", "type": "batch_segmentation", "properties": {"segments": ["%s"]}, "schedule": "0 0 4 * * ?"}
                """.formatted(secret, id), 200)
                .extract()
                .path("id");
        int export = maker.post("/export/jobs", """
                {"fields": "n,homeAddress.%1$s", "filter": {"segments": [{"segmentId": "%2$s"}]},
                 "destination": {"datasetId": "%1$s"}, "schema": {"name": "_xdm.context.profile"}}
                """.formatted(secret, id), 200)
                .extract()
                .path("id");
        maker.waitFor("/export/jobs/" + export);
        String preview =
                maker.post("/preview", """
                {"predicateExpression": "homeAddress.city = \\"%s\\"", "predicateType": "pql/text"}
                """.formatted(secret), 201).extract().path("previewId");
        String entity = maker.request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", secret)
                .get(BASE + "/access/entities")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<String, Object>getMap("")
                .keySet()
                .iterator()
                .next();
        String event = maker.request()
                .get(BASE + "/audit/events")
                .then()
                .statusCode(200)
                .extract()
                .path("children[-1].id");
        return new FilledSandbox(
                organization,
                name,
                secret,
                id,
                audience.extract().header("ETag"),
                referring,
                external,
                job,
                schedule,
                export,
                importId,
                preview,
                entity,
                event,
                audience.extract().path("mergePolicyId"));
    }

    /** The same ids in a form that names nothing anywhere. */
    FilledSandbox imagined() {
        return new FilledSandbox(
                organization,
                name,
                "secret-" + UUID.randomUUID(),
                UUID.randomUUID().toString(),
                "\"" + UUID.randomUUID() + "\"",
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                // Counts the jobs of a sandbox, so that it names nothing in another one.
                export,
                UUID.randomUUID().toString(),
                preview.substring(0, 8) + (preview.charAt(8) == 'A' ? 'B' : 'A') + preview.substring(9),
                entity,
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString());
    }

    public RequestSpecification request() {
        return new Maker(organization, name).request();
    }

    private record Maker(String organization, String name) {

        RequestSpecification request() {
            return RestAssured.given()
                    .header("x-gw-ims-org-id", organization)
                    .header("x-sandbox-name", name)
                    .contentType(ContentType.JSON);
        }

        RequestSpecification json(String body) {
            return request().body(body.getBytes(StandardCharsets.UTF_8));
        }

        ValidatableResponse post(String path, String body, int status) {
            return json(body).post(BASE + path).then().statusCode(status);
        }

        ValidatableResponse lines(String path, String lines) {
            return request()
                    .contentType("application/x-ndjson")
                    .body(lines.getBytes(StandardCharsets.UTF_8))
                    .post(BASE + path)
                    .then()
                    .statusCode(200);
        }

        void waitFor(String job) {
            String ended = eventually(
                    () -> request()
                            .get(BASE + job)
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("status"),
                    status -> !List.of("NEW", "PROCESSING").contains(status));
            assertEquals("SUCCEEDED", ended);
        }
    }
}
