package dev.pequel.profile.importing.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Type;
import dev.pequel.profile.importing.line.AttributePaths.Refused;
import dev.pequel.profile.importing.line.LineError.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AttributePathsTest {

    private static final JsonFactory JSON = new JsonFactory();

    private final AttributePaths paths = new AttributePaths(BuiltInSchema.schema(), 1000);

    @Example
    void listsAddNoStepAndKeysOfDeclaredMapsAreOne() throws IOException {
        assertTrue(profile(paths, """
                {"person": {"name": {"first": "Jo"}}, "orders": [1, {"id": 1}, [{"price": 2, "items": []}], {"id": null}],
                 "identityMap": {"Email": [{"id": "a"}], "ECID": [{"id": "b", "primary": true}]}, "a.b": {"1": {"`": 1}, "*": 1}}
                """));
        assertTrue(event(paths, "{\"_id\": \"e\", \"commerce\": {\"order\": {\"priceTotal\": 1}}}"));
        assertEquals(
                new TreeSet<>(List.of(
                        "person",
                        "person.name",
                        "person.name.first",
                        "orders",
                        "orders.id",
                        "orders.price",
                        "orders.items",
                        "identityMap",
                        "identityMap.*",
                        "identityMap.*.id",
                        "identityMap.*.primary",
                        "`a.b`",
                        "`a.b`.`1`",
                        "`a.b`.`1`.````",
                        "`a.b`.`*`",
                        "xEvent._id",
                        "xEvent.commerce",
                        "xEvent.commerce.order",
                        "xEvent.commerce.order.priceTotal")),
                new TreeSet<>(paths.all()));
        assertEquals(19, paths.count());
        assertFalse(profile(paths, "{\"orders\": {\"id\": 5}, \"identityMap\": {\"Phone\": []}}"));
    }

    @Example
    void aDocumentWithOnePathTooManyIsRefusedAndLeavesNothingBehind() throws IOException {
        AttributePaths few = new AttributePaths(BuiltInSchema.schema(), 3);
        profile(few, "{\"a\": {\"b\": 1}}");
        Refused refused = assertThrows(Refused.class, () -> profile(few, "{\"c\": [{\"d\": {\"e\": 1}}]}"));
        assertEquals(Code.TOO_MANY_ATTRIBUTES, refused.code());
        assertTrue(refused.getMessage().startsWith("the attribute c.d "), refused.getMessage());
        assertEquals(2, few.count());
        assertTrue(event(few, "{\"c\": 1}"));
        assertFalse(profile(few, "{\"a\": {\"b\": 1}}"));
        assertThrows(Refused.class, () -> profile(few, "{\"c\": 1}"));
    }

    @Example
    void aPathIsNoLongerThanAnIndexEntryMayBe() {
        Refused refused =
                assertThrows(Refused.class, () -> profile(paths, "{\"a\": {\"" + "é".repeat(1000) + "\": 1}}"));
        assertEquals(Code.NOT_STORABLE, refused.code());
    }

    @Example
    void anObjectWithManyNamesIsAMapUnlessItIsADocument() throws IOException {
        assertTrue(profile(paths, "{\"m\":" + object(0, 256, "{\"x\":{\"y\":1}}") + "}"));
        assertEquals(1 + 3 * 256, paths.count());
        assertFalse(paths.isRewritten());
        assertTrue(profile(paths, "{\"m\":{\"one\":{\"z\":1}}}"));
        assertEquals(new TreeSet<>(List.of("m", "m.*", "m.*.x", "m.*.x.y", "m.*.z")), new TreeSet<>(paths.all()));
        assertTrue(paths.isRewritten());
        assertFalse(profile(paths, "{\"m\":" + object(1000, 5000, "{\"x\":1}") + "}"));

        assertTrue(profile(paths, object(0, 300, "1")));
        assertTrue(event(paths, object(0, 300, "1")));
        assertEquals(5 + 600, paths.count());
    }

    @Example
    void anObjectThatIsDeclaredAsAMapLaterIsOneFromThenOn() throws IOException {
        profile(paths, "{\"m\":{\"a\":{\"x\":1},\"b\":{\"y\":1}}}");
        AttributePaths declared = new AttributePaths(
                new ProfileSchema(new Type.ObjectOf(Map.of("m", new Type.MapOf(Type.ANY)), true), false), 1000);
        declared.load(paths.all());
        assertEquals(new TreeSet<>(List.of("m", "m.*", "m.*.x", "m.*.y")), new TreeSet<>(declared.all()));
        assertTrue(declared.isRewritten());
    }

    private static String object(int from, int to, String value) {
        return IntStream.range(from, to)
                .mapToObj(i -> "\"n" + i + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Documents that are given up leave nothing behind, and what is stored is what is known. */
    @Property(tries = 200)
    void pathsAreThoseOfTheDocumentsThatAreKept(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        AttributePaths known = new AttributePaths(BuiltInSchema.schema(), 600);
        AttributePaths keptAlone = new AttributePaths(BuiltInSchema.schema(), 600);
        for (int i = 0; i < 30; i++) {
            String document = object(random, 3);
            if (random.nextInt(3) == 0) {
                abandoned(known, document);
            } else {
                try {
                    profile(known, document);
                } catch (Refused refused) {
                    assertThrows(Refused.class, () -> profile(keptAlone, document));
                    continue;
                }
                profile(keptAlone, document);
            }
            assertEquals(new HashSet<>(keptAlone.all()), new HashSet<>(known.all()));
            assertEquals(known.all().size(), known.count());
            assertEquals(keptAlone.isRewritten(), known.isRewritten());
            AttributePaths loaded = new AttributePaths(BuiltInSchema.schema(), 600);
            loaded.load(known.all());
            assertEquals(new HashSet<>(known.all()), new HashSet<>(loaded.all()));
            assertEquals(known.count(), loaded.count());
            assertFalse(loaded.isRewritten());
        }
    }

    private static String object(Random random, int depth) {
        int names = random.nextInt(8) == 0 ? 300 : random.nextInt(5);
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < names; i++) {
            String value = depth == 0 || names > 200 && random.nextInt(20) > 0 ? "1" : object(random, depth - 1);
            fields.add("\"n" + random.nextInt(600) % (random.nextBoolean() ? 600 : 4) + "\":"
                    + (random.nextInt(4) == 0 ? "[" + value + "]" : value));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private static boolean profile(AttributePaths paths, String document) throws IOException {
        try (JsonParser parser = paths.followingProfile(JSON.createParser(document))) {
            readAll(parser);
            return paths.keep();
        } finally {
            paths.forget();
        }
    }

    private static boolean event(AttributePaths paths, String document) throws IOException {
        try (JsonParser parser = paths.followingEvent(JSON.createParser(document))) {
            readAll(parser);
            return paths.keep();
        } finally {
            paths.forget();
        }
    }

    private static void abandoned(AttributePaths paths, String document) throws IOException {
        try (JsonParser parser = paths.followingProfile(JSON.createParser(document))) {
            readAll(parser);
        } catch (Refused refused) {
            // Given up all the same.
        } finally {
            paths.forget();
        }
    }

    private static void readAll(JsonParser parser) throws IOException {
        parser.nextToken();
        parser.skipChildren();
    }
}
