package dev.pequel.audience;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.pequel.audience.AudienceContent.Definition;
import dev.pequel.audience.AudienceContent.External;
import dev.pequel.segmentation.Metrics;
import dev.pequel.segmentation.MetricsDocument;
import dev.pequel.tenant.TenantJson;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Audiences as the contract writes them, its properties in its order. */
final class AudienceDocument {

    static final String UNION_SCHEMA = "https://ns.adobe.com/xdm/context/profile__union";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectReader PARSER =
            new JsonMapper().readerFor(ObjectNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private AudienceDocument() {}

    /**
     * @param metrics the audience's numbers, where they are asked for
     */
    static ObjectNode of(StoredAudience stored, Optional<Metrics> metrics) {
        return switch (stored.audience().content().origin()) {
            case Definition definition -> definition(stored, definition, metrics);
            case External external -> external(stored, external, metrics);
        };
    }

    /** The same document, the client's own JSON in it as a tree. */
    static ObjectNode parsed(ObjectNode document) {
        if (document.valueStream().noneMatch(JsonNode::isPojo)) {
            return document;
        }
        try {
            return PARSER.readValue(document.toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the document of an audience is not JSON", impossible);
        }
    }

    private static ObjectNode definition(StoredAudience stored, Definition definition, Optional<Metrics> metrics) {
        Audience audience = stored.audience();
        AudienceContent content = audience.content();
        ObjectNode document = JSON.objectNode();
        document.put("id", audience.id().toString());
        document.put("audienceId", audience.audienceId());
        document.putObject("schema").put("name", definition.schemaName());
        document.put("ttlInDays", definition.ttlInDays());
        document.put("profileInstanceId", definition.profileInstanceId());
        TenantJson.put(document, audience.sandbox());
        document.put("isSystem", false);
        document.put("name", content.name());
        putIfPresent(document, "description", content.description());
        document.putObject("expression")
                .put("type", definition.expression().type())
                .put("format", definition.expression().format())
                .put("value", definition.expression().value());
        document.put("mergePolicyId", audience.mergePolicyId(definition));
        ObjectNode evaluation = document.putObject("evaluationInfo");
        evaluation.putObject("batch").put("enabled", audience.evaluation().batch());
        evaluation.putObject("continuous").put("enabled", audience.evaluation().continuous());
        evaluation.putObject("synchronous").put("enabled", audience.evaluation().synchronous());
        document.putObject("dataGovernancePolicy").put("excludeOptOut", definition.excludeOptOut());
        putTimes(document, audience);
        document.put("_etag", audience.entityTag());
        putIds(document, "dependents", stored.dependents());
        document.putArray("definedOn")
                .addObject()
                .put("meta:resourceType", "unions")
                .put("meta:containerId", "tenant")
                .put("$ref", UNION_SCHEMA);
        putIds(document, "dependencies", audience.dependencies());
        metrics.ifPresent(numbers -> document.set("metrics", MetricsDocument.of(numbers, audience.sandbox())));
        document.put("type", content.type().word());
        document.put("overridePerformanceWarnings", definition.overridePerformanceWarnings());
        document.put("createdBy", audience.createdBy());
        document.put("lifecycle", content.lifecycle().word());
        putLabels(document, content);
        document.put("namespace", content.namespace());
        return document;
    }

    private static ObjectNode external(StoredAudience stored, External external, Optional<Metrics> metrics) {
        Audience audience = stored.audience();
        AudienceContent content = audience.content();
        ObjectNode document = JSON.objectNode();
        document.put("id", audience.id().toString());
        document.put("audienceId", audience.audienceId());
        document.put("name", content.name());
        document.put("namespace", content.namespace());
        TenantJson.put(document, audience.sandbox());
        document.put("isSystem", false);
        putIfPresent(document, "description", content.description());
        document.put("type", content.type().word());
        document.put("lifecycle", content.lifecycle().word());
        document.put("createdBy", audience.createdBy());
        putIfPresent(document, "datasetId", external.datasetId());
        putLabels(document, content);
        putJson(document, "audienceMeta", external.audienceMeta());
        putJson(document, "linkedAudienceRef", external.linkedAudienceRef());
        document.put("_etag", audience.entityTag());
        if (!stored.dependents().isEmpty()) {
            putIds(document, "dependents", stored.dependents());
        }
        metrics.ifPresent(numbers -> document.set("metrics", MetricsDocument.of(numbers, audience.sandbox())));
        putTimes(document, audience);
        return document;
    }

    private static void putTimes(ObjectNode document, Audience audience) {
        document.put("creationTime", audience.creationTime().toEpochMilli());
        document.put("updateEpoch", audience.updateTime().getEpochSecond());
        document.put("updateTime", audience.updateTime().toEpochMilli());
        document.put("createEpoch", audience.creationTime().getEpochSecond());
    }

    private static void putIds(ObjectNode document, String name, List<UUID> ids) {
        ArrayNode array = document.putArray(name);
        for (UUID id : ids) {
            array.add(id.toString());
        }
    }

    private static void putLabels(ObjectNode document, AudienceContent content) {
        ArrayNode labels = document.putArray("labels");
        for (String label : content.labels()) {
            labels.add(label);
        }
    }

    private static void putIfPresent(ObjectNode document, String name, Optional<String> value) {
        value.ifPresent(text -> document.put(name, text));
    }

    /** JSON of the client's own goes out as it came from the database, unread. */
    private static void putJson(ObjectNode document, String name, Optional<String> json) {
        json.ifPresent(text -> document.putRawValue(name, new RawValue(text)));
    }
}
