package dev.pequel.benchmark.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Supplier;

/** Speaks to the service as any client does. */
final class Client {

    private static final String BASE = "/data/core/ups";

    private final String address;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Client(String address) {
        this.address = address;
    }

    /** The id of a new audience. */
    String create(String name, String expression) throws IOException, InterruptedException {
        JsonNode body = json.createObjectNode()
                .put("name", name)
                .put("type", "SegmentDefinition")
                .set(
                        "expression",
                        json.createObjectNode()
                                .put("type", "PQL")
                                .put("format", "pql/text")
                                .put("value", expression));
        return send("POST", "/audiences", "application/json", BodyPublishers.ofString(body.toString()))
                .path("id")
                .asText();
    }

    /** The number of its members, counted if it is not known. */
    long totalProfiles(String audience) throws IOException, InterruptedException {
        return get("/audiences/" + audience + "?withMetrics=true")
                .at("/metrics/data/totalProfiles")
                .asLong();
    }

    /** A new job for some audiences. */
    String evaluate(List<String> audiences) throws IOException, InterruptedException {
        var body = json.createArrayNode();
        audiences.forEach(audience -> body.addObject().put("segmentId", audience));
        return send("POST", "/segment/jobs", "application/json", BodyPublishers.ofString(body.toString()))
                .path("id")
                .asText();
    }

    JsonNode job(String id) throws IOException, InterruptedException {
        return get("/segment/jobs/" + id);
    }

    /** Imports NDJSON, which is sent as it is read, and gives the job as it ended. */
    JsonNode importLines(String content, Supplier<InputStream> lines) throws IOException, InterruptedException {
        return send("POST", "/" + content + "/import", "application/x-ndjson", BodyPublishers.ofInputStream(lines));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", BodyPublishers.noBody());
    }

    private JsonNode send(String method, String path, String contentType, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + BASE + path))
                .header("Content-Type", contentType)
                .method(method, body)
                .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(
                    method + " " + path + ": " + response.statusCode() + " " + new String(response.body()));
        }
        return json.readTree(response.body());
    }
}
