package dev.pequel.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The API as its OpenAPI document describes it: what can be asked, and what the answers look like. */
final class DescribedApi {

    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    /** One method of one path. */
    record Operation(String method, String path, JsonNode description) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** A parameter with a value that it may have. */
    record Parameter(String name, String value) {}

    /** A body that an operation takes. */
    record Body(String mediaType, String text) {}

    private final JsonNode document;
    private final ObjectMapper json = new ObjectMapper();
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<JsonNode, JsonSchema> known = new HashMap<>();

    DescribedApi(String document) throws JsonProcessingException {
        this.document = json.readTree(document);
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .forEach(method -> operations.add(new Operation(
                                method.toUpperCase(),
                                path.getKey(),
                                path.getValue().get(method)))));
        return operations;
    }

    /** The query parameters of an operation. */
    List<Parameter> queryParameters(Operation operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode given : operation.description().path("parameters")) {
            JsonNode parameter = resolved(given);
            if (parameter.get("in").asText().equals("query")) {
                parameters.add(new Parameter(parameter.get("name").asText(), value(parameter)));
            }
        }
        return parameters;
    }

    private String value(JsonNode parameter) {
        if (parameter.has("example")) {
            return parameter.get("example").asText();
        }
        JsonNode schema = resolved(parameter.path("schema"));
        if (schema.has("enum")) {
            return schema.get("enum").get(0).asText();
        }
        return switch (schema.path("type").asText()) {
            case "integer", "number" -> "1";
            case "boolean" -> "true";
            default -> "x";
        };
    }

    /** The bodies that the examples of an operation show. */
    List<Body> bodies(Operation operation) {
        List<Body> bodies = new ArrayList<>();
        resolved(operation.description().path("requestBody"))
                .path("content")
                .properties()
                .forEach(content -> {
                    JsonNode media = content.getValue();
                    media.path("examples")
                            .forEach(example -> bodies.add(
                                    body(content.getKey(), resolved(example).get("value"))));
                    if (media.has("example")) {
                        bodies.add(body(content.getKey(), media.get("example")));
                    }
                });
        return bodies;
    }

    private static Body body(String mediaType, JsonNode example) {
        return new Body(mediaType, example.isTextual() ? example.asText() : example.toString());
    }

    /** Everything in an answer that is not as described; nothing when it is. */
    Set<String> deviations(Operation operation, WireRequest.Answer answer) {
        JsonNode responses = operation.description().get("responses");
        JsonNode response = responses.has(String.valueOf(answer.status()))
                ? responses.get(String.valueOf(answer.status()))
                : answer.status() >= 400 ? responses.path("default") : responses.path("none");
        if (response.isMissingNode()) {
            return Set.of("the status " + answer.status() + " is not described");
        }
        JsonNode content = resolved(response).path("content");
        if (content.isMissingNode()) {
            return answer.body().length == 0 ? Set.of() : Set.of("no body is described");
        }
        String type = answer.header("content-type").orElse("").split(";")[0];
        if (!type.equals("application/json") && content.has(type)) {
            return Set.of();
        }
        return deviations(content.path("application/json").path("schema"), answer);
    }

    /** Everything in an answer that is not as all failures are. */
    Set<String> deviationsFromFailure(WireRequest.Answer answer) {
        return deviations(json.createObjectNode().put("$ref", "#/components/schemas/Error"), answer);
    }

    private Set<String> deviations(JsonNode schema, WireRequest.Answer answer) {
        if (schema.isMissingNode()) {
            return Set.of("there is no schema for JSON");
        }
        if (!answer.header("content-type").orElse("").startsWith("application/json")) {
            return Set.of("the media type is " + answer.header("content-type").orElse("missing"));
        }
        try {
            return compiled(schema).validate(json.readTree(answer.body())).stream()
                    .map(ValidationMessage::toString)
                    .collect(Collectors.toSet());
        } catch (Exception notJson) {
            return Set.of("the body is not JSON: " + notJson.getMessage());
        }
    }

    private JsonSchema compiled(JsonNode schema) {
        return known.computeIfAbsent(schema, part -> {
            ObjectNode whole = json.createObjectNode();
            whole.set("components", document.get("components"));
            whole.putArray("allOf").add(part);
            return schemas.getSchema(whole);
        });
    }

    private JsonNode resolved(JsonNode node) {
        return Optional.ofNullable(node.get("$ref"))
                .map(reference -> document.at(reference.asText().substring(1)))
                .orElse(node);
    }
}
