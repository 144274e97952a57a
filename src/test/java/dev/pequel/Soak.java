package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed load on the packaged service, which has little memory, is killed again and again, loses its database, and is attacked by
 * other tenants. Whatever it acknowledged must be there at the end, and whatever was read meanwhile must be true.
 *
 * <p>{@code ./mvnw -Psoak verify} runs it for ten minutes, {@code -Dsoak=PT1H} for an hour. Requests that were cut off may or
 * may not have been carried out; both is fine, and nothing else is.
 */
class Soak {

    private static final Duration TIME = Duration.parse(System.getProperty("soak", "PT10M"));
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final int FAULTS = 6;
    private static final int WRITERS = 3;
    private static final int PROFILES_OF_AN_IMPORT = 50;

    /** The service's heap. */
    private static final String MEMORY = "-Xmx256m";

    /** The share of the time in which nobody attacks, for comparison. */
    private static final int QUIET = 4;

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final String AUDIENCES = "/data/core/ups/audiences";
    private static final String JOBS = "/data/core/ups/segment/jobs";

    @TempDir
    Path directory;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final Map<String, Known> audiences = new ConcurrentHashMap<>();
    private final StringBuffer logs = new StringBuffer();
    private final SoakAttack attack = new SoakAttack(this::address, wrong);
    /** Of reading one audience, in nanoseconds: first without the attack, then with it. */
    private final List<ConcurrentLinkedQueue<Long>> readingTimes =
            List.of(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());

    private volatile int phase;
    private final Counted profiles = new Counted();
    private final Counted increments = new Counted();
    private final AtomicInteger listed = new AtomicInteger(-1);
    private final AtomicInteger mayBeListed = new AtomicInteger(-1);
    private volatile boolean ended;
    private volatile String address;
    private volatile String everybody;
    private volatile String shared;
    private volatile String external;

    /** What was acknowledged, and what may have happened besides. */
    private static final class Counted {
        private final AtomicLong acknowledged = new AtomicLong();
        private final AtomicLong attempted = new AtomicLong();

        @Override
        public String toString() {
            return acknowledged + " acknowledged of " + attempted;
        }
    }

    /**
     * An audience that one writer changes. Its description is a number that only grows, so that a reader can tell an old state
     * from one that never was.
     */
    private static final class Known {
        private volatile long acknowledged;
        private volatile long attempted;
        private volatile boolean deletionAttempted;
        private volatile boolean deleted;
        private volatile long acknowledgedChanges;
        private volatile long attemptedChanges;
    }

    private record Answer(int status, JsonNode body) {
        boolean succeeded() {
            return status >= 200 && status < 300;
        }
    }

