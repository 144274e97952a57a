package dev.pequel.profile.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.profile.store.Profiles.StoredProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EntityDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private final EntityDocument document = new EntityDocument(JSON);

    @Example
    void everythingIsCopiedAsItIsStored() throws IOException {
        String attributes =
                "{\"price\":1.10,\"big\":123456789012345678901234567890,\"list\":[1,{\"a\":[null,true]},[]],\"o\":{\"é\":\"\\\"\"}}";
        assertEquals(
                "{\"PAAAABQ\":{\"entityId\":\"PAAAABQ\",\"sources\":[\"\"],\"entity\":" + attributes
                        + ",\"lastModifiedAt\":\"2026-01-01T00:00:00Z\"}}",
                written(attributes, Optional.empty(), List.of()));
    }

    @Example
    void membershipsAreAddedToThoseThatAreStored() throws IOException {
        ObjectNode audiences =
                (ObjectNode) JSON.readTree("{\"x\":{\"status\":\"realized\"},\"y\":{\"status\":\"exited\"}}");
        assertEntity(
                "{\"segmentMembership\":{\"other\":{\"z\":1},\"ups\":{\"w\":1,\"x\":{\"status\":\"realized\"},\"y\":{\"status\":\"exited\"}}}}",
                "{\"segmentMembership\":{\"other\":{\"z\":1},\"ups\":{\"w\":1,\"x\":{\"status\":\"exited\",\"more\":1}}}}",
                audiences);
        for (String odd : List.of(
                "{}",
                "{\"segmentMembership\":\"x\"}",
                "{\"segmentMembership\":[1,{\"a\":2}]}",
                "{\"segmentMembership\":null}",
                "{\"segmentMembership\":{}}",
                "{\"segmentMembership\":{\"ups\":5}}")) {
            assertEntity("{\"segmentMembership\":{\"ups\":" + audiences + "}}", odd, audiences);
        }
        assertEntity("{}", "{\"segmentMembership\":\"x\",\"a\":1}", audiences, "b");
        assertEntity(
                "{\"segmentMembership\":{\"ups\":{\"x\":{\"status\":\"realized\"}}},\"a\":1}",
                "{\"segmentMembership\":{\"ups\":{\"z\":1}},\"a\":1}",
                audiences,
                "segmentMembership.ups.x",
                "a");
    }

    @Example
    void aPathLeadsThroughObjectsAlone() throws IOException {
        String attributes = "{\"a\":{\"b\":{\"c\":1,\"d\":2},\"e\":3},\"f\":[{\"g\":4}],\"h\":5,\"c\":6}";
        ObjectNode none = JSON.createObjectNode();
        assertEntity("{\"a\":{\"b\":{\"c\":1}}}", attributes, none, "a.b.c");
        assertEntity("{\"a\":{\"b\":{\"c\":1,\"d\":2}},\"h\":5}", attributes, none, "a.b.c", "a.b", "h");
        assertEntity("{\"f\":[{\"g\":4}]}", attributes, none, "f", "f.g", "h.c");
        assertEntity("{\"a\":{}}", attributes, none, "a.x.c", ".", "..", "a.", "");
    }

    private void assertEntity(String expected, String attributes, ObjectNode audiences, String... fields)
            throws IOException {
        Optional<ObjectNode> known = audiences.isEmpty() ? Optional.empty() : Optional.of(audiences);
        JsonNode entity =
                JSON.readTree(written(attributes, known, List.of(fields))).at("/PAAAABQ/entity");
        assertEquals(JSON.readTree(expected), entity);
    }

    /** Field by field what a tree would show. */
    @Property(tries = 500)
    void whateverIsShownIsWhatIsStored(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ObjectNode attributes = object(random, 3);
        List<String> paths = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> String.join(
                        ".",
                        IntStream.range(0, 1 + random.nextInt(3))
                                .mapToObj(step -> name(random))
                                .toList()))
                .toList();
        JsonNode entity = JSON.readTree(written(attributes.toString(), Optional.empty(), paths))
                .at("/PAAAABQ/entity");
        ObjectNode expected = JSON.createObjectNode();
        for (String path : paths) {
            show(attributes, List.of(path.split("\\.")), expected);
        }
        assertEquals(expected, entity);
    }

    private static void show(JsonNode from, List<String> steps, ObjectNode into) {
        JsonNode value = from.path(steps.getFirst());
        if (steps.size() == 1) {
            if (!value.isMissingNode()) {
                into.set(steps.getFirst(), value);
            }
        } else if (value.isObject() && !value.equals(into.path(steps.getFirst()))) {
            show(value, steps.subList(1, steps.size()), into.withObjectProperty(steps.getFirst()));
        }
    }

    private static String name(Random random) {
        return List.of("a", "b", "c", "é").get(random.nextInt(4));
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(name(random), value(random, depth));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> JSON.getNodeFactory().numberNode(random.nextInt(100));
            case 1 -> JSON.getNodeFactory().textNode(name(random));
            case 2 -> JSON.getNodeFactory().nullNode();
            case 3 -> {
                List<JsonNode> items = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                yield JSON.createArrayNode().addAll(items);
            }
            default -> object(random, depth - 1);
        };
    }

    private String written(String attributes, Optional<ObjectNode> audiences, List<String> fields) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.write(new StoredProfile(5, attributes, Instant.parse("2026-01-01T00:00:00Z")), audiences, fields, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
