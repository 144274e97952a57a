package dev.pequel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Other tenants that ask the service for too much, and send and read too slowly. Whatever they are answered must be true, or a
 * refusal that says when to come again.
 */
final class SoakAttack {

    private static final int TENANTS = 200;
    private static final int PROFILES = 4_000;
    private static final int DRIPPING = 60;
    private static final int SLOW_READERS = 20;
    private static final String BASE = "/data/core/ups";

    /** Whoever compares naively compares 10,000,000,000 characters. */
    private static final String EXPENSIVE = """
            {"expression": {"value": "text.contains(\\"%sb\\")"}, "profile": {"text": "%s"}}
            """.formatted("a".repeat(20_000), "a".repeat(500_000));

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Supplier<String> address;
    private final Queue<String> wrong;
    private final Map<Integer, Boolean> filled = new ConcurrentHashMap<>();
    private volatile boolean ended;

    /**
     * @param address of the service, which may change
     * @param wrong gets what should not have happened
     */
    SoakAttack(Supplier<String> address, Queue<String> wrong) {
        this.address = address;
        this.wrong = wrong;
    }

    private interface Step {
        void take(Random random) throws IOException, InterruptedException;
    }

    List<Thread> start() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(again(i, this::countInSomeSandbox));
        }
        for (int i = 0; i < DRIPPING; i++) {
            int number = i;
            threads.add(again(100 + i, random -> drip(number)));
        }
        for (int i = 0; i < SLOW_READERS; i++) {
            int number = i;
            threads.add(again(200 + i, random -> readSlowly(number)));
        }
        for (int i = 0; i < 4; i++) {
            threads.add(again(300 + i, random -> send("expensive", "POST", "/pql/evaluate", EXPENSIVE)));
        }
        return threads;
    }

    void end() {
        ended = true;
    }

    private Thread again(int number, Step step) {
        Random random = new Random(number);
        return Thread.ofVirtual().start(() -> {
            while (!ended) {
                try {
                    step.take(random);
                    Thread.sleep(100);
                } catch (IOException cutOff) {
                    pause();
                } catch (InterruptedException stopped) {
                    return;
                } catch (RuntimeException unexpected) {
                    wrong.add("unexpected in the attack: " + unexpected);
                }
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A sandbox of 4,000 profiles, one of many: all their snapshots together do not fit into memory. */
    private void countInSomeSandbox(Random random) throws IOException, InterruptedException {
        int number = random.nextInt(TENANTS);
        String organization = "crowd-" + number;
        if (!filled.containsKey(number)) {
            String lines = IntStream.range(0, PROFILES)
                    .mapToObj(
                            i -> "{\"identityMap\": {\"crmid\": [{\"id\": \"%d\"}]}, \"number\": %d, \"text\": \"%x\"}"
                                    .formatted(i, i, random.nextLong()))
                    .collect(Collectors.joining("\n"));
            if (send(organization, "POST", "/profiles/import", lines).statusCode() == 200) {
                filled.put(number, true);
            }
            return;
        }
        int bound = random.nextInt(PROFILES);
        HttpResponse<String> answer = send(organization, "POST", "/preview", """
                {"predicateExpression": "number < %d", "predicateType": "pql/text"}
                """.formatted(bound));
        if (answer.statusCode() == 201) {
            String id = json.readTree(answer.body()).get("previewId").asText();
            HttpResponse<String> estimate = send(organization, "GET", "/estimate/" + id, "");
            JsonNode body = json.readTree(estimate.body());
            if (estimate.statusCode() == 200
                    && body.path("state").asText().equals("RESULT_READY")
                    && body.path("estimatedSize").asInt(-1) != bound) {
                wrong.add("a count of " + organization + " is " + body + ", not " + bound);
            }
        }
    }

    /** An import of which a byte comes now and then, until the service has had enough. */
    private void drip(int number) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + BASE + "/profiles/import HTTP/1.1\r\nHost: x\r\nx-gw-ims-org-id: dripping-" + number
                            + "\r\nx-sandbox-name: prod\r\nContent-Type: application/x-ndjson\r\n"
                            + "Content-Length: 1000000\r\n\r\n{}\n")
                    .getBytes(StandardCharsets.US_ASCII));
            while (!ended) {
                out.write('\n');
                out.flush();
                Thread.sleep(1_000);
            }
        }
    }

    /** A client that does not take what it asked for. */
    private void readSlowly(int number) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            socket.setReceiveBufferSize(1_024);
            socket.getOutputStream()
                    .write(("GET " + BASE + "/audiences?limit=1000 HTTP/1.1\r\nHost: x\r\nx-gw-ims-org-id: crowd-"
                                    + number + "\r\nx-sandbox-name: prod\r\n\r\n")
                            .repeat(50)
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 30 && !ended; i++) {
                if (socket.getInputStream().read() < 0) {
                    return;
                }
                Thread.sleep(1_000);
            }
        }
    }

    private Socket connect() throws IOException {
        URI service = URI.create(address.get());
        return new Socket(service.getHost(), service.getPort());
    }

    private HttpResponse<String> send(String organization, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.get() + BASE + path))
                .timeout(Duration.ofSeconds(60))
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", "prod")
                .header("Content-Type", path.endsWith("/import") ? "application/x-ndjson" : "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        boolean refusedForNow = answer.statusCode() == 503 || answer.statusCode() == 429;
        if (answer.statusCode() >= 500 && !refusedForNow
                || refusedForNow && answer.headers().firstValue("Retry-After").isEmpty()) {
            wrong.add(method + " " + path + " of " + organization + " is answered with " + answer.statusCode() + ": "
                    + answer.body());
        }
        return answer;
    }
}
