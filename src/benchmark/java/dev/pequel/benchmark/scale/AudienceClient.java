package dev.pequel.benchmark.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.benchmark.JsonClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.function.Supplier;

/** The requests of Pequel's API that the benchmark needs: audiences, segment jobs and imports. */
final class AudienceClient implements AutoCloseable {

    private static final String BASE = "/data/core/ups";

    private final JsonClient http;

    AudienceClient(String address) {
        this.http = new JsonClient(address);
    }

    /** Creates an audience and returns its id. */
    String create(String name, String expression) throws IOException, InterruptedException {
        ObjectNode audience =
                JsonNodeFactory.instance.objectNode().put("name", name).put("type", "SegmentDefinition");
        audience.putObject("expression")
                .put("type", "PQL")
                .put("format", "pql/text")
                .put("value", expression);
        return http.post(BASE + "/audiences", audience.toString()).path("id").asText();
    }

    /** The number of an audience's members, which is counted if it is not known. */
    long totalProfiles(String audience) throws IOException, InterruptedException {
        return http.get(BASE + "/audiences/" + audience + "?withMetrics=true")
                .at("/metrics/data/totalProfiles")
                .asLong();
    }

    /** Creates a segment job for some audiences and returns its id. */
    String evaluate(List<String> audiences) throws IOException, InterruptedException {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        audiences.forEach(audience -> body.addObject().put("segmentId", audience));
        return http.post(BASE + "/segment/jobs", body.toString()).path("id").asText();
    }

    JsonNode job(String id) throws IOException, InterruptedException {
        return http.get(BASE + "/segment/jobs/" + id);
    }

    /** Imports NDJSON, which is sent while it is read, and returns the completed job. */
    JsonNode importLines(String content, Supplier<InputStream> lines) throws IOException, InterruptedException {
        return http.post(BASE + "/" + content + "/import", "application/x-ndjson", BodyPublishers.ofInputStream(lines));
    }

    @Override
    public void close() {
        http.close();
    }
}
