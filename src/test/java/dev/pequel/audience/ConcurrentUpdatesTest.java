package dev.pequel.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
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
