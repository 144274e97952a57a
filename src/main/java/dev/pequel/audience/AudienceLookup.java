package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.audience.content.AudienceSettings;
import dev.pequel.audience.store.Audience;
import dev.pequel.audience.store.AudienceDefinitions;
import dev.pequel.audience.store.AudienceDocument;
import dev.pequel.audience.store.AudienceRepository;
import dev.pequel.audience.store.StoredAudience;
import dev.pequel.http.BulkErrors;
import dev.pequel.http.BulkResults;
import dev.pequel.http.request.BulkIds;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.NotFound;
import dev.pequel.segmentation.evaluation.AudienceMetrics;
import dev.pequel.segmentation.store.CountResult;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads audiences by their ids. */
@ApplicationScoped
class AudienceLookup {

    private final AudienceRepository audiences;
    private final AudienceMetrics metrics;
    private final AudienceSettings settings;
    private final BulkErrors bulkErrors;

    AudienceLookup(
            AudienceRepository audiences, AudienceMetrics metrics, AudienceSettings settings, BulkErrors bulkErrors) {
        this.audiences = audiences;
        this.metrics = metrics;
        this.settings = settings;
        this.bulkErrors = bulkErrors;
    }

    /**
     * Returns one audience.
     *
     * @throws NotFound when the sandbox has no such audience
     */
    AudienceDocument get(Sandbox sandbox, String id, boolean withMetrics) {
        return get(sandbox, id, audience -> true, withMetrics);
    }

    private AudienceDocument get(Sandbox sandbox, String id, Predicate<Audience> wanted, boolean withMetrics) {
        StoredAudience stored = RequestText.id(id)
                .flatMap(known -> audiences.find(sandbox, known))
                .filter(found -> wanted.test(found.audience()))
                .orElseThrow(() -> AudienceService.notFound(id));
        return AudienceDocument.withMetrics(stored, withMetrics ? metrics(stored) : Optional.empty());
    }

    /**
     * Returns one segment definition. External audiences are not found.
     *
     * @throws NotFound when the sandbox has no such segment definition
     */
    AudienceDocument getDefinition(Sandbox sandbox, String id, boolean withMetrics) {
        return get(sandbox, id, AudienceLookup::isDefinition, withMetrics);
    }

    /**
     * Returns several audiences by id, with an error in place of each that does not exist.
     *
     * @param sandbox empty if the sandbox does not exist yet
     * @throws NotFound when the sandbox has none of them
     */
    BulkResults bulkGet(Optional<Sandbox> sandbox, JsonNode body) {
        return bulkGet(sandbox, body, audience -> true);
    }

    /** Like {@link #bulkGet(Optional, JsonNode)}, but external audiences are not found. */
    BulkResults bulkGetDefinitions(Optional<Sandbox> sandbox, JsonNode body) {
        return bulkGet(sandbox, body, AudienceLookup::isDefinition);
    }

    private BulkResults bulkGet(Optional<Sandbox> sandbox, JsonNode body, Predicate<Audience> wanted) {
        Set<String> ids = BulkIds.read(body, settings.bulkIds());
        List<UUID> known =
                ids.stream().flatMap(id -> RequestText.id(id).stream()).toList();
        Map<String, StoredAudience> found =
                sandbox.map(present -> audiences.find(present, known)).orElse(List.of()).stream()
                        .filter(stored -> wanted.test(stored.audience()))
                        .collect(Collectors.toMap(stored -> stored.audience().id.toString(), Function.identity()));
        if (found.isEmpty()) {
            throw new NotFound("There are no audiences with the ids " + String.join(", ", ids) + ".");
        }
        Map<String, Object> results = new LinkedHashMap<>();
        for (String id : ids) {
            StoredAudience stored = found.get(id.toLowerCase(Locale.ROOT));
            results.put(
                    id,
                    stored == null
                            ? bulkErrors.notFound(AudienceService.notFound(id).getMessage())
                            : AudienceDocument.of(stored));
        }
        return new BulkResults(results);
    }

    private static boolean isDefinition(Audience audience) {
        return !audience.type.isExternal();
    }

    private Optional<CountResult> metrics(StoredAudience stored) {
        return Optional.ofNullable(
                metrics.of(stored.sandbox().tenant(), List.of(AudienceDefinitions.of(stored.audience())))
                        .get(stored.audience().id));
    }
}
