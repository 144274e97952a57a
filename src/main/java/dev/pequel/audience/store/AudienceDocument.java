package dev.pequel.audience.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.pequel.segmentation.store.CountResult;
import dev.pequel.segmentation.store.MetricsDocument;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.TenantJson;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes audiences as JSON of the contract, with properties in the contract's order. */
public final class AudienceDocument {

    static final String UNION_SCHEMA = "https://ns.adobe.com/xdm/context/profile__union";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectReader PARSER =
            new JsonMapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private AudienceDocument() {}

    /** @param metrics the audience's metrics, if the request asks for them */
    public static ObjectNode of(StoredAudience stored, Optional<CountResult> metrics) {
        Audience audience = stored.audience();
        return audience.definition == null
                ? external(stored, metrics)
                : definition(stored, audience.definition, metrics);
    }

    /** Returns the document with the client's free-form JSON parsed to trees. */
    public static ObjectNode parsed(ObjectNode document) {
        return document.valueStream().noneMatch(JsonNode::isPojo) ? document : (ObjectNode) tree(document.toString());
    }

    /** Parses stored JSON and keeps all digits of numbers. */
    public static JsonNode tree(String json) {
        try {
            return PARSER.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("stored text is not JSON", impossible);
        }
    }

    private static ObjectNode definition(
            StoredAudience stored, DefinitionColumns definition, Optional<CountResult> metrics) {
        Audience audience = stored.audience();
        ObjectNode document = JSON.objectNode();
        document.put("id", audience.id.toString());
        document.put("audienceId", audience.audienceId);
        document.putObject("schema").put("name", definition.schemaName);
        document.put("ttlInDays", definition.ttlInDays);
        document.put("profileInstanceId", definition.profileInstanceId);
        TenantJson.put(document, stored.sandbox());
        document.put("isSystem", false);
        document.put("name", audience.name);
        putIfPresent(document, "description", audience.description);
        document.putObject("expression")
                .put("type", definition.expressionType)
                .put("format", definition.expressionFormat)
                .put("value", definition.expressionValue);
        document.put("mergePolicyId", definition.mergePolicyId);
        ObjectNode evaluation = document.putObject("evaluationInfo");
        evaluation.putObject("batch").put("enabled", definition.batch);
        evaluation.putObject("continuous").put("enabled", definition.continuous);
        evaluation.putObject("synchronous").put("enabled", definition.synchronous);
        document.putObject("dataGovernancePolicy").put("excludeOptOut", definition.excludeOptOut);
        putTimes(document, audience);
        document.put("_etag", audience.entityTag());
        putIds(document, "dependents", stored.dependents());
        document.putArray("definedOn")
                .addObject()
                .put("meta:resourceType", "unions")
                .put("meta:containerId", "tenant")
                .put("$ref", UNION_SCHEMA);
        putIds(document, "dependencies", audience.dependencyIds());
        metrics.ifPresent(result -> putMetrics(document, result, stored.sandbox()));
        document.put("type", audience.type.word());
        document.put("overridePerformanceWarnings", definition.overridePerformanceWarnings);
        document.put("createdBy", audience.createdBy);
        putLifecycle(document, audience);
        putLabels(document, audience);
        document.put("namespace", audience.namespace);
        return document;
    }

    private static ObjectNode external(StoredAudience stored, Optional<CountResult> metrics) {
        Audience audience = stored.audience();
        ObjectNode document = JSON.objectNode();
        document.put("id", audience.id.toString());
        document.put("audienceId", audience.audienceId);
        document.put("name", audience.name);
        document.put("namespace", audience.namespace);
        TenantJson.put(document, stored.sandbox());
        document.put("isSystem", false);
        putIfPresent(document, "description", audience.description);
        document.put("type", audience.type.word());
        putLifecycle(document, audience);
        document.put("createdBy", audience.createdBy);
        putIfPresent(document, "datasetId", audience.datasetId);
        putLabels(document, audience);
        putJson(document, "audienceMeta", audience.audienceMeta);
        putJson(document, "linkedAudienceRef", audience.linkedAudienceRef);
        document.put("_etag", audience.entityTag());
        if (!stored.dependents().isEmpty()) {
            putIds(document, "dependents", stored.dependents());
        }
        metrics.ifPresent(result -> putMetrics(document, result, stored.sandbox()));
        putTimes(document, audience);
        return document;
    }

    /** The contract has two names for the state. */
    private static void putLifecycle(ObjectNode document, Audience audience) {
        document.put("lifecycle", audience.lifecycle.word());
        document.put("lifecycleState", audience.lifecycle.word());
    }

    private static void putMetrics(ObjectNode document, CountResult result, Sandbox sandbox) {
        switch (result) {
            case CountResult.Counted counted -> document.set("metrics", MetricsDocument.of(counted.numbers(), sandbox));
            case CountResult.NotCounted none -> document.put("metricsError", none.reason());
        }
    }

    private static void putTimes(ObjectNode document, Audience audience) {
        document.put("creationTime", audience.creationTime.toEpochMilli());
        document.put("updateEpoch", audience.updateTime.getEpochSecond());
        document.put("updateTime", audience.updateTime.toEpochMilli());
        document.put("createEpoch", audience.creationTime.getEpochSecond());
    }

    private static void putIds(ObjectNode document, String name, List<UUID> ids) {
        ArrayNode array = document.putArray(name);
        for (UUID id : ids) {
            array.add(id.toString());
        }
    }

    private static void putLabels(ObjectNode document, Audience audience) {
        putTexts(document, "labels", audience.labels);
        if (audience.tags.length > 0) {
            putTexts(document, "tags", audience.tags);
        }
        putIfPresent(document, "originName", audience.originName);
    }

    private static void putTexts(ObjectNode document, String name, String[] texts) {
        ArrayNode array = document.putArray(name);
        for (String text : texts) {
            array.add(text);
        }
    }

    private static void putIfPresent(ObjectNode document, String name, String value) {
        if (value != null) {
            document.put(name, value);
        }
    }

    /** Writes free-form JSON of the client without parsing it. */
    private static void putJson(ObjectNode document, String name, String json) {
        if (json != null) {
            document.putRawValue(name, new RawValue(json));
        }
    }
}
