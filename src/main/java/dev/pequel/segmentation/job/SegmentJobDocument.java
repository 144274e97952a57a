package dev.pequel.segmentation.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.segmentation.JobTimes;
import dev.pequel.segmentation.RequestedAudiences;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinition.Evaluated;
import dev.pequel.segmentation.store.MetricsDocument;
import dev.pequel.segmentation.store.StoredMetrics;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.TenantJson;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes segment jobs as the JSON of the API. */
final class SegmentJobDocument {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SegmentJobDocument() {}

    static ObjectNode of(SegmentJob job, Sandbox sandbox) {
        ObjectNode document = JSON.objectNode();
        document.put("id", job.id().toString());
        TenantJson.put(document, sandbox);
        document.put("profileInstanceId", "ups");
        document.put("source", job.source().word());
        document.put("status", job.status().name());
        job.reason().ifPresent(reason -> document.put("reason", reason));
        document.set("segments", job.segments());
        document.set("metrics", metrics(job));
        if (!job.errors().isEmpty()) {
            document.set("errors", job.errors());
        }
        document.putObject("progress")
                .put(
                        "percent",
                        JobTimes.percent(
                                job.status() == SegmentJob.Status.SUCCEEDED,
                                job.valuesEvaluated(),
                                job.valuesExpected()))
                .put("attempts", job.attempts());
        document.put("requestId", job.requestId());
        document.putObject("schema").put("name", "_xdm.context.profile");
        document.putObject("properties");
        putLinks(document, job);
        document.put("updateTime", job.updatedAt().toEpochMilli());
        document.put("creationTime", job.createdAt().toEpochMilli());
        document.put("updateEpoch", job.updatedAt().getEpochSecond());
        return document;
    }

    private static ObjectNode metrics(SegmentJob job) {
        ObjectNode metrics = JSON.objectNode();
        metrics.set("totalTime", JobTimes.between(Optional.of(job.createdAt()), job.endedAt()));
        metrics.set("profileSegmentationTime", JobTimes.between(job.evaluationStartedAt(), job.evaluationEndedAt()));
        metrics.setAll(job.metrics());
        return metrics;
    }

    private static void putLinks(ObjectNode document, SegmentJob job) {
        String href = "/segment/jobs/" + job.id();
        ObjectNode links = document.putObject("_links");
        if (!job.status().isEnd()) {
            links.putObject("cancel").put("href", href).put("method", "DELETE");
        }
        links.putObject("checkStatus").put("href", href).put("method", "GET");
    }

    /** The {@code segments} of a job that has not begun. */
    static ArrayNode requested(Optional<List<UUID>> ids) {
        ArrayNode segments = JSON.arrayNode();
        ids.ifPresentOrElse(
                some -> some.forEach(id -> segments.addObject().put("segmentId", id.toString())),
                () -> segments.addObject().put("segmentId", RequestedAudiences.ALL));
        return segments;
    }

    /** The {@code segments} of a job that has begun, with their expressions. */
    static ArrayNode segments(Collection<SegmentDefinition> definitions) {
        ArrayNode segments = JSON.arrayNode(definitions.size());
        for (SegmentDefinition definition : definitions) {
            if (definition.source() instanceof Evaluated evaluated) {
                ObjectNode segment = segments.addObject()
                        .put("segmentId", definition.id().toString())
                        .putObject("segment");
                segment.put("id", definition.id().toString());
                segment.putObject("expression")
                        .put("type", evaluated.expression().type())
                        .put("format", evaluated.expression().format())
                        .put("value", evaluated.expression().value());
                segment.put("mergePolicyId", evaluated.mergePolicyId());
                segment.putObject("mergePolicy")
                        .put("id", evaluated.mergePolicyId())
                        .put("version", 1);
            }
        }
        return segments;
    }

    /** The {@code metrics} of a job that has ended. */
    static ObjectNode metrics(List<StoredMetrics> counted, Collection<SegmentDefinition> definitions, long profiles) {
        ObjectNode metrics = JSON.objectNode();
        metrics.put("totalProfiles", profiles);
        ObjectNode totals = metrics.putObject("segmentedProfileCounter");
        ObjectNode byNamespace = metrics.putObject("segmentedProfileByNamespaceCounter");
        ObjectNode byStatus = metrics.putObject("segmentedProfileByStatusCounter");
        for (StoredMetrics one : counted) {
            one.metrics().ifPresent(numbers -> {
                String id = one.id().toString();
                totals.put(id, numbers.totalProfiles());
                byNamespace.set(id, MetricsDocument.byNamespace(numbers));
                byStatus.set(id, MetricsDocument.byStatus(numbers));
            });
        }
        ObjectNode byMergePolicy = metrics.putObject("totalProfilesByMergePolicy");
        for (SegmentDefinition definition : definitions) {
            if (definition.source() instanceof Evaluated evaluated) {
                byMergePolicy.put(evaluated.mergePolicyId(), profiles);
            }
        }
        return metrics;
    }

    /** The {@code errors} of a job: the audiences that could not be evaluated. */
    static ArrayNode errors(List<StoredMetrics> counted) {
        ArrayNode errors = JSON.arrayNode();
        for (StoredMetrics one : counted) {
            one.failure()
                    .ifPresent(message -> errors.addObject()
                            .put("segmentId", one.id().toString())
                            .put("message", message));
        }
        return errors;
    }
}
