package dev.pequel.benchmark.service;

import dev.pequel.benchmark.JsonClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A tenant whose clients ask for heavy previews without a pause: every combination of four of a profile's events. */
final class PreviewingTenant implements AutoCloseable {

    static final int CLIENTS = 8;

    private static final int PROFILES = 40_000;
    private static final int PROFILES_PER_ONE_WITH_EVENTS = 400;
    private static final int EVENTS = 24;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BACK_OFF_MILLIS = 200;
    private static final String NDJSON = "application/x-ndjson";
    private static final String PREVIEW = """
            {"predicateType": "pql/text", "predicateExpression":
             "select A from xEvent, B from xEvent, C from xEvent, D from xEvent where A.n + B.n + C.n + D.n > 1000000"}""";

    private final JsonClient client;
    private final Map<Integer, Integer> responses = new ConcurrentSkipListMap<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean asking;

    PreviewingTenant(String address) {
        this.client = new JsonClient(address, Map.of("x-gw-ims-org-id", "neighbour@Pequel"));
    }

    /** Imports the profiles and events, and has them read. */
    void fill() throws IOException, InterruptedException {
        StringBuilder profiles = new StringBuilder();
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < PROFILES; i++) {
            String identity = "\"identityMap\": {\"crmid\": [{\"id\": \"C" + i + "\"}]}}\n";
            profiles.append("{\"n\": 1, ").append(identity);
            for (int event = 0; event < EVENTS && i % PROFILES_PER_ONE_WITH_EVENTS == 0; event++) {
                events.append("{\"_id\": \"%d-%d\", \"timestamp\": 1, \"n\": 1, ".formatted(i, event))
                        .append(identity);
            }
        }
        client.post("/data/core/ups/profiles/import", NDJSON, BodyPublishers.ofString(profiles.toString()));
        client.post("/data/core/ups/events/import", NDJSON, BodyPublishers.ofString(events.toString()));
        preview();
    }

    void begin() {
        responses.clear();
        asking = true;
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.startVirtualThread(this::askForPreviews));
        }
    }

    /** Stops the clients and returns the number of responses by status. */
    String end() throws InterruptedException {
        asking = false;
        String counted = responses.toString();
        for (Thread thread : clients) {
            thread.interrupt();
            thread.join();
        }
        clients.clear();
        return counted;
    }

    private void askForPreviews() {
        try {
            while (asking) {
                int status = preview();
                responses.merge(status, 1, Integer::sum);
                if (status == TOO_MANY_REQUESTS) {
                    Thread.sleep(BACK_OFF_MILLIS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private int preview() throws IOException, InterruptedException {
        return client.statusOfPost("/data/core/ups/preview", PREVIEW);
    }

    @Override
    public void close() {
        client.close();
    }
}
