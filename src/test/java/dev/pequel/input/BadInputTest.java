package dev.pequel.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.EmbeddedPostgresql;
import dev.pequel.input.DescribedApi.Body;
import dev.pequel.input.DescribedApi.Operation;
import dev.pequel.input.DescribedApi.Parameter;
import dev.pequel.input.WireRequest.Answer;
import dev.pequel.input.WireRequest.Header;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Requests that are made of the API's own description and then spoilt: none is answered with a 5xx, none that is refused
 * changes anything, and every answer is of the shape that the description says.
 *
 * <p>{@code -Dfuzz.requests=5000} tries that many requests instead of some hundred, {@code -Dfuzz.seed} others. All that went wrong is
 * reported at the end, with the requests.
 */
@QuarkusTest
class BadInputTest {

    private static final int TRIES = Integer.getInteger("fuzz.requests", 700);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    /** Requests that one sandbox is for: those that succeed fill it. */
    private static final int OF_ONE_SANDBOX = 200;

    private static final int REPORTED = 12;

    @EmbeddedPostgresql.Connections
    DataSource connections;

    /** A sandbox in which there is something of everything. */
    private record Inhabited(
            String name,
            int id,
            String definition,
            String external,
            String job,
            String schedule,
            int export,
            String preview,
            String imported) {

        /** What a path names in braces. */
        String path(Operation operation, Random random) {
            String path = operation
                    .path()
                    .replace("{content}", random.nextBoolean() ? "profiles" : "events")
                    .replace("{name}", "part-00000.ndjson");
            if (path.contains("/export/jobs/")) {
                return path.replace("{id}", String.valueOf(export));
            }
            String id = path.contains("/segment/jobs/")
                    ? job
                    : path.contains("/schedules/")
                            ? schedule
                            : path.contains("/import/")
                                    ? imported
                                    : path.contains("/preview/") || path.contains("/estimate/")
                                            ? preview
                                            : operation.toString().startsWith("PUT") && random.nextBoolean()
                                                            || path.endsWith("/members")
                                                                    && !operation
                                                                            .method()
                                                                            .equals("GET")
                                                    ? external
                                                    : definition;
            return path.replace("{id}", id);
        }

        /** The ids of the description's examples are replaced by those that there are. */
        String text(String example) {
            return example.replace("60ccea95-1435-4180-97a5-58af4aa285ab", definition)
                    .replace("32a83b5d-a118-4bd6-b3cb-3aee2f4c30a1", external)
                    .replace("4afe34ae-8c98-4513-8a1d-67ccaa54bc05", external)
                    .replace("cc3419d3-0389-47f1-b174-fead6b3c830d", job);
        }
    }

