package dev.pequel.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;

/**
 * Adds common parts to the OpenAPI document, so that resources need not repeat them: the headers that name the
 * tenant, the responses of failures, the properties that records always have, those of sealed interfaces, and examples.
 * Descriptions of resources take precedence.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonDescriptions implements OASFilter {

    /** Extension with the names of a schema's examples among the components; removed from the published document. */
    private static final String EXAMPLES = "x-examples";

    private static final String JSON = "application/json";
    private static final DotName OPTIONAL = DotName.createSimple(Optional.class);
    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);

    private final IndexView classes;

    /** @param classes the classes of the application */
    public CommonDescriptions(IndexView classes) {
        this.classes = classes;
    }

    @Override
    public PathItem filterPathItem(PathItem path) {
        return path.addParameter(OASFactory.createParameter().ref("Organization"))
                .addParameter(OASFactory.createParameter().ref("SandboxName"))
                .addParameter(OASFactory.createParameter().ref("ApiKey"));
    }

    @Override
    public Operation filterOperation(Operation operation) {
        APIResponses responses = operation.getResponses();
        addResponse(responses, "400", "BadRequest");
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        if (parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.PATH)) {
            addResponse(responses, "404", "NotFound");
        }
        if (hasReference(parameters, "IfMatch")) {
            addResponse(responses, "409", "Conflict");
            addResponse(responses, "412", "PreconditionFailed");
        }
        if (hasReference(parameters, "IfNoneMatch")) {
            addResponse(responses, "304", "NotModified");
        }
        if (operation.getRequestBody() != null
                && operation.getRequestBody().getContent().hasMediaType(JSON)) {
            addResponse(responses, "413", "BodyTooLarge");
            addResponse(responses, "415", "UnsupportedMediaType");
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
        addResponse(responses, "default", "Failure");
        return operation;
    }

    private static boolean hasReference(List<Parameter> parameters, String name) {
        return parameters.stream()
                .anyMatch(parameter -> String.valueOf(parameter.getRef()).endsWith("/" + name));
    }

    private static void addResponse(APIResponses responses, String status, String response) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(response));
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        Components components = description.getComponents();
        describeAbsence(components.getSchemas());
        describeKinds(components);
        description.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> {
                    if (operation.getRequestBody() != null) {
                        addExamples(operation.getRequestBody().getContent(), components);
                    }
                    operation.getResponses().getAPIResponses().values().stream()
                            .map(APIResponse::getContent)
                            .forEach(content -> addExamples(content, components));
                });
        components.getSchemas().values().forEach(schema -> schema.set(EXAMPLES, null));
    }

    private static void addExamples(Content content, Components components) {
        if (content != null) {
            content.getMediaTypes().values().forEach(body -> addExamples(body, components));
        }
    }

    private static void addExamples(MediaType body, Components components) {
        if (body.getSchema() == null || body.getSchema().getRef() == null || body.getExamples() != null) {
            return;
        }
        Schema schema = resolved(body.getSchema(), components);
        if (schema.get(EXAMPLES) instanceof List<?> names) {
            for (Object name : names) {
                String example = name.toString();
                body.addExample(
                        Character.toLowerCase(example.charAt(0)) + example.substring(1),
                        OASFactory.createExample().ref(example));
            }
        } else {
            example(schema, components).ifPresent(body::setExample);
        }
    }

    private static Schema resolved(Schema schema, Components components) {
        String reference = schema.getRef();
        return reference == null
                ? schema
                : components.getSchemas().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    /**
     * Returns the first example of a schema, or composes one of the examples of its required properties and of those
     * optional ones that have an example of their own. Empty if a required property has none.
     */
    private static Optional<Object> example(Schema schema, Components components) {
        if (schema.getExamples() != null) {
            return Optional.of(schema.getExamples().getFirst());
        }
        if (schema.getRef() != null) {
            return example(resolved(schema, components), components);
        }
        if (schema.get(EXAMPLES) instanceof List<?> names) {
            return Optional.of(
                    components.getExamples().get(names.getFirst().toString()).getValue());
        }
        if (schema.getEnumeration() != null) {
            return Optional.of(schema.getEnumeration().getFirst());
        }
        if (schema.getItems() != null) {
            return example(schema.getItems(), components).map(List::of);
        }
        if (schema.getProperties() == null) {
            return Optional.empty();
        }
        List<String> required = Optional.ofNullable(schema.getRequired()).orElse(List.of());
        Map<String, Object> properties = new LinkedHashMap<>();
        schema.getProperties().forEach((name, property) -> {
            if (required.contains(name) || property.getExamples() != null) {
                example(property, components).ifPresent(example -> properties.put(name, example));
            }
        });
        return properties.keySet().containsAll(required) ? Optional.of(properties) : Optional.empty();
    }

    /**
     * Describes what Jackson writes of a record that leaves out absent values: each property that is not an {@link
     * Optional} is required, and none is null.
     */
    private void describeAbsence(Map<String, Schema> schemas) {
        for (AnnotationInstance described : classes.getAnnotations(SCHEMA)) {
            if (described.target() instanceof ClassInfo type && type.hasDeclaredAnnotation(JsonInclude.class)) {
                Schema schema = schemas.get(described.value("name").asString());
                type.recordComponentsInDeclarationOrder()
                        .forEach(component -> describeAbsence(type.field(component.name()), schema));
            }
        }
    }

    private static void describeAbsence(FieldInfo field, Schema schema) {
        AnnotationInstance renamed = field.annotation(JsonProperty.class);
        String name = renamed == null ? field.name() : renamed.value().asString();
        Schema property = schema.getProperties().get(name);
        if (!field.type().name().equals(OPTIONAL)) {
            if (schema.getRequired() == null || !schema.getRequired().contains(name)) {
                schema.addRequired(name);
            }
        } else if (property.getAnyOf() != null) {
            // The value's schema, or null.
            property.ref(property.getAnyOf().getFirst().getRef()).anyOf(null).type(null);
        } else {
            property.removeType(Schema.SchemaType.NULL);
        }
    }

    /**
     * Describes a sealed interface of records as one object with the properties of all of them, so that clients can
     * read a shared property of either record. Required are the properties that all records require. The examples are
     * those of the records.
     */
    private void describeKinds(Components components) {
        for (AnnotationInstance described : classes.getAnnotations(SCHEMA)) {
            if (described.target() instanceof ClassInfo type && type.isInterface()) {
                List<String> kinds = classes.getKnownDirectImplementations(type.name()).stream()
                        .map(kind ->
                                kind.declaredAnnotation(SCHEMA).value("name").asString())
                        .sorted(Comparator.reverseOrder())
                        .toList();
                Schema either =
                        components.getSchemas().get(described.value("name").asString());
                either.type(List.of(Schema.SchemaType.OBJECT)).set(EXAMPLES, kinds);
                for (String kind : kinds) {
                    Schema schema = components.getSchemas().get(kind);
                    components.addExample(
                            kind,
                            OASFactory.createExample()
                                    .value(example(schema, components).orElseThrow()));
                    schema.set(EXAMPLES, List.of(kind));
                    addProperties(either, schema);
                }
            }
        }
    }

    private static void addProperties(Schema either, Schema kind) {
        Map<String, Schema> properties =
                new LinkedHashMap<>(Optional.ofNullable(either.getProperties()).orElse(Map.of()));
        kind.getProperties().forEach((name, property) -> properties.merge(name, property, CommonDescriptions::either));
        List<String> required = new ArrayList<>(kind.getRequired());
        if (either.getRequired() != null) {
            required.retainAll(either.getRequired());
        }
        either.properties(properties).required(required);
    }

    /** Returns the schema of a property of two records. They differ only in the values that they list. */
    private static Schema either(Schema one, Schema other) {
        if (one.getEnumeration() == null || one.getEnumeration().equals(other.getEnumeration())) {
            return one;
        }
        return OASFactory.createSchema()
                .type(one.getType())
                .description(other.getDescription())
                .enumeration(Stream.of(one, other)
                        .flatMap(property -> property.getEnumeration().stream())
                        .distinct()
                        .toList());
    }
}
