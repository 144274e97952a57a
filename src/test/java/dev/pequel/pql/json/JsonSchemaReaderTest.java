package dev.pequel.pql.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.pql.json.JsonSchemaReader.Outcome;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.Type.ObjectOf;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaReaderTest {

    private static Outcome read(String json) {
        try {
            return JsonSchemaReader.read(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** The type of the property `x` of a profile, described by the given schema. */
    private static Type typeOfX(String schema) {
        Outcome outcome = read("{\"type\": \"object\", \"properties\": {\"x\": " + schema + "}}");
        assertEquals(List.of(), outcome.problems());
        return outcome.schema().orElseThrow().profile().field("x").orElseThrow();
    }

    private static ObjectOf objectX(String schema) {
        return (ObjectOf) typeOfX(schema);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"type": "string"}                                                 | String
            {"type": "string", "format": "date-time"}                          | Timestamp
            {"type": "string", "format": "date"}                               | Timestamp
            {"type": "string", "format": "uri"}                                | String
            {"type": "string", "meta:xdmType": "date-time"}                    | Timestamp
            {"type": "string", "meta:xdmType": "string"}                       | String
            {"type": "integer"}                                                | Integer
            {"type": "integer", "meta:xdmType": "long"}                        | Integer
            {"type": "number"}                                                 | Double
            {"type": "number", "meta:xdmType": "int"}                          | Integer
            {"type": "boolean"}                                                | Boolean
            {"type": ["string", "null"]}                                       | String
            {"type": ["integer", "number"]}                                    | Double
            {"type": ["string", "integer"]}                                    | Any
            {}                                                                 | Any
            true                                                               | Any
            {"enum": ["a", "b"]}                                               | String
            {"const": 5}                                                       | Integer
            {"enum": [1.5]}                                                    | Double
            {"type": "array", "items": {"type": "string"}}                     | List[String]
            {"items": {"type": "string"}}                                      | List[String]
            {"type": "array"}                                                  | List[Any]
            {"type": "array", "items": [{"type": "string"}]}                   | List[Any]
            {"type": "object", "additionalProperties": {"type": "string"}}     | Map[String, String]
            {"patternProperties": {"^a": {"type": "integer"}, "^b": {"type": "number"}}} | Map[String, Double]
            {"type": "object", "meta:xdmType": "map", "additionalProperties": {"type": "array", "items": {"type": "integer"}}} | Map[String, List[Integer]]
            {"type": "object", "meta:xdmType": "map"}                          | Map[String, Any]
            {"anyOf": [{"type": "string"}, {"type": "null"}]}                  | String
            {"anyOf": [{"type": "integer"}, {"type": "number"}]}               | Double
            {"oneOf": [{"type": "string"}, {"type": "boolean"}]}               | Any
            {"allOf": [{"type": "string"}, {"format": "date"}]}                | String
            {"allOf": [{"type": "string"}, {"type": "string", "format": "date"}]} | Timestamp
            """)
    void typesOfValues(String schema, String notation) {
        assertEquals(notation, typeOfX(schema).notation());
    }

    @Test
    void anObjectHasTheFieldsItDeclares() {
        ObjectOf closed =
                objectX("{\"properties\": {\"a\": {\"type\": \"string\"}, \"xdm:b\": {\"type\": \"integer\"}}}");
        assertEquals(List.of("a", "b"), List.copyOf(closed.fields().keySet()));
        assertFalse(closed.open());
        assertTrue(objectX("{\"type\": \"object\"}").open());
        assertFalse(objectX("{\"type\": \"object\", \"properties\": {}}").open());
        assertTrue(objectX("{\"properties\": {\"a\": {}}, \"additionalProperties\": true}")
                .open());
        assertFalse(objectX("{\"properties\": {\"a\": {}}, \"additionalProperties\": false}")
                .open());
        assertTrue(objectX("{\"properties\": {\"a\": {}}, \"additionalProperties\": {\"type\": \"string\"}}")
                .open());
    }

    @Test
    void partsOfAllOfAreMerged() {
        ObjectOf merged = objectX("""
                {"type": "object",
                 "properties": {"a": {"type": "string"}},
                 "allOf": [{"properties": {"b": {"properties": {"c": {"type": "integer"}}}}},
                           {"properties": {"b": {"properties": {"d": {"type": "boolean"}}}}}]}
                """);
        assertEquals(Type.STRING, merged.field("a").orElseThrow());
        ObjectOf b = (ObjectOf) merged.field("b").orElseThrow();
        assertEquals(List.of("c", "d"), List.copyOf(b.fields().keySet()));
        assertFalse(merged.open() || b.open());
    }

    @Test
    void referencesAreFollowed() {
        ProfileSchema schema = read("""
                        {"type": "object",
                         "definitions": {"address": {"properties": {"city": {"type": "string"}}}},
                         "$defs": {"a/b": {"type": "integer"}},
                         "properties": {"home": {"$ref": "#/definitions/address"},
                                        "number": {"$ref": "#/$defs/a~1b"},
                                        "city": {"$ref": "#/definitions/address/properties/city"}}}
                        """).schema().orElseThrow();
        assertEquals(
                Type.STRING,
                ((ObjectOf) schema.profile().field("home").orElseThrow())
                        .field("city")
                        .orElseThrow());
        assertEquals(Type.INTEGER, schema.profile().field("number").orElseThrow());
        assertEquals(Type.STRING, schema.profile().field("city").orElseThrow());
    }

    @Test
    void aTypeThatContainsItselfIsAnythingInside() {
        ProfileSchema schema = read("""
                        {"type": "object",
                         "definitions": {"part": {"properties": {"name": {"type": "string"},
                                                                 "parts": {"items": {"$ref": "#/definitions/part"}}}}},
                         "properties": {"part": {"$ref": "#/definitions/part"}, "me": {"$ref": "#"}}}
                        """).schema().orElseThrow();
        ObjectOf part = (ObjectOf) schema.profile().field("part").orElseThrow();
        assertEquals(new ListOf(Type.ANY), part.field("parts").orElseThrow());
    }

    @Test
    void whatThePlatformWritesIsAlwaysKnown() {
        ProfileSchema schema = read("{\"type\": \"object\", \"properties\": {\"identityMap\": {\"type\": \"string\"}}}")
                .schema()
                .orElseThrow();
        assertTrue(schema.strict());
        assertEquals(
                BuiltInSchema.identityMap(),
                schema.profile().field("identityMap").orElseThrow());
        assertEquals(
                BuiltInSchema.segmentMembership(),
                schema.profile().field("segmentMembership").orElseThrow());
        assertEquals(BuiltInSchema.events(), schema.profile().field("xEvent").orElseThrow());
    }

    @Test
    void ownEventsHaveAtLeastAnIdATimeAndAKind() {
        ListOf events = (ListOf)
                read("""
                        {"type": "object", "properties": {"xEvent": {"type": "array", "items":
                          {"properties": {"flavour": {"type": "string"}}}}}}
                        """).schema().orElseThrow().profile().field("xEvent").orElseThrow();
        ObjectOf event = (ObjectOf) events.element();
        assertEquals(
                List.of("flavour", "_id", "timestamp", "eventType"),
                List.copyOf(event.fields().keySet()));
        assertEquals(Type.TIMESTAMP, event.field("timestamp").orElseThrow());
        assertFalse(event.open());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            5                                                       |                      | a schema must be an object
            {"type": "string"}                                      |                      | must describe an object
            {"type": "objekt"}                                      | /type                | there is no type `objekt`
            {"type": 5}                                             | /type                | a string or an array
            {"properties": []}                                      | /properties          | must be an object
            {"properties": {"a": 5}}                                | /properties/a        | a schema must be an object
            {"properties": {"a/b~": 5}}                             | /properties/a~1b~0   | a schema must be an object
            {"properties": {"a": {"type": "array", "items": 5}}}    | /properties/a/items  | a schema must be an object
            {"properties": {"a": {"$ref": 5}}}                      | /properties/a/$ref   | a reference must be a string
            {"properties": {"a": {"$ref": "#/no"}}}                 | /properties/a/$ref   | there is no `#/no`
            {"properties": {"a": {"$ref": "https://x/y"}}}          | /properties/a/$ref   | must be included
            {"type": "object", "allOf": {}}                         | /allOf               | an array of schemas
            {"properties": {"a": {"type": "string", "allOf": [{"type": "integer"}]}}} | /properties/a/allOf/0 | cannot be String and Integer
            {"properties": {"a": {}, "xdm:a": {}}}                  | /properties/xdm:a    | declared twice
            {"properties": {"xEvent": {"type": "object"}}}          | /properties/xEvent   | an array of objects
            """)
    void problemsNameTheirPlace(String schema, String pointer, String message) {
        Outcome outcome = read(schema);
        assertTrue(outcome.schema().isEmpty());
        assertEquals(1, outcome.problems().size(), outcome.problems()::toString);
        assertEquals(
                pointer == null ? "" : pointer, outcome.problems().getFirst().pointer());
        assertTrue(outcome.problems().getFirst().message().contains(message), outcome.problems()::toString);
    }

    @Test
    void allProblemsAreReported() {
        assertEquals(
                List.of("/properties/a/type", "/properties/b/$ref"),
                read("{\"properties\": {\"a\": {\"type\": \"x\"}, \"b\": {\"$ref\": \"y\"}}}").problems().stream()
                        .map(JsonSchemaReader.Problem::pointer)
                        .toList());
    }

    /** Each definition refers to the next one twice: 2 to the power of 60 fields, were they all written out. */
    @Test
    void aSmallDocumentCannotMeanAnEnormousSchema() {
        String definitions = java.util.stream.IntStream.range(0, 60)
                .mapToObj(i ->
                        "\"d%d\": {\"properties\": {\"a\": {\"$ref\": \"#/definitions/d%d\"}, \"b\": {\"$ref\": \"#/definitions/d%d\"}}}"
                                .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(", "));
        Outcome outcome = read("{\"properties\": {\"x\": {\"$ref\": \"#/definitions/d0\"}}, \"definitions\": {"
                + definitions + ", \"d60\": {\"type\": \"string\"}}}");
        assertEquals(1, outcome.problems().size());
        assertTrue(outcome.problems().getFirst().message().contains("parts"));
    }

    @Test
    void deepNestingIsRefused() {
        String schema = "{\"properties\": {\"a\": ".repeat(250) + "{}" + "}}".repeat(250);
        Outcome outcome = read(schema);
        assertEquals(1, outcome.problems().size());
        assertTrue(outcome.problems().getFirst().message().contains("levels deep"));
    }

    @Property(tries = 2000)
    void anyJsonIsASchemaOrHasProblems(@ForAll("documents") String json) {
        Outcome outcome = read(json);
        assertEquals(outcome.schema().isEmpty(), !outcome.problems().isEmpty());
    }

    @Provide
    Arbitrary<String> documents() {
        return document(4);
    }

    /** JSON made of the keywords of JSON Schema, in right and in wrong places. */
    private static Arbitrary<String> document(int depth) {
        Arbitrary<String> leaf = Arbitraries.of(
                "5",
                "1.5",
                "true",
                "null",
                "\"string\"",
                "\"object\"",
                "\"array\"",
                "\"integer\"",
                "\"null\"",
                "\"#\"",
                "[]",
                "{}",
                "\"#/properties/x\"",
                "\"#/nowhere\"",
                "\"#x\"",
                "\"date\"",
                "\"map\"",
                "[\"string\", \"null\"]");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = document(depth - 1);
        Arbitrary<String> key = Arbitraries.of(
                "type",
                "properties",
                "items",
                "additionalProperties",
                "patternProperties",
                "allOf",
                "anyOf",
                "oneOf",
                "$ref",
                "format",
                "meta:xdmType",
                "enum",
                "const",
                "x",
                "xdm:x",
                "xEvent",
                "identityMap",
                "definitions");
        Arbitrary<String> object = Arbitraries.maps(key, inner)
                .ofMaxSize(4)
                .map(map -> map.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                        .collect(Collectors.joining(", ", "{", "}")));
        Arbitrary<String> array =
                inner.list().ofMaxSize(3).map(items -> items.stream().collect(Collectors.joining(", ", "[", "]")));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(5, object), net.jqwik.api.Tuple.of(1, array), net.jqwik.api.Tuple.of(2, leaf));
    }
}
