package dev.pequel.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A file of an export job that has succeeded.
 *
 * @param batchId the batch, which is the name of the folder
 * @param size size in bytes
 * @param records number of profiles or events in the file
 */
record ExportedFile(String batchId, String name, String mediaType, long size, long records) {

    static ExportedFile of(JsonNode json) {
        return new ExportedFile(
                json.get("batchId").textValue(),
                json.get("name").textValue(),
                json.get("mediaType").textValue(),
                json.get("size").longValue(),
                json.get("records").longValue());
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("batchId", batchId)
                .put("name", name)
                .put("mediaType", mediaType)
                .put("size", size)
                .put("records", records);
    }
}
