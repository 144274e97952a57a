package dev.pequel.segmentation.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.TenantJson;

/** Writes metrics as the JSON of the API. */
public final class MetricsDocument {

    public static final String REALIZED = "realized";
    public static final String EXITED = "exited";

    private static final String TYPE = "batch_segmentation";

    private MetricsDocument() {}

    /**
     * {@code {"type","jobId","id","imsOrgId","sandbox","data":{"totalProfiles","totalProfilesByNamespace",
     * "totalProfilesByStatus"},"createEpoch","updateEpoch"}}; times are in seconds.
     */
    public static ObjectNode of(Metrics metrics, Sandbox sandbox) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("type", TYPE);
        document.put("jobId", metrics.jobId().toString());
        document.put("id", metrics.id().toString());
        TenantJson.put(document, sandbox);
        ObjectNode data = document.putObject("data");
        data.put("totalProfiles", metrics.totalProfiles());
        data.set("totalProfilesByNamespace", byNamespace(metrics));
        data.set("totalProfilesByStatus", byStatus(metrics));
        document.put("createEpoch", metrics.createdAt().getEpochSecond());
        document.put("updateEpoch", metrics.updatedAt().getEpochSecond());
        return document;
    }

    public static ObjectNode byNamespace(Metrics metrics) {
        ObjectNode counts = JsonNodeFactory.instance.objectNode();
        metrics.byNamespace().forEach(counts::put);
        return counts;
    }

    /** Both statuses, also if their number is 0. */
    public static ObjectNode byStatus(Metrics metrics) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(REALIZED, metrics.realized())
                .put(EXITED, metrics.exited());
    }
}
