package dev.pequel.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds common parts to the OpenAPI document, so that resources need not repeat them: the headers that name the
 * tenant, the responses of failures, and the examples of shared schemas. Descriptions of resources take precedence.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonDescriptions implements OASFilter {

    /**
     * Extension with the names of a schema's examples in {@code META-INF/openapi.yaml}; removed from the published
     * document.
     */
    private static final String EXAMPLES = "x-examples";

    private static final String JSON = "application/json";

    @Override
    public PathItem filterPathItem(PathItem path) {
        return path.addParameter(OASFactory.createParameter().ref("Organization"))
                .addParameter(OASFactory.createParameter().ref("SandboxName"))
                .addParameter(OASFactory.createParameter().ref("ApiKey"));
    }

    @Override
    public Operation filterOperation(Operation operation) {
        APIResponses responses = operation.getResponses();
        addFailure(responses, "400", "BadRequest");
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        if (parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.PATH)) {
            addFailure(responses, "404", "NotFound");
        }
        if (parameters.stream()
                .anyMatch(parameter -> String.valueOf(parameter.getRef()).endsWith("/IfMatch"))) {
            addFailure(responses, "412", "PreconditionFailed");
        }
        if (operation.getRequestBody() != null
                && operation.getRequestBody().getContent().hasMediaType(JSON)) {
            addFailure(responses, "413", "BodyTooLarge");
            addFailure(responses, "415", "UnsupportedMediaType");
        }
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") && response.getRef() == null && response.getContent() == null) {
                response.setContent(OASFactory.createContent()
                        .addMediaType(
                                JSON,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("Error"))));
            }
        });
        addFailure(responses, "default", "Failure");
        return operation;
    }

    private static void addFailure(APIResponses responses, String status, String response) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(response));
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        Map<String, Schema> schemas = description.getComponents().getSchemas();
        description.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> {
                    if (operation.getRequestBody() != null) {
                        addExamples(operation.getRequestBody().getContent(), schemas);
                    }
                    operation.getResponses().getAPIResponses().values().stream()
                            .map(APIResponse::getContent)
                            .forEach(content -> addExamples(content, schemas));
                });
        schemas.values().forEach(schema -> schema.set(EXAMPLES, null));
    }

    private static void addExamples(Content content, Map<String, Schema> schemas) {
        if (content != null) {
            content.getMediaTypes().values().forEach(body -> addExamples(body, schemas));
        }
    }

    private static void addExamples(MediaType body, Map<String, Schema> schemas) {
        if (body.getSchema() == null || body.getSchema().getRef() == null || body.getExamples() != null) {
            return;
        }
        String reference = body.getSchema().getRef();
        Schema schema = schemas.get(reference.substring(reference.lastIndexOf('/') + 1));
        if (schema.get(EXAMPLES) instanceof List<?> names) {
            for (Object name : names) {
                String example = name.toString();
                body.addExample(
                        Character.toLowerCase(example.charAt(0)) + example.substring(1),
                        OASFactory.createExample().ref(example));
            }
        }
    }
}