    @Test
    void spoiltRequestsAreRefusedAndChangeNothing() throws Exception {
        DescribedApi api = new DescribedApi(RestAssured.get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        List<Operation> operations = api.operations();
        List<String> failures = new ArrayList<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        Set<String> asked = new HashSet<>();
        try (Connection database = connections.getConnection()) {
            Inhabited sandbox = inhabited(database, 0);
            int begun = 0;
            for (int i = 0; i < TRIES; i++) {
                Random random = new Random(SEED * 1_000_003 + i);
                if (i - begun >= OF_ONE_SANDBOX) {
                    sandbox = inhabited(database, i);
                    begun = i;
                }
                Operation operation = operations.get(i % operations.size());
                WireRequest valid = valid(api, operation, sandbox, random);
                WireRequest request = valid;
                Mutations mutations = new Mutations(random);
                for (int spoilt = random.nextInt(10) == 0 ? 2 : 1; spoilt > 0; spoilt--) {
                    request = mutations.of(request);
                }
                boolean isImport =
                        operation.method().equals("POST") && operation.path().endsWith("/import");
                OwnedRows before = OwnedRows.of(database, sandbox.id(), !isImport);
                Optional<Answer> answer = request.send("localhost", RestAssured.port);
                int status = answer.map(Answer::status).orElse(0);
                statuses.merge(status, 1, Integer::sum);
                asked.add(operation + " " + status / 100);
                boolean sameOperation = request.method().equals(valid.method())
                        && pathOf(request).equals(pathOf(valid));
                Set<String> wrong = wrong(api, operation, sameOperation, request, answer);
                if (status >= 400
                        && !before.equals(OwnedRows.of(database, sandbox.id(), !isImport))
                        && !(isImport && answer.get().text().contains("counted in the import job"))) {
                    wrong.add("something was changed by what was refused");
                }
                if (!wrong.isEmpty()) {
                    failures.add("try " + i + " of seed " + SEED + ", " + operation + ": " + wrong + "\n" + request
                            + "\n--- answer: "
                            + answer.map(given -> given.status() + " " + given.headers() + " "
                                            + given.text()
                                                    .substring(
                                                            0,
                                                            Math.min(
                                                                    given.text().length(), 600)))
                                    .orElse("none"));
                }
                if (status < 300
                        && (request.method().equals("DELETE")
                                || request.target().contains("/config/schema")
                                        && request.method().equals("PUT"))) {
                    sandbox = inhabited(database, i + 1);
                    begun = i;
                }
            }
        }
        assertEquals(
                "",
                String.join("\n\n", failures.subList(0, Math.min(REPORTED, failures.size()))),
                failures.size() + " of " + TRIES + " failed");
        assertTrue(statuses.getOrDefault(200, 0) > 0 && statuses.getOrDefault(400, 0) > 0, statuses.toString());
        for (Operation operation : operations) {
            assertTrue(asked.contains(operation + " 4"), operation + " was never refused");
        }
    }

    private static String pathOf(WireRequest request) {
        return request.target().split("\\?", 2)[0];
    }

    /** @param sameOperation whether the request is still for the operation that is described */
    private static Set<String> wrong(
            DescribedApi api,
            Operation operation,
            boolean sameOperation,
            WireRequest request,
            Optional<Answer> answer) {
        Set<String> wrong = new HashSet<>();
        if (answer.isEmpty()) {
            wrong.add("there is no answer");
            return wrong;
        }
        if (answer.get().status() >= 500) {
            wrong.add("the status is " + answer.get().status());
        }
        if (!answer.get().header("x-content-type-options").equals(Optional.of("nosniff"))
                || !answer.get().header("cache-control").equals(Optional.of("private, no-cache"))) {
            wrong.add("browsers and caches are not told what to do with it");
        }
        if (request.method().equals("HEAD")) {
            return wrong;
        }
        if (sameOperation) {
            wrong.addAll(api.deviations(operation, answer.get()));
        } else if (answer.get().status() >= 400) {
            wrong.addAll(api.deviationsFromFailure(answer.get()));
        }
        return wrong;
    }

    /** A request that the service would answer with success, more or less. */
    private static WireRequest valid(DescribedApi api, Operation operation, Inhabited sandbox, Random random) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("x-gw-ims-org-id", "tests@Pequel"));
        headers.add(new Header("x-sandbox-name", sandbox.name()));
        Optional<byte[]> content = Optional.empty();
        List<Body> bodies = api.bodies(operation);
        if (!bodies.isEmpty()) {
            Body body = bodies.get(random.nextInt(bodies.size()));
            headers.add(new Header("Content-Type", body.mediaType()));
            content = Optional.of(sandbox.text(body.text()).getBytes(StandardCharsets.UTF_8));
        }
        List<String> query = new ArrayList<>();
        for (Parameter parameter : api.queryParameters(operation)) {
            if (random.nextInt(10) < 4 || operation.path().endsWith("/entities")) {
                query.add(parameter.name() + "="
                        + URLEncoder.encode(
                                switch (parameter.name()) {
                                    case "entityIdNS" -> "crmid";
                                    case "entityId" -> "C1";
                                    case "schema.name" -> "_xdm.context.profile";
                                    case "status" -> "SUCCEEDED";
                                    default -> sandbox.text(parameter.value());
                                },
                                StandardCharsets.UTF_8));
            }
        }
        String target = sandbox.path(operation, random) + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return new WireRequest(operation.method(), target, headers, content);
    }

    private static Inhabited inhabited(Connection database, int number) throws SQLException, IOException {
        String name = "input-" + number + "-" + UUID.randomUUID();
        String imported = given(name, "application/x-ndjson")
                .body("""
                        {"identityMap": {"crmid": [{"id": "C1"}]}, "homeAddress": {"countryCode": "US"}}
                        {"identityMap": {"crmid": [{"id": "C2"}], "email": [{"id": "a@example.com"}]}}
                        """.getBytes(StandardCharsets.UTF_8))
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        String definition = given(name, "application/json")
                .body("""
                        {"name": "A", "labels": ["core/C1"], "expression": {"value": "homeAddress.countryCode = \\"US\\""}}
                        """)
                .post("/data/core/ups/audiences")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        String external = given(name, "application/json")
                .body("""
                        {"name": "B", "audienceId": "B", "type": "ExternalAudience"}
                        """)
                .post("/data/core/ups/audiences")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        String job = given(name, "application/json")
                .body("[{\"segmentId\": \"*\"}]")
                .post("/data/core/ups/segment/jobs")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        String schedule = given(name, "application/json")
                .body("""
                        {"name": "S", "type": "batch_segmentation", "properties": {"segments": ["*"]}, "schedule": "0 0 4 * * ?"}
                        """)
                .post("/data/core/ups/config/schedules")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        int export = given(name, "application/json")
                .body("""
                        {"destination": {"datasetId": "d"}, "schema": {"name": "_xdm.context.profile"}}
                        """)
                .post("/data/core/ups/export/jobs")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        String preview = given(name, "application/json")
                .body("""
                        {"predicateExpression": "homeAddress.countryCode = \\"US\\"", "predicateType": "pql/text"}
                        """)
                .post("/data/core/ups/preview")
                .then()
                .statusCode(201)
                .extract()
                .path("previewId");
        try (var statement = database.prepareStatement("select id from sandbox where name = ?")) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                row.next();
                return new Inhabited(
                        name, row.getInt(1), definition, external, job, schedule, export, preview, imported);
            }
        }
    }

    private static RequestSpecification given(String sandbox, String mediaType) {
        return RestAssured.given()
                .header("x-gw-ims-org-id", "tests@Pequel")
                .header("x-sandbox-name", sandbox)
                .contentType(mediaType);
    }
}
