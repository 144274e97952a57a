package dev.pequel;

import static dev.pequel.Eventually.eventually;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the service is killed, or loses its database, in the middle of its work. */
@Timeout(600)
@Tag("native")
class FaultsIT {

    private static final String PROFILES = "/data/core/ups/profiles/import";
    private static final String EVENTS = "/data/core/ups/events/import";
    private static final int LINES = 5_000;

    @TempDir
    Path directory;

    @Test
    void anImportThatIsKilledKeepsWhatItAcknowledged() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            long profiles = killedDuringImport(database, PROFILES, FaultsIT::profile, "profile");
            assertEquals(profiles, database.number("select count(*) from profile_identity"));
            importAgain(database, PROFILES, FaultsIT::profile, LINES - profiles);
            assertEquals(LINES, database.number("select count(*) from profile"));
            assertEquals(LINES, database.number("select next_ordinal from profile_store"));

            long events = killedDuringImport(database, EVENTS, FaultsIT::event, "experience_event");
            importAgain(database, EVENTS, FaultsIT::event, LINES - events);
            assertEquals(LINES, database.number("select count(*) from experience_event"));
        }
    }

    /**
     * Starts an import, kills the service in the middle of it and starts it again.
     *
     * @return lines that are stored, which are those that the job counts
     */
    private static long killedDuringImport(OwnPostgresql database, String path, IntFunction<String> line, String table)
            throws Exception {
        HaltingBody body = new HaltingBody(line);
        long acknowledged;
        try (PackagedService service = PackagedService.start(settings(database))) {
            String address = service.address();
            send(address, path, body);
            eventually(() -> linesRead(address, path) > 0);
            acknowledged = linesRead(address, path);
            service.kill();
        } finally {
            body.goOn();
        }
        abandonImports(database);
        try (PackagedService service = PackagedService.start(settings(database))) {
            String address = service.address();
            eventually(() -> "FAILED".equals(job(address, path).getString("children[0].status")));
            long lines = linesRead(address, path);
            assertTrue(lines >= acknowledged, "acknowledged lines are lost");
            assertTrue(lines < LINES, "killed too late");
            assertTrue(job(address, path).getString("children[0].reason").contains("stopped"));
            assertEquals(lines, database.number("select count(*) from " + table));
            return lines;
        }
    }

    /** As if nobody had said for a minute that the running imports are alive. */
    private static void abandonImports(OwnPostgresql database) throws SQLException {
        database.update("update import_job set alive_at = alive_at - interval '1 minute' where status = 'PROCESSING'");
    }

    private static void importAgain(OwnPostgresql database, String path, IntFunction<String> line, long expected)
            throws Exception {
        try (PackagedService service = PackagedService.start(settings(database))) {
            importEverything(service.address(), path, line, expected);
        }
    }

    @Test
    void withoutItsDatabaseTheServiceAnswers503AndRecoversByItself() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory);
                PackagedService service = PackagedService.start(settings(database))) {
            String address = service.address();
            importEverything(address, PROFILES, FaultsIT::profile, LINES);
            String audience = Endpoint.define(address, "Everybody");
            HaltingBody body = new HaltingBody(FaultsIT::event);
            CompletableFuture<HttpResponse<String>> running = send(address, EVENTS, body);
            eventually(() -> linesRead(address, EVENTS) > 0);

            List<Load> loads = Stream.of(Endpoint.values())
                    .map(endpoint -> new Load(endpoint, address, audience))
                    .toList();
            try {
                for (Load load : loads) {
                    eventually(load.endpoint + " is answered", () -> load.last() == 200);
                }
                database.stop();
                for (Load load : loads) {
                    eventually(load.endpoint + " is refused", () -> load.last() == 503);
                }
                body.goOn();
                assertEquals(503, running.join().statusCode());
                database.start();
                for (Load load : loads) {
                    eventually(load.endpoint + " is answered", () -> load.last() == 200);
                }
            } finally {
                for (Load load : loads) {
                    load.close();
                }
            }
            for (Load load : loads) {
                load.assertOnlyExpectedAnswers();
            }
            assertNothingAcknowledgedIsLost(address, audience, loads);

            abandonImports(database);
            eventually(() -> "FAILED".equals(job(address, EVENTS).getString("children[0].status")));
            long lines = linesRead(address, EVENTS);
            assertEquals(lines, database.number("select count(*) from experience_event"));
            importEverything(address, EVENTS, FaultsIT::event, LINES - lines);
        }
    }

    private static void assertNothingAcknowledgedIsLost(String address, String audience, List<Load> loads) {
        for (Load load : loads) {
            switch (load.endpoint) {
                case CREATE ->
                    load.acknowledged.forEach(name -> PackagedService.request(address)
                            .queryParam("property", "name==" + name)
                            .get("/data/core/ups/audiences")
                            .then()
                            .body("_page.totalCount", equalTo(1)));
                case CREATE_JOB ->
                    assertTrue(PackagedService.request(address)
                                    .get("/data/core/ups/segment/jobs")
                                    .jsonPath()
                                    .getInt("_page.totalCount")
                            >= load.acknowledged.size());
                case IMPORT ->
                    load.acknowledged.forEach(name -> PackagedService.request(address)
                            .queryParam("entityIdNS", "email")
                            .queryParam("entityId", name)
                            .get("/data/core/ups/access/entities")
                            .then()
                            .statusCode(200));
                case PATCH -> {
                    String description = PackagedService.request(address)
                            .get("/data/core/ups/audiences/{id}", audience)
                            .path("description");
                    // What was answered with 503 may have been done all the same.
                    assertTrue(number(description) >= number(load.acknowledged.getLast()));
                }
                default -> {}
            }
        }
    }

    private static int number(String name) {
        return Integer.parseInt(name.replaceAll("\\D", ""));
    }

    /** One of each kind of request. */
    private enum Endpoint {
        LIST((request, audience, name) -> request.get("/audiences")),
        GET((request, audience, name) -> request.get("/audiences/" + audience)),
        CREATE((request, audience, name) -> request.body(definition(name)).post("/audiences")),
        PATCH((request, audience, name) -> request.body(
                        "[{\"op\": \"add\", \"path\": \"/description\", \"value\": \"%s\"}]".formatted(name))
                .patch("/audiences/" + audience)),
        METRICS((request, audience, name) ->
                request.queryParam("withMetrics", true).get("/audiences/" + audience)),
        MEMBERS((request, audience, name) -> request.get("/audiences/" + audience + "/members")),
        JOBS((request, audience, name) -> request.get("/segment/jobs")),
        CREATE_JOB((request, audience, name) ->
                request.body("[{\"segmentId\": \"%s\"}]".formatted(audience)).post("/segment/jobs")),
        PREVIEW((request, audience, name) -> request.body(
                        "{\"predicateExpression\": \"identityMap.crmid\", \"predicateType\": \"pql/text\", \"predicateModel\": \"_xdm.context.profile\"}")
                .post("/preview")),
        IMPORT((request, audience, name) -> request.contentType("application/x-ndjson")
                .body("{\"identityMap\":{\"email\":[{\"id\":\"%s\"}]}}"
                        .formatted(name)
                        .getBytes(StandardCharsets.UTF_8))
                .post("/profiles/import")),
        CHECK((request, audience, name) -> request.body(
                        "{\"expression\": {\"value\": \"homeAddress.city = \\\"Roma\\\"\"}}")
                .post("/pql/check")),
        ENTITY((request, audience, name) -> request.queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .get("/access/entities"));

        private interface Call {
            Response send(RequestSpecification request, String audience, String name);
        }

        private final Call call;

        Endpoint(Call call) {
            this.call = call;
        }

        /** @param name one that no other request has */
        Response send(String address, String audience, String name) {
            return call.send(
                    PackagedService.request(address).basePath("/data/core/ups").contentType("application/json"),
                    audience,
                    name);
        }

        static String define(String address, String name) {
            return PackagedService.request(address)
                    .contentType("application/json")
                    .body(definition(name))
                    .post("/data/core/ups/audiences")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("id");
        }

        private static String definition(String name) {
            return "{\"name\": \"%s\", \"expression\": {\"value\": \"identityMap.crmid\"}}".formatted(name);
        }
    }

    /** Sends one kind of request again and again. */
    private static final class Load implements AutoCloseable {
        private final Endpoint endpoint;
        private final List<String> acknowledged = new ArrayList<>();
        private final Set<String> unexpected = ConcurrentHashMap.newKeySet();
        private final Thread thread;
        private volatile boolean ended;
        private volatile int last;

        Load(Endpoint endpoint, String address, String audience) {
            this.endpoint = endpoint;
            this.thread = Thread.ofPlatform().start(() -> {
                for (int number = 1; !ended; number++) {
                    String name = endpoint + "-" + number;
                    Response answer = endpoint.send(address, audience, name);
                    boolean isDone = answer.statusCode() / 100 == 2;
                    int status = isDone ? 200 : answer.statusCode();
                    if (isDone) {
                        acknowledged.add(name);
                    } else if (status != 503 || !isErrorShape(answer)) {
                        unexpected.add(endpoint + " " + status + " " + answer.asString());
                    }
                    last = status;
                    pause();
                }
            });
        }

        /** So that service and test are not busy with the load alone. */
        private static void pause() {
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }

        private static boolean isErrorShape(Response answer) {
            JsonPath body = answer.jsonPath();
            return body.getInt("status") == 503
                    && body.getString("requestId") != null
                    && body.getString("title") != null
                    && body.getString("errors.'503'[0].message") != null
                    && answer.header("Retry-After") != null;
        }

        /** The status of the last answer; 200 stands for all that tell of success. */
        int last() {
            assertTrue(ended || thread.isAlive(), endpoint + " cannot be sent");
            assertOnlyExpectedAnswers();
            return last;
        }

        void assertOnlyExpectedAnswers() {
            assertEquals(Set.of(), unexpected);
        }

        @Override
        public void close() throws InterruptedException {
            ended = true;
            thread.join();
        }
    }

    private static String profile(int number) {
        return "{\"identityMap\":{\"crmid\":[{\"id\":\"C%d\"}]}}".formatted(number);
    }

    private static String event(int number) {
        return "{\"_id\":\"E%1$d\",\"timestamp\":%1$d,\"identityMap\":{\"crmid\":[{\"id\":\"C%1$d\"}]}}"
                .formatted(number);
    }

    private static Map<String, String> settings(OwnPostgresql database) {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("pequel.import.batch-lines", "100");
        settings.put("pequel.segmentation.waiting-jobs", "100000");
        settings.put("pequel.segmentation.kept-jobs", "100000");
        // Otherwise the import that fails is forgotten while the load goes on.
        settings.put("pequel.import.kept-jobs", "100000");
        return settings;
    }

    /** @param created how many of the lines are new */
    private static void importEverything(String address, String path, IntFunction<String> line, long created) {
        PackagedService.request(address)
                .contentType("application/x-ndjson")
                .body(IntStream.range(0, LINES)
                        .mapToObj(line)
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then()
                .statusCode(200)
                .body("status", equalTo("SUCCEEDED"))
                .body("metrics.failed", equalTo(0))
                .body("metrics.created", equalTo((int) created));
    }

    private static CompletableFuture<HttpResponse<String>> send(String address, String path, InputStream body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(() -> body))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .sendAsync(request, BodyHandlers.ofString());
    }

    private static JsonPath job(String address, String path) {
        return PackagedService.request(address).queryParam("limit", 1).get(path).jsonPath();
    }

    /** Lines that the newest import counts; 0 when there is no import. */
    private static long linesRead(String address, String path) {
        List<Integer> lines = job(address, path).getList("children.metrics.linesRead");
        return lines.isEmpty() ? 0 : lines.getFirst();
    }

    /** Half of the lines, and the other half when it is told to go on. */
    private static final class HaltingBody extends InputStream {
        private final IntFunction<String> line;
        private final CountDownLatch goOn = new CountDownLatch(1);
        private byte[] current = {};
        private int position;
        private int next;

        HaltingBody(IntFunction<String> line) {
            this.line = line;
        }

        void goOn() {
            goOn.countDown();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (position == current.length && !fill()) {
                return -1;
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, buffer, offset, count);
            position += count;
            return count;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        private boolean fill() throws IOException {
            if (next == LINES) {
                return false;
            }
            if (next == LINES / 2) {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            current = (line.apply(next++) + "\n").getBytes(StandardCharsets.UTF_8);
            position = 0;
            return true;
        }
    }
}
