package dev.pequel.audience;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description of the API: complete, and its examples true. */
@QuarkusTest
class OpenApiTest {

    private static final Pattern FAILURE = Pattern.compile("(^| )([45]\\d\\d|default)( |$)");
    private static final String PATH = "/data/core/ups/audiences";

    private final TestSandbox sandbox = TestSandbox.fresh();
    private JsonNode description;

    @BeforeEach
    void read() throws Exception {
        description = new ObjectMapper()
                .readTree(given().get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    @Test
    void whateverIsReferredToIsThere() {
        List<JsonNode> references = description.findValues("$ref").stream()
                .filter(reference -> reference.asText().startsWith("#"))
                .toList();

        assertFalse(references.isEmpty());
        for (JsonNode reference : references) {
            assertFalse(description.at(reference.asText().substring(1)).isMissingNode(), reference.asText());
        }
    }

    @Test
    void allRequestsAreDescribed() {
        JsonNode paths = description.get("paths");

        assertEquals(List.of("get", "post"), methods(paths.get(PATH)));
        assertEquals(List.of("delete", "get", "patch", "put"), methods(paths.get(PATH + "/{id}")));
        assertEquals(List.of("post"), methods(paths.get(PATH + "/bulk-get")));
    }

    /** What generators of clients make names of methods and groups of. */
    @Test
    void everyOperationHasANameASummaryAndADescribedGroup() {
        Set<String> described = description
                .get("tags")
                .valueStream()
                .filter(tag -> tag.hasNonNull("description"))
                .map(tag -> tag.get("name").textValue())
                .collect(Collectors.toSet());
        List<String> names = new ArrayList<>();

        operations((name, operation) -> {
            assertTrue(operation.hasNonNull("operationId"), name + " has no operationId");
            assertTrue(operation.hasNonNull("summary"), name + " has no summary");
            names.add(operation.get("operationId").textValue());
            operation
                    .path("tags")
                    .forEach(tag -> assertTrue(described.contains(tag.textValue()), tag + " has no description"));
        });

        assertEquals(
                names.stream().sorted().distinct().toList(),
                names.stream().sorted().toList());
    }

    @Test
    void numbersAreDescribedAsNumbers() {
        Set<String> numbers = Set.of("start", "limit", "offset", "page", "generation");

        operations((name, operation) -> operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query")
                    && numbers.contains(parameter.path("name").asText())
                    && !name.startsWith("get /data/core/ups/audit")
                    && !name.startsWith("get /data/core/ups/export")) {
                assertEquals("integer", parameter.at("/schema/type").asText(), name + " " + parameter);
            }
        }));
    }

    /** A generator would follow it. */
    @Test
    void noExampleRefersToAnything() {
        contents((name, content) -> examples(content)
                .forEach(example -> assertTrue(example.findValues("$ref").isEmpty(), name + " " + example)));
    }

    @Test
    void everyBodyIsTyped() {
        contents((name, content) -> assertTrue(content.has("schema"), name));
    }

    /** A body of JSON, in a request or in an answer that is no failure. */
    @Test
    void everyBodyHasAnExampleThatFitsItsSchema() {
        contents((name, content) -> {
            if (name.contains("json")
                    && !name.contains("ndjson")
                    && !FAILURE.matcher(name).find()) {
                assertFalse(examples(content).isEmpty(), name + " has no example");
            }
            if (!name.contains("ndjson") && !name.contains("csv")) {
                JsonSchema schema = compiled(content.get("schema"));
                examples(content).forEach(example -> assertEquals(Set.of(), schema.validate(example), name));
            }
        });
    }

    @Test
    void everyFailureIsTyped() {
        operations((name, operation) -> {
            assertTrue(operation.get("responses").has("default"), name + " says nothing of failures");
            operation.get("responses").properties().forEach(response -> {
                if (FAILURE.matcher(response.getKey()).matches()) {
                    assertEquals(
                            "#/components/schemas/Error",
                            resolved(response.getValue())
                                    .at("/content/application~1json/schema/$ref")
                                    .asText(),
                            name + " " + response.getKey());
                }
            });
        });
    }

    /** What has no type becomes `Object`, `any` or `unknown` in clients. Where that is meant, it is described. */
    @Test
    void everySchemaIsTyped() {
        schemas((place, schema) -> {
            switch (schema.path("type").asText()) {
                case "object" ->
                    assertTrue(
                            Stream.of("properties", "additionalProperties", "$ref")
                                    .anyMatch(schema::has),
                            place + " has no properties");
                case "array" -> assertTrue(schema.has("items"), place + " has no items");
                default ->
                    assertTrue(
                            Stream.of("type", "$ref", "allOf", "anyOf", "description")
                                    .anyMatch(schema::has),
                            place + " is neither typed nor described");
            }
        });
    }

    /** openapi-typescript takes a property with a default for one that is always there; others send it with every request. */
    @Test
    void noPropertyHasADefault() {
        schemas((place, schema) ->
                schema.path("properties").forEach(property -> assertFalse(property.has("default"), place)));
    }

    @Test
    void defaultsOfParametersAreOfTheirTypes() {
        operations((name, operation) -> operation.path("parameters").forEach(given -> {
            JsonNode schema = resolved(given).path("schema");
            if (schema.has("default")) {
                assertEquals(Set.of(), compiled(schema).validate(schema.get("default")), name + " " + given);
            }
        }));
    }

    /** An id of an answer can be used in a path, where it is a text, as it is. */
    @Test
    void idsAreTexts() {
        schemas((place, schema) -> assertFalse(schema.path("format").asText().equals("uuid"), place));
    }

    /** Java that is generated from a choice of anything but schemas with names does not compile. */
    @Test
    void choicesAreBetweenNamedSchemas() {
        schemas((place, schema) -> {
            assertFalse(schema.has("oneOf"), place);
            schema.path("anyOf").forEach(choice -> assertTrue(choice.has("$ref"), place));
        });
    }

    @Test
    void whatIdentifiesACallerIsDescribed() {
        assertEquals(List.of("/"), description.get("servers").findValuesAsText("url"));
        assertEquals(List.of("bearerToken"), propertyNames(description.at("/components/securitySchemes")));
        description
                .get("paths")
                .properties()
                .forEach(path -> assertEquals(
                        Set.of("x-gw-ims-org-id", "x-sandbox-name", "x-api-key"),
                        path.getValue()
                                .path("parameters")
                                .valueStream()
                                .map(parameter ->
                                        resolved(parameter).path("name").asText())
                                .collect(Collectors.toSet()),
                        path.getKey()));
        operations((name, operation) -> assertEquals(
                List.of("bearerToken"),
                operation
                        .path("security")
                        .valueStream()
                        .flatMap(one -> propertyNames(one).stream())
                        .toList(),
                name));
    }

    private interface Check {
        void of(String name, JsonNode part);
    }

    private void operations(Check check) {
        description
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method ->
                                List.of("get", "put", "post", "patch", "delete").contains(method.getKey()))
                        .forEach(method -> check.of(method.getKey() + " " + path.getKey(), method.getValue())));
    }

    /** Each body, named by its operation, status and media type. */
    private void contents(Check check) {
        operations((name, operation) -> {
            contents(name, operation.path("requestBody"), check);
            operation
                    .get("responses")
                    .properties()
                    .forEach(response -> contents(name + " " + response.getKey(), response.getValue(), check));
        });
    }

    private void contents(String name, JsonNode body, Check check) {
        resolved(body)
                .path("content")
                .properties()
                .forEach(content -> check.of(name + " " + content.getKey(), content.getValue()));
    }

    private List<JsonNode> examples(JsonNode content) {
        Stream<JsonNode> several = content.path("examples")
                .valueStream()
                .map(example -> resolved(example).get("value"));
        return Stream.concat(several, Stream.ofNullable(content.get("example"))).toList();
    }

    /** Each schema, and each within another. */
    private void schemas(Check check) {
        description
                .at("/components/schemas")
                .properties()
                .forEach(schema -> schemas(schema.getKey(), schema.getValue(), check));
        contents((name, content) -> schemas(name, content.get("schema"), check));
        operations((name, operation) -> operation
                .path("parameters")
                .forEach(parameter -> schemas(
                        name + " " + parameter.path("name").asText(),
                        resolved(parameter).get("schema"),
                        check)));
    }

    private static void schemas(String place, JsonNode schema, Check check) {
        check.of(place, schema);
        schema.path("properties")
                .properties()
                .forEach(property -> schemas(place + "." + property.getKey(), property.getValue(), check));
        for (String list : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(list).forEach(part -> schemas(place + " " + list, part, check));
        }
        // Items and further properties may be anything.
        for (String part : List.of("items", "additionalProperties")) {
            if (schema.path(part).size() > 0) {
                schemas(place + "." + part, schema.get(part), check);
            }
        }
    }

    private JsonSchema compiled(JsonNode schema) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("components", description.get("components"));
        whole.putArray("allOf").add(schema);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? description.at(node.get("$ref").asText().substring(1)) : node;
    }

    @Test
    void theExamplesOfRequestsAreAccepted() {
        String id = sandbox.create(example("CreateSegmentDefinition").toString());
        sandbox.create(example("CreateExternalAudience").toString());

        sandbox.put(id, example("CreateSegmentDefinition").toString()).statusCode(200);
        sandbox.patch(id, example("PatchExpression").toString()).statusCode(200);
    }

    @Test
    void theExamplesOfAnswersHaveTheirProperties() throws Exception {
        for (String kind : List.of("SegmentDefinition", "ExternalAudience")) {
            String input = example("Create" + kind).toString();
            JsonNode answer = new ObjectMapper()
                    .readTree(sandbox.post(input).statusCode(200).extract().asString());

            assertEquals(propertyNames(example(kind)), propertyNames(answer), kind);
        }
    }

    private JsonNode example(String name) {
        return description.at("/components/examples/" + name + "/value");
    }

    private static List<String> methods(JsonNode path) {
        return propertyNames(path).stream()
                .filter(List.of("get", "put", "post", "patch", "delete")::contains)
                .sorted()
                .toList();
    }

    private static List<String> propertyNames(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
