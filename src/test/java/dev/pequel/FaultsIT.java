package dev.pequel;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the service is killed, or loses its database, in the middle of its work. */
@Timeout(180)
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
            HaltingBody body = new HaltingBody(FaultsIT::event);
            CompletableFuture<HttpResponse<String>> running = send(address, EVENTS, body);
            eventually(() -> linesRead(address, EVENTS) > 0);

            try (Load load = new Load(address)) {
                eventually(() -> load.last() == 200);
                database.stop();
                eventually(() -> load.last() == 503);
                body.goOn();
                assertEquals(503, running.join().statusCode());
                database.start();
                eventually(() -> load.last() == 200);
                assertEquals(Set.of(200, 503), load.statuses());
            }

            eventually(() -> "FAILED".equals(job(address, EVENTS).getString("children[0].status")));
            long lines = linesRead(address, EVENTS);
            assertEquals(lines, database.number("select count(*) from experience_event"));
            importEverything(address, EVENTS, FaultsIT::event, LINES - lines);
        }
    }

    /** Asks for a profile again and again. */
    private static final class Load implements AutoCloseable {
        private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        private final Thread thread;
        private volatile boolean ended;
        private volatile int last;

        Load(String address) {
            thread = Thread.ofPlatform().start(() -> {
                while (!ended) {
                    last = PackagedService.request(address)
                            .queryParam("entityIdNS", "crmid")
                            .queryParam("entityId", "C1")
                            .get("/data/core/ups/access/entities")
                            .statusCode();
                    statuses.add(last);
                }
            });
        }

        int last() {
            return last;
        }

        Set<Integer> statuses() {
            return statuses;
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

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(20);
        }
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
