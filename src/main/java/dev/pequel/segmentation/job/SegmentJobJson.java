package dev.pequel.segmentation.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.segmentation.RequestedAudiences;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinition.Evaluated;
import dev.pequel.segmentation.store.StoredMetrics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes the JSON columns of segment jobs. */
final class SegmentJobJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SegmentJobJson() {}

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
                byNamespace.set(id, counts(numbers.byNamespace()));
                byStatus.set(id, counts(numbers.byStatus()));
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

    private static ObjectNode counts(Map<String, Long> counts) {
        ObjectNode json = JSON.objectNode();
        counts.forEach(json::put);
        return json;
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
