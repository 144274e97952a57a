package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.content.AudienceContent;
import dev.pequel.audience.content.AudienceContent.Definition;
import dev.pequel.audience.content.AudienceContent.External;
import dev.pequel.audience.content.EvaluationChoice;
import dev.pequel.audience.content.Lifecycle;
import dev.pequel.audience.store.AudienceField;
import dev.pequel.audience.store.ClientJson;
import java.util.List;

/** What clients may write of an audience, as one level of JSON: names with dots, as {@link AudienceField} has them. */
final class AudienceProperties {

    private AudienceProperties() {}

    /** @param evaluation the methods, whether chosen or derived */
    static ObjectNode of(AudienceContent content, EvaluationChoice evaluation) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        properties.put("type", content.type().word());
        properties.put("name", content.name());
        content.description().ifPresent(description -> properties.put("description", description));
        switch (content.origin()) {
            case Definition definition -> put(properties, definition, evaluation);
            case External external -> put(properties, external);
        }
        properties.put("namespace", content.namespace());
        // Two names of one state.
        properties.put(
                "lifecycle", (content.lifecycle().isEvaluated() ? Lifecycle.ACTIVE : content.lifecycle()).word());
        put(properties, "labels", content.labels());
        put(properties, "tags", content.tags());
        content.originName().ifPresent(origin -> properties.put("originName", origin));
        return properties;
    }

    private static void put(ObjectNode properties, Definition definition, EvaluationChoice evaluation) {
        properties.put("expression.type", definition.expression().type());
        properties.put("expression.format", definition.expression().format());
        properties.put("expression.value", definition.expression().value());
        properties.put("schema.name", definition.schemaName());
        properties.put("ttlInDays", definition.ttlInDays());
        properties.put("profileInstanceId", definition.profileInstanceId());
        definition.mergePolicyId().ifPresent(policy -> properties.put("mergePolicyId", policy));
        properties.put("evaluationInfo.batch.enabled", evaluation.batch());
        properties.put("evaluationInfo.continuous.enabled", evaluation.continuous());
        properties.put("evaluationInfo.synchronous.enabled", evaluation.synchronous());
        properties.put("dataGovernancePolicy.excludeOptOut", definition.excludeOptOut());
        properties.put("overridePerformanceWarnings", definition.overridePerformanceWarnings());
    }

    private static void put(ObjectNode properties, External external) {
        properties.put("audienceId", external.audienceId());
        external.datasetId().ifPresent(dataset -> properties.put("datasetId", dataset));
        external.audienceMeta().ifPresent(json -> properties.set("audienceMeta", canonical(ClientJson.tree(json))));
        external.linkedAudienceRef()
                .ifPresent(json -> properties.set("linkedAudienceRef", canonical(ClientJson.tree(json))));
    }

    private static void put(ObjectNode properties, String name, List<String> texts) {
        ArrayNode array = properties.putArray(name);
        texts.forEach(array::add);
    }

    /** The same JSON with equal numbers written the same: the database writes {@code 1e2} as {@code 100}. */
    private static JsonNode canonical(JsonNode json) {
        JsonNodeFactory factory = JsonNodeFactory.withExactBigDecimals(true);
        return switch (json.getNodeType()) {
            case OBJECT -> {
                ObjectNode object = factory.objectNode();
                json.properties().forEach(property -> object.set(property.getKey(), canonical(property.getValue())));
                yield object;
            }
            case ARRAY -> {
                ArrayNode array = factory.arrayNode();
                json.forEach(item -> array.add(canonical(item)));
                yield array;
            }
            case NUMBER -> factory.numberNode(json.decimalValue().stripTrailingZeros());
            default -> json;
        };
    }
}
