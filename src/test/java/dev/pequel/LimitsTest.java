package dev.pequel;

import static dev.pequel.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.database.Database;
import dev.pequel.database.DatabaseException;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one tenant may ask for, with limits so low that a test reaches them. */
@QuarkusTest
@TestProfile(LowLimits.class)
class LimitsTest {

    private static final String BASE = "/data/core/ups";

    /** Events of a profile that has any: as many as four variables may be combined of. */
    private static final int EVENTS = 55;

    /** Looks at every combination of four events. */
    private static final String HEAVY =
            "select A from xEvent, B from xEvent, C from xEvent, D from xEvent where A.n + B.n + C.n + D.n > 1000000";

    private static final String CONTINUE = "HTTP/1.1 100 Continue";

    @TestHTTPResource
    URI service;

    @Inject
    Database database;

    @Inject
    SandboxScope rows;

    private final String organization = "limits-" + UUID.randomUUID();

    @Test
    void anOrganizationSendsSoManyRequests() {
        for (int i = 0; i < 400; i++) {
            request()
                    .header("x-sandbox-name", "s" + i)
                    .get(BASE + "/audiences")
                    .then()
                    .statusCode(200);
        }
        request()
                .header("x-sandbox-name", "other")
                .get(BASE + "/audiences")
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-9]\\d?|100"))
                .body("errors.'429'[0].code", equalTo("too-many-requests"));
        given().header("x-gw-ims-org-id", organization + "-2")
                .header("x-sandbox-name", "prod")
                .get(BASE + "/audiences")
                .then()
                .statusCode(200);
    }

    @Test
    void aSandboxHasSoManyAudiences() {
        String id = create("A").statusCode(200).extract().path("id");
        create("B").statusCode(200);
        create("C").statusCode(200);
        create("D").statusCode(409).body("errors.'409'[0].message", containsString("3 audiences"));
        prod().delete(BASE + "/audiences/{id}", id).then().statusCode(204);
        create("D").statusCode(200);
    }

    /** With the one that it has from the beginning. However many are made at a time. */
    @Test
    void aSandboxHasSoManySchedules() throws Exception {
        List<Future<Integer>> created = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                created.add(threads.submit(() -> schedule("\"*\"").extract().statusCode()));
            }
        }
        Map<Integer, Long> statuses = new TreeMap<>();
        for (Future<Integer> one : created) {
            statuses.merge(one.get(), 1L, Long::sum);
        }
        assertEquals(Map.of(200, 1L, 409, 3L), statuses);
        schedule("\"*\"").statusCode(409).body("errors.'409'[0].message", containsString("2 schedules"));
        schedule("\"*\", \"*\"")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`properties.segments`: has 2 items"));
    }

    private ValidatableResponse schedule(String segments) {
        return prod().body("""
                        {"name": "S", "type": "batch_segmentation", "properties": {"segments": [%s]}, "schedule": "0 0 4 * * ?"}
                        """.formatted(segments))
                .post(BASE + "/config/schedules")
                .then();
    }

    /** However many are made at a time. */
    @Test
    void anOrganizationHasSoManySandboxes() throws Exception {
        List<Future<Integer>> created = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String sandbox = "s" + i;
                created.add(threads.submit(() -> request()
                        .header("x-sandbox-name", sandbox)
                        .body("{\"name\": \"A\", \"expression\": {\"value\": \"n = 1\"}}")
                        .post(BASE + "/audiences")
                        .statusCode()));
            }
        }
        Map<Integer, Long> statuses = new TreeMap<>();
        for (Future<Integer> one : created) {
            statuses.merge(one.get(), 1L, Long::sum);
        }
        assertEquals(Map.of(200, 3L, 409, 5L), statuses);
        create("B").statusCode(409).body("errors.'409'[0].message", containsString("3 sandboxes"));
    }

    @Test
    void soManyImportsAreKept() {
        for (int i = 0; i < 5; i++) {
            importing().statusCode(200);
        }
        prod().get(BASE + "/profiles/import")
                .then()
                .body("children", hasSize(3))
                .body("_page.totalCount", equalTo(3));
    }

    @Test
    void aPageHasSoManyAudiences() {
        create("A").statusCode(200);
        create("B").statusCode(200);
        prod().get(BASE + "/audiences").then().body("children", hasSize(2)).body("_page.next", nullValue());
        create("C").statusCode(200);
        for (String query : List.of("", "?limit=5", "?sort=totalProfiles:desc")) {
            String next = prod().get(BASE + "/audiences" + query)
                    .then()
                    .statusCode(200)
                    .body("children", hasSize(2))
                    .body("_page.totalCount", equalTo(3))
                    .body("_page.totalPages", equalTo(2))
                    .body("_page.limit", equalTo(2))
                    .extract()
                    .path("_links.next.href");
            prod().urlEncodingEnabled(false)
                    .get(next.replace("@", BASE))
                    .then()
                    .statusCode(200)
                    .body("children", hasSize(1))
                    .body("_page.next", nullValue());
        }
    }

    private ValidatableResponse create(String name) {
        return prod().body("{\"name\": \"" + name + "\", \"expression\": {\"value\": \"n = 1\"}}")
                .post(BASE + "/audiences")
                .then();
    }

    @Test
    void soManyImportsRunAtATime() throws Exception {
        try (Socket running = new Socket(service.getHost(), service.getPort())) {
            OutputStream out = running.getOutputStream();
            out.write(("POST " + BASE + "/profiles/import HTTP/1.1\r\nHost: x\r\nx-gw-ims-org-id: " + organization
                            + "\r\nx-sandbox-name: prod\r\nContent-Type: application/x-ndjson\r\n"
                            + "Content-Length: 100\r\n\r\n{}\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            eventually(() -> !prod().get(BASE + "/profiles/import")
                    .jsonPath()
                    .getList("children")
                    .isEmpty());
            importing().statusCode(429).header("Retry-After", equalTo("10"));
        }
        eventually(this::importIsAccepted);
    }

    @Test
    @Timeout(60)
    void aListOfMembersIsAnImport() throws IOException {
        String id = prod().body("{\"name\": \"L\", \"audienceId\": \"L\", \"type\": \"ExternalAudience\"}")
                .post(BASE + "/audiences")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        try (Socket running = slow(organization, "PUT", "/audiences/" + id + "/members", "application/x-ndjson")) {
            assertEquals(CONTINUE, statusOf(running));
            importing().statusCode(429).header("Retry-After", equalTo("10"));
        }
        eventually(this::importIsAccepted);
    }

    /** Of an import whose body does not even begin, too. */
    @Test
    @Timeout(60)
    void anImportTakesItsTurnBeforeItIsRead() throws IOException {
        try (Socket running = slow(organization, "POST", "/profiles/import", "application/x-ndjson")) {
            assertEquals(CONTINUE, statusOf(running));
            importing().statusCode(429).header("Retry-After", equalTo("10"));
        }
        eventually(this::importIsAccepted);
    }

    /** More than there are threads. */
    @Test
    @Timeout(60)
    void whoSendsSlowlyStopsNobodyElse() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                slow.add(slow(organization, "POST", "/pql/check", "application/json"));
            }
            Map<String, Integer> statuses = new TreeMap<>();
            for (Socket socket : slow) {
                statuses.merge(statusOf(socket), 1, Integer::sum);
            }
            assertEquals(Map.of(CONTINUE, 10, "HTTP/1.1 429 Too Many Requests", 240), statuses);
            Response refused = check();
            assertEquals(429, refused.statusCode());
            assertEquals("1", refused.header("Retry-After"));
            given().header("x-gw-ims-org-id", organization + "-2")
                    .header("x-sandbox-name", "prod")
                    .get(BASE + "/audiences")
                    .then()
                    .statusCode(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        // A request whose connection is lost no longer counts.
        eventually(() -> isAccepted(check(), "1"));
    }

    /** More than there are connections to the database, and as many as a replica runs at a time. */
    @Test
    @Timeout(60)
    void whoImportsSlowlyHoldsNoConnectionToTheDatabase() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < LowLimits.ALL_IMPORTS; i++) {
                Socket socket = slow(organization + "-" + i, "POST", "/profiles/import", "application/x-ndjson");
                slow.add(socket);
                assertEquals(CONTINUE, statusOf(socket));
                socket.getOutputStream().write("{}\n".getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < LowLimits.ALL_IMPORTS; i++) {
                RequestSpecification as = given().header("x-gw-ims-org-id", organization + "-" + i)
                        .header("x-sandbox-name", "prod");
                eventually(() -> !as.get(BASE + "/profiles/import")
                        .jsonPath()
                        .getList("children")
                        .isEmpty());
            }
            prod().get(BASE + "/audiences").then().statusCode(200);
            importing().statusCode(429).header("Retry-After", equalTo("10"));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        eventually(this::importIsAccepted);
    }

    @Test
    @Timeout(60)
    void aJsonBodyMayTakeSoLong() throws Exception {
        assertDribblingIsRefused("POST", "/pql/check", "application/json");
    }

    @Test
    @Timeout(60)
    void anImportMayBeSoSlow() throws Exception {
        assertDribblingIsRefused("POST", "/profiles/import", "application/x-ndjson");
    }

    private void assertDribblingIsRefused(String method, String path, String type) throws Exception {
        try (Socket dribbling = slow(organization, method, path, type)) {
            assertEquals(CONTINUE, statusOf(dribbling));
            ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
            String answer;
            try {
                // Ends with the connection, by the exception of the task.
                writer.scheduleAtFixedRate(() -> sendByte(dribbling), 0, 200, TimeUnit.MILLISECONDS);
                answer = new String(dribbling.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } finally {
                writer.shutdownNow();
            }
            assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
            assertTrue(answer.contains("body-too-slow"), answer);
        }
    }

    private Response check() {
        return prod().body("{\"expression\": {\"value\": \"n = 1\"}}").post(BASE + "/pql/check");
    }

    private static void sendByte(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A request whose body is still to come. The service answers {@link #CONTINUE} when it begins to read the body,
     * so a client that waits for that line knows that the request was not refused and is being worked on.
     */
    private Socket slow(String organization, String method, String path, String type) throws IOException {
        Socket socket = new Socket(service.getHost(), service.getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write((method + " " + BASE + path + " HTTP/1.1\r\nHost: x\r\nx-gw-ims-org-id: " + organization
                                + "\r\nx-sandbox-name: prod\r\nContent-Type: " + type
                                + "\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    /** The first line of the next answer, without anything of what follows {@link #CONTINUE}. */
    private static String statusOf(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = socket.getInputStream().read();
            assertTrue(read >= 0, () -> "The connection ended after: " + head);
            head.append((char) read);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    @Test
    @Timeout(60)
    void theBodyOfARefusedRequestIsWaitedForSoLong() throws Exception {
        try (Socket endless = new Socket(service.getHost(), service.getPort())) {
            OutputStream out = endless.getOutputStream();
            out.write(("POST " + BASE + "/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{}")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(endless.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 404"), answer);
        }
    }

    private boolean importIsAccepted() {
        return isAccepted(importing().extract().response(), "10");
    }

    /** Fails when the request was refused for another reason, such as the rate of requests, which takes minutes to pass. */
    private static boolean isAccepted(Response response, String retryAfter) {
        if (response.statusCode() == 429) {
            assertEquals(retryAfter, response.header("Retry-After"), response.asString());
            return false;
        }
        assertEquals(200, response.statusCode(), response.asString());
        return true;
    }

    private ValidatableResponse importing() {
        return prod().contentType("application/x-ndjson")
                .body("{\"identityMap\": {\"crmid\": [{\"id\": \"C1\"}]}}".getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/profiles/import")
                .then();
    }

    @Test
    @Timeout(120)
    void anEvaluationWaitsForItsTurnAndEnds() throws Exception {
        fill();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean ended = new AtomicBoolean();
            // Repeated, so that the other one meets it however slow the machine is.
            Future<Integer> heavy = threads.submit(() -> Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> preview(HEAVY).extract().statusCode(), status -> status != 429 && ended.get()));
            try {
                eventually(() -> {
                    Response light = preview("n = 1").extract().response();
                    // On a slow machine this one may take too long, too.
                    assertTrue(List.of(201, 429, 503).contains(light.statusCode()), "status " + light.statusCode());
                    return light.statusCode() == 429
                            && light.header("Retry-After").equals("5");
                });
                // An expression that is tried or counted takes its turn, too, and so do the fields.
                eventually(() -> evaluate().statusCode() == 429);
                eventually(() -> count().statusCode() == 429);
                eventually(() -> prod().get(BASE + "/config/fields").statusCode() == 429);
            } finally {
                ended.set(true);
            }
            assertEquals(503, heavy.get());
        }
        eventually(() -> preview("n = 1").extract().statusCode() == 201);
        assertEquals(200, evaluate().statusCode());
    }

    @Test
    void valuesOfFieldsCanBeKeptFromEverybody() {
        prod().queryParam("path", "person.name.firstName")
                .get(BASE + "/config/fields/values")
                .then()
                .statusCode(403);
        prod().get(BASE + "/config/fields").then().statusCode(200);
    }

    private Response count() {
        return prod().body("{\"expressions\": [{\"value\": \"n = 1\"}]}").post(BASE + "/pql/count");
    }

    private Response evaluate() {
        return prod().body("{\"expression\": {\"value\": \"1 = 1\"}, \"profile\": {}}")
                .post(BASE + "/pql/evaluate");
    }

    @Test
    void soManyPreviewsAreKept() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(preview("n = 1").statusCode(201).extract().path("previewId"));
        }
        List<Integer> found = ids.stream()
                .map(id -> prod().get(BASE + "/preview/{id}", id).statusCode())
                .toList();
        assertEquals(List.of(404, 404, 200, 200), found);
    }

    private void fill() {
        StringBuilder profiles = new StringBuilder();
        StringBuilder events = new StringBuilder();
        // More profiles than a thread takes at a time, so that there is a moment to stop at.
        for (int i = 0; i < 40_000; i++) {
            profiles.append("{\"n\": 1, \"identityMap\": {\"crmid\": [{\"id\": \"C")
                    .append(i)
                    .append("\"}]}}\n");
        }
        for (int i = 0; i < EVENTS; i++) {
            for (int profile = 0; profile < 40_000; profile += 400) {
                events.append("{\"_id\": \"")
                        .append(profile)
                        .append('-')
                        .append(i)
                        .append("\", \"timestamp\": 1, \"n\": 1, \"identityMap\": {\"crmid\": [{\"id\": \"C")
                        .append(profile)
                        .append("\"}]}}\n");
            }
        }
        prod().contentType("application/x-ndjson")
                .body(profiles.toString().getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/profiles/import")
                .then()
                .statusCode(200);
        prod().contentType("application/x-ndjson")
                .body(events.toString().getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/events/import")
                .then()
                .statusCode(200)
                .body("metrics.failed", equalTo(0));
    }

    private ValidatableResponse preview(String expression) {
        return prod().body("{\"predicateExpression\": \"" + expression + "\", \"predicateType\": \"pql/text\"}")
                .post(BASE + "/preview")
                .then();
    }

    @Test
    void aStatementEnds() {
        DatabaseException given = assertThrows(
                DatabaseException.class,
                () -> rows.ofAllSandboxes(
                        () -> database.call(connection -> Sql.one(connection, "select pg_sleep(60)", row -> true))));
        assertEquals("57014", given.getCause().getSQLState());
    }

    @Test
    void addressesAndHeadersAreNotLong() {
        assertEquals(
                414,
                prod().queryParam("name", "x".repeat(70_000))
                        .get(BASE + "/audiences")
                        .statusCode());
        assertEquals(
                431,
                prod().header("x-long", "x".repeat(21_000))
                        .get(BASE + "/audiences")
                        .statusCode());
    }

    private RequestSpecification prod() {
        return request().header("x-sandbox-name", "prod");
    }

    private RequestSpecification request() {
        return given().header("x-gw-ims-org-id", organization).contentType(ContentType.JSON);
    }
}
