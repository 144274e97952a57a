package dev.pequel.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pequel.input.WireRequest.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** What can be wrong with a request. Which of it is, and where, a random number decides. */
final class Mutations {

    /** Written as they stand into JSON: not all of them are JSON. */
    private static final List<String> JSON_VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"a\\u0007\\u001b[31m\"",
            "\"\u202e\u0000\"",
            "\"\ud83d\ude00\"",
            "\"%s%n${jndi:ldap://x}\"",
            "\"'; drop table audience; --\"",
            "\"" + "x".repeat(5_000) + "\"",
            "\"" + "\u00e4".repeat(70_000) + "\"",
            "\"" + "(".repeat(3_000) + "\"",
            "\"" + "not ".repeat(2_000) + "true\"",
            "0",
            "-1",
            "1.5",
            "2147483648",
            "-9223372036854775809",
            "1e400",
            "1e-400",
            "-0.0",
            "1E1000000000",
            "9".repeat(500),
            "01",
            "NaN",
            "Infinity",
            "[]",
            "{}",
            "[null]",
            "[[[[[[]]]]]]",
            "{\"\": {\"\": null}}",
            "{\"a\": 1, \"a\": 2}",
            "[".repeat(3_000) + "]".repeat(3_000),
            "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_000),
            "undefined",
            "'x'",
            "\"unterminated",
            "");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "-1",
            "0",
            "1.5",
            "99999999999999999999",
            "2147483648",
            "NaN",
            "true",
            "null",
            "*",
            "../../etc/passwd",
            "a==b",
            "==",
            "name==",
            "name:asc:desc",
            "'; drop table audience; --",
            "%s${x}",
            "\u0000",
            "a\u0000b",
            "\u0007\u001b[31m",
            "\ud83d\ude00",
            "\u202e",
            "x".repeat(1_000),
            "00000000-0000-0000-0000-000000000000",
            "1-1-1-1-1",
            "2026-02-30T00:00:00Z",
            "+999999999-12-31T23:59:59Z");

    /** Encoded, or meant to be. */
    private static final List<String> ENCODED = List.of(
            "%zz", "%", "%0", "%00", "%ff", "%c3%28", "%ed%a0%80", "%2f", "%2e%2e", "+", "%25zz", "%u0041", ";a=b");

    private static final List<String> MEDIA_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/json;;;",
            "application/*",
            "*/*",
            "/",
            "json",
            "",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/json-patch+json",
            "application/x-ndjson",
            "text/csv",
            "\u00e4/\u00f6");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO", "get", "PROPFIND");

    private static final String MARK = "\u0001raw\u0001";

    private final Random random;
    private final ObjectMapper json = new ObjectMapper();

    Mutations(Random random) {
        this.random = random;
    }

    /** A request with something wrong, or at least unusual. */
    WireRequest of(WireRequest request) {
        int kind = random.nextInt(100);
        if (request.body().isPresent() && kind < 55) {
            return kind < 42 ? withJson(request) : withBytes(request);
        }
        if (kind < 75) {
            return withQuery(request);
        }
        if (kind < 85) {
            return withPath(request);
        }
        return kind < 95 ? withHeader(request) : withMethod(request);
    }

    private WireRequest withMethod(WireRequest request) {
        return new WireRequest(pick(METHODS), request.target(), request.headers(), request.body());
    }

    private WireRequest withJson(WireRequest request) {
        String text = new String(request.body().orElseThrow(), StandardCharsets.UTF_8);
        try {
            JsonNode tree = json.readTree(text);
            List<JsonNode> containers = new ArrayList<>();
            collect(tree, containers);
            if (containers.isEmpty() || random.nextInt(20) == 0) {
                return request.withBody(pick(JSON_VALUES).getBytes(StandardCharsets.UTF_8));
            }
            String written = change(tree, pick(containers));
            return request.withBody(written.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException severalLines) {
            return withBytes(request);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private String change(JsonNode tree, JsonNode container) {
        String value = pick(JSON_VALUES);
        TextNode mark = TextNode.valueOf(MARK);
        if (container instanceof ArrayNode array) {
            int index = random.nextInt(array.size());
            switch (random.nextInt(isPatch(array) ? 8 : 4)) {
                case 0 -> array.remove(index);
                case 1 -> {
                    JsonNode item = array.get(index);
                    for (int i = 0; i < 1_000; i++) {
                        array.add(item);
                    }
                }
                case 4, 5, 6, 7 -> addCopies(array);
                default -> array.set(index, mark);
            }
        } else if (container instanceof ObjectNode object) {
            List<String> names =
                    object.properties().stream().map(Map.Entry::getKey).toList();
            String name = pick(names);
            switch (random.nextInt(8)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(pick(TEXTS), object.remove(name));
                case 2 -> {
                    // The same name twice.
                    JsonNode present = object.remove(name);
                    object.set(name, mark);
                    value = present + ", " + TextNode.valueOf(name) + ": " + value;
                }
                default -> object.set(name, mark);
            }
        }
        return tree.toString().replace(TextNode.valueOf(MARK).toString(), value);
    }

    private static boolean isPatch(ArrayNode array) {
        return array.path(0).has("op");
    }

    /** Of copies that contain each other grows what is larger or deeper than whatever was sent. */
    private void addCopies(ArrayNode patch) {
        String from =
                pick(List.of("/labels", "/schema", "/expression", "/evaluationInfo", "/audienceMeta", "/name", ""));
        String to = pick(List.of(from + "/-", from + "/a", from, "/labels/-", "/schema/a", "/description"));
        int copies = pick(List.of(1, 35, 500, 2_000));
        if (random.nextBoolean()) {
            patch.addObject()
                    .put("op", "add")
                    .put("path", from)
                    .putArray("value")
                    .add("xxxx");
        }
        for (int i = 0; i < copies; i++) {
            patch.addObject()
                    .put("op", random.nextInt(20) == 0 ? "move" : "copy")
                    .put("from", from)
                    .put("path", to);
        }
    }

    private WireRequest withBytes(WireRequest request) {
        byte[] body = request.body().orElseThrow();
        String text = new String(body, StandardCharsets.UTF_8);
        return switch (random.nextInt(11)) {
            case 0 -> request.withBody(new byte[0]);
            case 1 -> request.withBody(Arrays.copyOf(body, random.nextInt(body.length + 1)));
            case 2 -> request.withBody(text.getBytes(StandardCharsets.UTF_16));
            case 3 -> request.withBody(("\ufeff" + text).getBytes(StandardCharsets.UTF_8));
            case 4 -> request.withBody(text.replace('a', '\u00e4').getBytes(StandardCharsets.ISO_8859_1));
            case 5 -> request.withBody(compressed(body));
            case 6 -> {
                byte[] compressed = compressed(body);
                yield request.withBody(Arrays.copyOf(compressed, random.nextInt(compressed.length)));
            }
            case 7 -> request.withBody((text + pick(TEXTS)).getBytes(StandardCharsets.UTF_8));
            case 8 -> request.withBody((text + "\n").repeat(20).getBytes(StandardCharsets.UTF_8));
            case 9 -> {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                yield request.withBody(noise);
            }
            default -> {
                byte[] flipped = body.clone();
                for (int i = 0; i < 1 + random.nextInt(3) && flipped.length > 0; i++) {
                    flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
                }
                yield request.withBody(flipped);
            }
        };
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private WireRequest withQuery(WireRequest request) {
        int mark = request.target().indexOf('?');
        String path = mark < 0 ? request.target() : request.target().substring(0, mark);
        List<String> parameters = new ArrayList<>(
                mark < 0
                        ? List.of()
                        : List.of(request.target().substring(mark + 1).split("&")));
        String value = random.nextBoolean() ? pick(ENCODED) : encoded(pick(TEXTS));
        if (parameters.isEmpty()) {
            parameters.add(
                    pick(List.of("start", "limit", "sort", "property", "name", "withMetrics", "x", "")) + "=" + value);
        } else {
            int index = random.nextInt(parameters.size());
            String name = parameters.get(index).split("=", 2)[0];
            switch (random.nextInt(5)) {
                case 0 -> parameters.remove(index);
                case 1 -> parameters.add(parameters.get(index));
                case 2 -> parameters.set(index, value + "=" + value);
                default -> parameters.set(index, name + "=" + value);
            }
        }
        return request.withTarget(path + "?" + String.join("&", parameters));
    }

    private WireRequest withPath(WireRequest request) {
        int mark = request.target().indexOf('?');
        String path = mark < 0 ? request.target() : request.target().substring(0, mark);
        String query = mark < 0 ? "" : request.target().substring(mark);
        int slash = path.lastIndexOf('/');
        String changed = switch (random.nextInt(7)) {
            case 0 -> path.substring(0, slash + 1) + encoded(pick(TEXTS));
            case 1 -> path.substring(0, slash + 1) + pick(ENCODED);
            case 2 -> path + "/" + encoded(pick(TEXTS));
            case 3 -> path + "/";
            case 4 -> path.replaceFirst("/core", "//core/../core/.");
            case 5 -> path.substring(0, slash);
            default -> path + pick(ENCODED);
        };
        return request.withTarget(changed + query);
    }

    private WireRequest withHeader(WireRequest request) {
        List<Header> headers = new ArrayList<>(request.headers());
        Header changed = switch (random.nextInt(9)) {
            case 0, 1 -> new Header("Content-Type", pick(MEDIA_TYPES));
            case 2 ->
                new Header("Accept", pick(List.of("text/html", ";;;", "*/*;q=x", "application/json;q=0", "", "a/b/c")));
            case 3 ->
                new Header(
                        "x-gw-ims-org-id",
                        pick(List.of("", " ", "\u00e4", "a b", "x".repeat(300), "../x", "'", "a,b")));
            case 4 ->
                new Header(
                        "x-sandbox-name", pick(List.of("", " ", "\u00e4", "a b", "x".repeat(300), "../x", "'", "a,b")));
            case 5 -> new Header("If-Match", pick(List.of("", "*", "x", "\"", "W/\"x\"", ",,,", "\"x".repeat(500))));
            case 6 ->
                new Header("If-None-Match", pick(List.of("", "*", "x", "\"", "W/\"x\"", ",,,", "\"x".repeat(500))));
            case 7 ->
                new Header(
                        "Authorization",
                        pick(List.of("", "Bearer", "Bearer a.b.c", "Bearer ..", "Basic eA==", "x".repeat(3_000))));
            default -> new Header("x-request-id", pick(List.of("", "<script>", "a\u00e4", "x".repeat(1_000), "\"}")));
        };
        if (random.nextInt(3) > 0) {
            headers.removeIf(header -> header.name().equalsIgnoreCase(changed.name()));
        }
        if (random.nextInt(6) > 0) {
            headers.add(changed);
        }
        return request.withHeaders(headers);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