    @Test
    void whatIsAcknowledgedIsKeptAndWhatIsReadIsTrue() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            PackagedService service = start(database, port);
            try {
                prepare();
                List<Thread> load = load();
                Instant end = Instant.now().plus(TIME);
                Thread.sleep(TIME.dividedBy(QUIET));
                phase = 1;
                List<Thread> attackers = attack.start();
                for (int fault = 0; fault < FAULTS; fault++) {
                    Thread.sleep(TIME.minus(TIME.dividedBy(QUIET)).dividedBy(FAULTS + 1));
                    if (fault % 2 == 0) {
                        database.stop();
                        Thread.sleep(3_000);
                        database.start();
                    } else {
                        service.kill();
                        service = start(database, port);
                    }
                }
                Thread.sleep(Math.max(0, Duration.between(Instant.now(), end).toMillis()));
                ended = true;
                attack.end();
                for (Thread thread : load) {
                    thread.join();
                }
                for (Thread thread : attackers) {
                    thread.join();
                }
                service.kill();
                service = start(database, port);
                verify(database);
            } finally {
                service.close();
            }
        }
        Files.writeString(Path.of("target", "soak.log"), logs);
        System.out.println("Soak: " + TIME + ", " + FAULTS + " faults, statuses " + new TreeMap<>(statuses)
                + ", audiences " + audiences.size() + ", profiles " + profiles + ", increments " + increments
                + ", reading one without the attack " + times(readingTimes.getFirst()) + ", with it "
                + times(readingTimes.getLast()));
        assertEquals("", wrong.stream().limit(30).collect(Collectors.joining("\n")), wrong.size() + " findings");
        assertTrue(!logs.toString().contains("OutOfMemoryError"), "the memory was not enough; see target/soak.log");
    }

    private String address() {
        return address;
    }

    private static String times(Collection<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty()
                ? "never"
                : "%.1f ms in the median, %.1f ms in 99 of 100"
                        .formatted(sorted.get(sorted.size() / 2) / 1e6, sorted.get(sorted.size() * 99 / 100) / 1e6);
    }

    private PackagedService start(OwnPostgresql database, int port) throws IOException {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("quarkus.http.port", String.valueOf(port));
        settings.put("pequel.segmentation.schedule", "off");
        settings.put("pequel.audience.per-sandbox", "1000000");
        settings.put("quarkus.datasource.jdbc.acquisition-timeout", "5S");
        PackagedService service = PackagedService.start(
                settings, List.of(MEMORY), line -> logs.append(line).append('\n'));
        address = service.address();
        return service;
    }

    private void prepare() throws Exception {
        everybody = created("""
                {"name": "everybody", "expression": {"value": "number >= 0"}}
                """);
        shared = created("""
                {"name": "shared", "description": "0", "expression": {"value": "number >= 0"}}
                """);
        external = created("""
                {"name": "external", "audienceId": "external", "type": "ExternalAudience"}
                """);
        importProfiles(new Random(SEED));
    }

    private String created(String body) throws Exception {
        Answer answer = send("POST", AUDIENCES, Map.of(), body);
        assertEquals(200, answer.status(), String.valueOf(answer.body()));
        return answer.body().get("id").asText();
    }

    /** Something that is done again and again. */
    private interface Step {
        void take(Random random) throws Exception;
    }

    private List<Thread> load() {
        List<Thread> threads = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            List<String> own = new ArrayList<>();
            threads.add(again(writer, 5, random -> write(own, random)));
            threads.add(again(10 + writer, 5, this::increment));
        }
        threads.add(again(20, 100, this::importProfiles));
        threads.add(again(21, 300, this::list));
        threads.add(again(22, 1_000, this::runJob));
        for (int reader = 0; reader < 3; reader++) {
            threads.add(again(30 + reader, 5, this::read));
        }
        threads.add(again(40, 50, this::count));
        threads.add(again(41, 200, this::walk));
        return threads;
    }

    private Thread again(int number, int pause, Step step) {
        Random random = new Random(SEED * 1_000 + number);
        return Thread.ofPlatform().start(() -> {
            while (!ended) {
                try {
                    step.take(random);
                    Thread.sleep(pause);
                } catch (HttpConnectTimeoutException notThere) {
                    count("cut off");
                } catch (HttpTimeoutException hanging) {
                    wrong.add("there was no answer within " + LONGEST);
                } catch (IOException cutOff) {
                    count("cut off");
                    pause();
                } catch (InterruptedException stopped) {
                    return;
                } catch (Exception | AssertionError unexpected) {
                    wrong.add("unexpected: " + unexpected);
                }
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Creates an audience, or changes or deletes one of the writer's own. */
    private void write(List<String> own, Random random) throws Exception {
        int choice = random.nextInt(20);
        if (own.isEmpty() || own.size() < 200 && choice < 4) {
            Answer answer = send("POST", AUDIENCES, Map.of(), """
                    {"name": "A", "description": "0", "expression": {"value": "number < %d"}}
                    """.formatted(random.nextInt(1_000)));
            if (answer.succeeded()) {
                String id = answer.body().get("id").asText();
                audiences.put(id, new Known());
                own.add(id);
            }
            return;
        }
        String id = own.get(random.nextInt(own.size()));
        Known known = audiences.get(id);
        if (choice == 19) {
            known.deletionAttempted = true;
            own.remove(id);
            if (send("DELETE", AUDIENCES + "/" + id, Map.of(), "").succeeded()) {
                known.deleted = true;
            }
            return;
        }
        long next = known.attempted + 1;
        known.attempted = next;
        known.attemptedChanges++;
        Answer answer = send(
                "PATCH",
                AUDIENCES + "/" + id,
                Map.of(),
                "[{\"op\": \"replace\", \"path\": \"/description\", \"value\": \"" + next + "\"}]");
        if (answer.succeeded()) {
            known.acknowledged = next;
            known.acknowledgedChanges++;
        }
    }

    /** Adds one to the number of the audience that all writers share, unless another was faster. */
    private void increment(Random random) throws Exception {
        Answer present = send("GET", AUDIENCES + "/" + shared, Map.of(), "");
        if (!present.succeeded()) {
            return;
        }
        long number = present.body().get("description").asLong();
        increments.attempted.incrementAndGet();
        Answer answer = send(
                "PATCH",
                AUDIENCES + "/" + shared,
                Map.of("If-Match", present.body().get("_etag").asText()),
                "[{\"op\": \"replace\", \"path\": \"/description\", \"value\": \"" + (number + 1) + "\"}]");
        if (answer.succeeded()) {
            increments.acknowledged.incrementAndGet();
        } else if (answer.status() == 412) {
            increments.attempted.decrementAndGet();
        }
    }

    private void importProfiles(Random random) throws Exception {
        long first = profiles.attempted.getAndAdd(PROFILES_OF_AN_IMPORT);
        String lines = IntStream.range(0, PROFILES_OF_AN_IMPORT)
                .mapToObj(i -> "{\"identityMap\": {\"crmid\": [{\"id\": \"C%d\"}]}, \"number\": %d}"
                        .formatted(first + i, (first + i) % 1_000))
                .collect(Collectors.joining("\n"));
        Answer answer =
                send("POST", "/data/core/ups/profiles/import", Map.of("Content-Type", "application/x-ndjson"), lines);
        if (answer.succeeded()) {
            if (answer.body().at("/metrics/created").asLong() != PROFILES_OF_AN_IMPORT) {
                wrong.add("an import of new profiles says " + answer.body());
            }
            profiles.acknowledged.addAndGet(PROFILES_OF_AN_IMPORT);
        }
    }

    /** Gives the external audience another list of members, all of which are there. */
    private void list(Random random) throws Exception {
        int length = 1 + random.nextInt(PROFILES_OF_AN_IMPORT);
        mayBeListed.set(length);
        String lines = IntStream.range(0, length)
                .mapToObj(i -> "{\"namespace\": \"crmid\", \"id\": \"C" + i + "\"}")
                .collect(Collectors.joining("\n"));
        Answer answer = send(
                "PUT", AUDIENCES + "/" + external + "/members", Map.of("Content-Type", "application/x-ndjson"), lines);
        if (answer.succeeded()) {
            listed.set(length);
        }
    }

    private void runJob(Random random) throws Exception {
        Answer job = send("POST", JOBS, Map.of(), "[{\"segmentId\": \"*\"}]");
        if (!job.succeeded()) {
            return;
        }
        String id = job.body().get("id").asText();
        String status = Awaitility.await()
                .forever()
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> status(id), now -> ended || !now.equals("NEW") && !now.equals("PROCESSING"));
        if (!ended && !status.equals("SUCCEEDED")) {
            wrong.add("a segment job is over: " + id + " is " + status);
        }
    }

    /** The status of a job, which is taken to be as before while the service cannot tell. */
    private String status(String job) throws Exception {
        Answer answer = send("GET", JOBS + "/" + job, Map.of(), "");
        return answer.succeeded() ? answer.body().get("status").asText() : "PROCESSING";
    }

    /** Reads an audience: never older than what was acknowledged before, never newer than what was tried. */
    private void read(Random random) throws Exception {
        List<String> ids = List.copyOf(audiences.keySet());
        if (ids.isEmpty()) {
            return;
        }
        String id = ids.get(random.nextInt(ids.size()));
        Known known = audiences.get(id);
        long least = known.acknowledged;
        boolean gone = known.deleted;
        long start = System.nanoTime();
        Answer answer = send("GET", AUDIENCES + "/" + id, Map.of(), "");
        readingTimes.get(phase).add(System.nanoTime() - start);
        if (answer.status() == 404) {
            if (!known.deletionAttempted) {
                wrong.add(id + " is gone, and nobody deleted it");
            }
        } else if (answer.succeeded()) {
            long read = answer.body().get("description").asLong();
            if (gone || read < least || read > known.attempted) {
                wrong.add(id + " was read as " + read + " after " + least + (gone ? " and its deletion" : ""));
            }
        }
    }

    /** The numbers contain every import that had ended before. */
    private void count(Random random) throws Exception {
        long least = profiles.acknowledged.get();
        Answer answer = send("GET", AUDIENCES + "/" + everybody + "?withMetrics=true", Map.of(), "");
        if (answer.succeeded()) {
            long total = answer.body().at("/metrics/data/totalProfiles").asLong(-1);
            long most = profiles.attempted.get();
            if (total < least || total > most) {
                wrong.add("everybody is " + total + ", not from " + least + " to " + most);
            }
        }
    }

    /** A page is whole: as long as it says, without doubles, and with all that is there when it is the only one. */
    private void walk(Random random) throws Exception {
        List<String> before = audiences.entrySet().stream()
                .filter(entry -> !entry.getValue().deletionAttempted)
                .map(Map.Entry::getKey)
                .toList();
        Answer answer = send("GET", AUDIENCES, Map.of(), "");
        if (answer.succeeded()) {
            List<String> ids = new ArrayList<>();
            answer.body()
                    .get("children")
                    .forEach(child -> ids.add(child.get("id").asText()));
            if (ids.stream().distinct().count() != ids.size()
                    || ids.size() != answer.body().at("/_page/totalCount").asInt()) {
                wrong.add("a list of " + ids.size() + " says " + answer.body().get("_page"));
            }
            for (String id : before) {
                if (!ids.contains(id) && !audiences.get(id).deletionAttempted) {
                    wrong.add(id + " is missing in the list");
                }
            }
        }
    }

    private void verify(OwnPostgresql database) throws Exception {
        for (Map.Entry<String, Known> entry : audiences.entrySet()) {
            String id = entry.getKey();
            Known known = entry.getValue();
            Answer answer = send("GET", AUDIENCES + "/" + id, Map.of(), "");
            if (answer.status() == 404 ? !known.deletionAttempted : known.deleted) {
                wrong.add("at the end: " + id + " is " + answer.status());
            }
            if (answer.succeeded()) {
                long read = answer.body().get("description").asLong();
                if (read < known.acknowledged || read > known.attempted) {
                    wrong.add("at the end: " + id + " is " + read + ", not " + known.acknowledged);
                }
            }
            Answer events = send("GET", "/data/core/ups/audit/events?action=changed&audience=" + id, Map.of(), "");
            long changes = events.body().at("/_page/totalCount").asLong(-1);
            if (changes < known.acknowledgedChanges || changes > known.attemptedChanges) {
                wrong.add("at the end: " + id + " has " + changes + " events, not " + known.acknowledgedChanges);
            }
        }
        long number = send("GET", AUDIENCES + "/" + shared, Map.of(), "")
                .body()
                .get("description")
                .asLong();
        if (number < increments.acknowledged.get() || number > increments.attempted.get()) {
            wrong.add("at the end: the shared number is " + number + ", " + increments);
        }
        long stored =
                database.number("select count(*) from profile where sandbox_id in (select sandbox_id from audience)");
        if (stored < profiles.acknowledged.get() || stored > profiles.attempted.get()) {
            wrong.add("at the end: " + stored + " profiles, " + profiles);
        }
        long total = send("GET", AUDIENCES + "/" + everybody + "?withMetrics=true", Map.of(), "")
                .body()
                .at("/metrics/data/totalProfiles")
                .asLong(-1);
        if (total != stored) {
            wrong.add("at the end: everybody is " + total + " of " + stored + " profiles");
        }
        long members = send("GET", AUDIENCES + "/" + external + "/members?limit=1", Map.of(), "")
                .body()
                .at("/_page/totalCount")
                .asLong(-1);
        if (members != listed.get() && members != mayBeListed.get()) {
            wrong.add("at the end: " + members + " members, not " + listed);
        }
    }

    /** @throws IOException when there is no whole answer */
    private Answer send(String method, String path, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(LONGEST)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        int status = response.statusCode();
        count(String.valueOf(status));
        boolean comeAgain =
                status == 503 && response.headers().firstValue("Retry-After").isPresent();
        if (status >= 500 && !comeAgain || status == 400) {
            wrong.add(method + " " + path + " is answered with " + status + ": " + response.body());
        }
        return new Answer(status, response.body().isEmpty() ? json.nullNode() : json.readTree(response.body()));
    }

    private void count(String what) {
        statuses.computeIfAbsent(what, first -> new AtomicLong()).incrementAndGet();
    }
}
