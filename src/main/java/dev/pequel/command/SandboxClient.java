package dev.pequel.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads and changes the audiences of a sandbox through the HTTP API of a running service. */
final class SandboxClient implements AutoCloseable {

    private static final String AUDIENCES = "/audiences";
    private static final int ON_PAGE = 100;
    private static final int LONGEST_ANSWER = 128 * 1024 * 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private static final ObjectReader JSON = new JsonMapper()
            .readerFor(JsonNode.class)
            .with(JsonNodeFactory.withExactBigDecimals(true))
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final ServiceAddress address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    SandboxClient(ServiceAddress address) {
        this.address = address;
    }

    /** Returns all audiences, newest first. */
    List<JsonNode> audiences() throws ServiceFailure {
        Map<String, JsonNode> audiences = new LinkedHashMap<>();
        JsonNode list;
        long total;
        int page = 0;
        do {
            list = json(get(AUDIENCES + "?start=" + page + "&limit=" + ON_PAGE));
            total = list.at("/_page/totalCount").asLong();
            list.path("children")
                    .forEach(audience -> audiences.put(audience.path("id").asText(), audience));
            page++;
        } while (list.path("_page").has("next") && audiences.size() < total);
        // Pages shift when audiences are created or deleted, so that an audience may have been skipped.
        if (audiences.size() != total) {
            throw new ServiceFailure("The sandbox changed while its audiences were being read; run the command again.");
        }
        return new ArrayList<>(audiences.values());
    }

    /** Returns the schema of the sandbox; empty if the built-in schema applies. */
    Optional<JsonNode> schema() throws ServiceFailure {
        Answer answer = get("/config/schema");
        return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(json(answer));
    }

    /** Returns the id of the merge policy of audiences that do not name one. */
    String defaultMergePolicy() throws ServiceFailure {
        return json(get("/config/mergePolicies")).at("/children/0/id").asText();
    }

    /** Creates an audience and returns it. */
    JsonNode create(JsonNode body) throws ServiceFailure {
        return json(send("POST", AUDIENCES, Optional.empty(), Optional.of(body)));
    }

    /**
     * Overwrites an audience.
     *
     * @param version the entity tag that the audience must have; otherwise the call fails
     */
    void replace(String id, String version, JsonNode body) throws ServiceFailure {
        json(send("PUT", AUDIENCES + "/" + id, Optional.of(version), Optional.of(body)));
    }

    /** Deletes an audience. The version is as in {@link #replace}. */
    void delete(String id, String version) throws ServiceFailure {
        Answer answer = send("DELETE", AUDIENCES + "/" + id, Optional.of(version), Optional.empty());
        if (answer.status() != NO_CONTENT) {
            throw answer.failure();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    // ---- HTTP

    private record Answer(String request, int status, String body) {

        ServiceFailure failure() {
            String changed =
                    status == PRECONDITION_FAILED ? " It has been changed in the meantime; run the command again." : "";
            return new ServiceFailure(request + " was answered with " + status + messages() + changed);
        }

        /** Returns the messages of an error response; empty if the response is not from Pequel. */
        private String messages() {
            try {
                JsonNode errors = JSON.<JsonNode>readValue(body).path("errors").path(String.valueOf(status));
                String messages = StreamSupport.stream(errors.spliterator(), false)
                        .map(error -> error.path("message").asText())
                        .collect(Collectors.joining(" "));
                return messages.isEmpty() ? "" : ": " + messages;
            } catch (JsonProcessingException anotherService) {
                return "";
            }
        }
    }

    private static JsonNode json(Answer answer) throws ServiceFailure {
        if (answer.status() != OK) {
            throw answer.failure();
        }
        try {
            return JSON.readValue(answer.body());
        } catch (JsonProcessingException anotherService) {
            throw new ServiceFailure(answer.request() + " was not answered with JSON");
        }
    }

    private Answer get(String path) throws ServiceFailure {
        return send("GET", path, Optional.empty(), Optional.empty());
    }

    private Answer send(String method, String path, Optional<String> version, Optional<JsonNode> body)
            throws ServiceFailure {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .method(
                        method,
                        body.map(json -> BodyPublishers.ofString(json.toString()))
                                .orElseGet(BodyPublishers::noBody));
        address.headers().forEach(request::header);
        version.ifPresent(tag -> request.header("If-Match", tag));
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        return send(method + " " + address.resolve(path), request.build());
    }

    private Answer send(String name, HttpRequest request) throws ServiceFailure {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            // The timeout of the request ends with the response headers. This one includes the body.
            HttpResponse<Void> answer = http.sendAsync(
                            request,
                            BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                                if (body.size() + bytes.length > LONGEST_ANSWER) {
                                    throw new CancellationException("the response is too long");
                                }
                                body.writeBytes(bytes);
                            })))
                    .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .join();
            return new Answer(name, answer.statusCode(), body.toString(StandardCharsets.UTF_8));
        } catch (CompletionException failed) {
            throw new ServiceFailure(name + " failed: " + words(failed.getCause()));
        }
    }

    private static String words(Throwable failure) {
        return switch (failure) {
            case TimeoutException late -> "there was no response within a minute";
            case ConnectException nobody -> "nothing is listening at this address";
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }
}
