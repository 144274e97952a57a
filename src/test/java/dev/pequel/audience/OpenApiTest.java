package dev.pequel.audience;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description of the API: complete, and its examples true. */
@QuarkusTest
class OpenApiTest {

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
        for (JsonNode example : description.at("/components/examples")) {
            assertTrue(example.get("value").findValues("$ref").isEmpty(), example.toString());
        }
    }

    @Test
    void everyAnswerWithABodyIsDescribed() {
        operations((name, operation) -> operation.get("responses").properties().forEach(response -> {
            JsonNode content = response.getValue().path("content");
            content.forEach(type -> assertTrue(type.has("schema"), name + " " + response.getKey()));
        }));
    }

    private interface Check {
        void of(String name, JsonNode operation);
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
