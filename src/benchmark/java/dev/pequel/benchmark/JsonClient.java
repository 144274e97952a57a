package dev.pequel.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends requests to a service over HTTP and reads the JSON of its responses. */
public final class JsonClient implements AutoCloseable {

    private static final String JSON = "application/json";

    private final String address;
    private final Map<String, String> headers;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param address scheme, host and port */
    public JsonClient(String address) {
        this(address, Map.of());
    }

    /** @param headers of every request */
    public JsonClient(String address, Map<String, String> headers) {
        this.address = address;
        this.headers = headers;
    }

    /** @throws IOException when the response is not 200 */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return require200(send(request(path, JSON).GET().build()));
    }

    /** @throws IOException when the response is not 200 */
    public JsonNode post(String path, String body) throws IOException, InterruptedException {
        return post(path, JSON, BodyPublishers.ofString(body));
    }

    /** @throws IOException when the response is not 200 */
    public JsonNode post(String path, String mediaType, BodyPublisher body) throws IOException, InterruptedException {
        return require200(send(request(path, mediaType).POST(body).build()));
    }

    /** Posts JSON and returns the status of the response, whichever it is. */
    public int statusOfPost(String path, String body) throws IOException, InterruptedException {
        return send(request(path, JSON).POST(BodyPublishers.ofString(body)).build())
                .statusCode();
    }

    private HttpRequest.Builder request(String path, String mediaType) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).header("Content-Type", mediaType);
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private JsonNode require200(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException(response.request().method() + " " + response.uri() + ": " + response.statusCode()
                    + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return json.readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
