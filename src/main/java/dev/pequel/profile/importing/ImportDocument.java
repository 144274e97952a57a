package dev.pequel.profile.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.TenantJson;
import java.time.Duration;

/** Writes import jobs as the JSON of the API. */
final class ImportDocument {

    private ImportDocument() {}

    static ObjectNode of(ImportJob job, Sandbox sandbox) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("id", job.id().toString());
        TenantJson.put(document, sandbox);
        document.put("content", job.content().word());
        document.put("source", job.source().word());
        document.put("status", job.status().name());
        job.reason().ifPresent(reason -> document.put("reason", reason));
        putMetrics(document.putObject("metrics"), job);
        document.set("errors", LineError.json(job.errors()));
        if (!job.warnings().isEmpty()) {
            document.set("warnings", LineError.json(job.warnings()));
        }
        document.put("creationTime", job.createdAt().toEpochMilli());
        document.put("updateTime", job.updatedAt().toEpochMilli());
        document.putObject("_links")
                .putObject("checkStatus")
                .put("href", "/data/core/ups/" + job.content().word() + "/import/" + job.id())
                .put("method", "GET");
        return document;
    }

    private static void putMetrics(ObjectNode metrics, ImportJob job) {
        long time = Duration.between(job.createdAt(), job.updatedAt()).toMillis();
        metrics.put("bytesRead", job.bytes());
        metrics.put("linesRead", job.lines());
        metrics.put("created", job.created());
        metrics.put("updated", job.updated());
        metrics.put("unchanged", job.unchanged());
        metrics.put("failed", job.failed());
        metrics.put("totalTimeInMs", time);
        metrics.put("linesPerSecond", job.lines() * 1000 / Math.max(time, 1));
    }
}
