package dev.pequel.audience;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
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
