package dev.pequel.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.export.ExportJob.Status;
import dev.pequel.segmentation.JobTimes;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.TenantJson;
import java.util.List;
import java.util.Optional;

/** Writes export jobs as the JSON of the API. */
final class ExportJobDocument {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExportJobDocument() {}

    static ObjectNode of(ExportJob job, Sandbox sandbox) {
        ObjectNode request = job.requestJson();
        ObjectNode document = JSON.objectNode();
        document.put("id", job.number());
        document.put("jobType", "BATCH");
        document.set("destination", destination(job));
        document.setAll(request.deepCopy().retain("fields", "schema", "filter", "additionalFields", "mergePolicy"));
        TenantJson.put(document, sandbox);
        document.put("profileInstanceId", "ups");
        document.put("status", job.status().name());
        if (!job.errors().isEmpty()) {
            document.set("errors", job.errors());
        }
        document.set("metrics", metrics(job));
        document.putObject("progress")
                .put(
                        "percent",
                        JobTimes.percent(job.status() == Status.SUCCEEDED, job.profilesRead(), job.profilesExpected()))
                .put("attempts", job.attempts());
        document.put("requestId", job.requestId());
        putLinks(document.putObject("_links"), job);
        document.put("creationTime", job.createdAt().toEpochMilli());
        document.put("updateTime", job.updatedAt().toEpochMilli());
        return document;
    }

    private static ObjectNode destination(ExportJob job) {
        ExportRequest request = job.request();
        List<ExportBatch> batches = ExportBatch.of(job.id(), request);
        ObjectNode destination = job.requestJson().withObject("/destination").deepCopy();
        if (request.segmentPerBatch()) {
            ArrayNode list = destination.putArray("batches");
            for (ExportBatch batch : batches) {
                ObjectNode one = list.addObject();
                ExportRequest.putInto(one, batch.audiences().getFirst());
                one.put("batchId", batch.id());
            }
        } else {
            destination.put("batchId", batches.getFirst().id());
        }
        return destination;
    }

    private static ObjectNode metrics(ExportJob job) {
        ObjectNode metrics = JSON.objectNode();
        metrics.set("totalTime", JobTimes.between(Optional.of(job.createdAt()), job.endedAt()));
        metrics.set("profileExportTime", JobTimes.between(job.exportStartedAt(), job.exportEndedAt()));
        if (job.status() == Status.SUCCEEDED) {
            metrics.put("totalProfiles", job.profilesExported());
            if (job.requestJson().has("additionalFields")) {
                metrics.put("totalEvents", job.eventsExported());
            }
        }
        return metrics;
    }

    private static void putLinks(ObjectNode links, ExportJob job) {
        if (!job.status().isEnd()) {
            links.putObject("cancel").put("href", href(job)).put("method", "DELETE");
        }
        links.putObject("checkStatus").put("href", href(job)).put("method", "GET");
        if (job.status() == Status.SUCCEEDED) {
            links.putObject("files").put("href", href(job) + "/files").put("method", "GET");
        }
    }

    private static String href(ExportJob job) {
        return "/export/jobs/" + job.number();
    }

    /** The files of a job that has succeeded. */
    static ObjectNode files(ExportJob job) {
        ObjectNode document = JSON.objectNode();
        ArrayNode records = document.putArray("records");
        for (ExportedFile file : job.files()) {
            ObjectNode record = records.addObject();
            record.setAll(file.json());
            record.putObject("_links")
                    .putObject("download")
                    .put("href", href(job) + "/files/" + file.name() + "?batchId=" + file.batchId())
                    .put("method", "GET");
        }
        return document;
    }
}
