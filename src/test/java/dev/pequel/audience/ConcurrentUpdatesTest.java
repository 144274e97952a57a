package dev.pequel.audience;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.BareRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes of one audience by many clients at once. */
@QuarkusTest
class ConcurrentUpdatesTest {

    private static final int CLIENTS = 8;
    private static final int CHANGES = 10;

    private final TestSandbox sandbox = TestSandbox.fresh();

    @Test
    void noPatchIsLost() throws Exception {
        String id = sandbox.create(Documented.DEFINITION);

        List<Integer> statuses = atOnce(client -> () -> {
            for (int change = 0; change < CHANGES; change++) {
                sandbox.patch(
                                id,
                                "[{\"op\": \"add\", \"path\": \"/labels/-\", \"value\": \"%d-%d\"}]"
                                        .formatted(client, change))
                        .statusCode(200);
            }
            return 200;
        });

        assertEquals(CLIENTS, statuses.size());
        List<String> labels = sandbox.get(id).extract().path("labels");
        List<String> expected = new ArrayList<>(List.of("core/C1"));
        IntStream.range(0, CLIENTS)
                .forEach(client -> IntStream.range(0, CHANGES).forEach(change -> expected.add(client + "-" + change)));
        assertEquals(
                expected.stream().sorted().toList(), labels.stream().sorted().toList());
    }

    @Test
    void ofAllThatExpectTheSameVersionOneSucceeds() throws Exception {
        String id = sandbox.create(Documented.DEFINITION);
        String tag = sandbox.get(id).extract().path("_etag");

        List<Integer> statuses = atOnce(client -> () -> sandbox.request()
                .header("If-Match", tag)
                .body("[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"%d\"}]".formatted(client))
                .patch(TestSandbox.AUDIENCES + "/{id}", id)
                .statusCode());

        assertEquals(1, statuses.stream().filter(status -> status == 200).count());
        assertEquals(
                CLIENTS - 1, statuses.stream().filter(status -> status == 412).count());
    }

    @Test
    void ofAllThatCreateTheSameExternalAudienceOneSucceeds() throws Exception {
        List<Integer> statuses = atOnce(
                client -> () -> sandbox.post(Documented.EXTERNAL).extract().statusCode());

        assertEquals(1, statuses.stream().filter(status -> status == 200).count());
        assertEquals(
                CLIENTS - 1, statuses.stream().filter(status -> status == 409).count());
    }

    @Test
    void theFirstRequestsOfASandboxAgreeOnIt() throws Exception {
        List<String> sandboxes = atOnce(client -> () ->
                sandbox.post(Documented.DEFINITION).statusCode(200).extract().path("sandbox.sandboxId"));

        assertEquals(1, sandboxes.stream().distinct().count());
    }

    /** Those that are stored together are not mixed up, and a sandbox's are never stored with another's. */
    @Test
    void allThatAreCreatedAtOnceAreReadAsTheirClientsWereTold() throws Exception {
        List<TestSandbox> sandboxes = List.of(sandbox, TestSandbox.fresh());

        List<Map<String, String>> told = atOnce(client -> () -> {
            TestSandbox own = sandboxes.get(client % sandboxes.size());
            Map<String, String> created = new HashMap<>();
            for (int i = 0; i < CHANGES; i++) {
                ValidatableResponse answer =
                        own.post("""
                        {"name": "%d-%d", "expression": {"value": "person.age = %1$d%2$d"}}
                        """.formatted(client, i)).statusCode(200).body("name", equalTo(client + "-" + i));
                created.put(answer.extract().path("id"), answer.extract().asString());
            }
            return created;
        });

        for (int client = 0; client < CLIENTS; client++) {
            TestSandbox own = sandboxes.get(client % sandboxes.size());
            TestSandbox other = sandboxes.get((client + 1) % sandboxes.size());
            assertEquals(CHANGES, told.get(client).size());
            told.get(client).forEach((id, document) -> {
                assertEquals(document, own.get(id).statusCode(200).extract().asString());
                other.get(id).statusCode(404);
            });
        }
    }

    /** Reads that are answered together are not mixed up either. */
    @Test
    void whoReadsAtOnceReadsWhatHeAskedFor() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ids.add(sandbox.define("audience " + i, "person.age = " + i));
            sandbox.get(ids.get(i)).statusCode(200);
        }

        BareRequests requests = new BareRequests(sandbox.organization(), sandbox.name());
        atOnce(client -> () -> {
            for (int i = 0; i < 5 * CHANGES; i++) {
                int which = (client + i) % CLIENTS;
                JsonNode audience = requests.get(TestSandbox.AUDIENCES + "/" + ids.get(which), 200);
                assertEquals(ids.get(which), audience.get("id").asText());
                assertEquals("audience " + which, audience.get("name").asText());
                requests.get(TestSandbox.AUDIENCES + "/" + UUID.randomUUID(), 404);
            }
            return client;
        });
    }

    private static <T> List<T> atOnce(IntFunction<Callable<T>> request) throws Exception {
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            return threads
                    .invokeAll(IntStream.range(0, CLIENTS).mapToObj(request).toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }
}
