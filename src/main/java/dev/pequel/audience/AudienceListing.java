package dev.pequel.audience;

import dev.pequel.audience.content.AudienceSettings;
import dev.pequel.audience.store.Audience;
import dev.pequel.audience.store.AudienceDefinitions;
import dev.pequel.audience.store.AudienceDocument;
import dev.pequel.audience.store.AudienceQuery;
import dev.pequel.audience.store.AudienceRepository;
import dev.pequel.audience.store.AudienceRepository.Page;
import dev.pequel.audience.store.StoredAudience;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.evaluation.AudienceMetrics;
import dev.pequel.segmentation.store.CountResult;
import dev.pequel.segmentation.store.Metrics;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists the audiences of a tenant in pages, with filters and sorting. */
@ApplicationScoped
class AudienceListing {

    /** Default page size, as in the hosted service. */
    private static final int DEFINITIONS_ON_PAGE = 100;

    private final AudienceRepository audiences;
    private final Sandboxes sandboxes;
    private final AudienceMetrics metrics;
    private final AudienceSettings settings;

    AudienceListing(
            AudienceRepository audiences, Sandboxes sandboxes, AudienceMetrics metrics, AudienceSettings settings) {
        this.settings = settings;
        this.audiences = audiences;
        this.sandboxes = sandboxes;
        this.metrics = metrics;
    }

    /** The audiences of a page, and the number of matching audiences on all pages. */
    private record Listed(List<AudienceDocument> audiences, long total) {}

    /**
     * Returns the page of audiences that the query parameters ask for.
     *
     * @param parameters decoded
     */
    AudienceList list(Tenant tenant, Map<String, List<String>> parameters) {
        AudienceQuery asked = AudienceQuery.of(parameters, settings.filters());
        AudienceQuery query = asked.within(settings.maxOnPage());
        // Without a limit, all audiences are on one page, up to the maximum page size.
        boolean whole = asked.limit().isEmpty();
        Listed page = page(tenant, query);
        return AudienceList.of(page.audiences(), query, whole, page.total());
    }

    /** Lists segment definitions; otherwise like {@link #list}. */
    SegmentDefinitionList listDefinitions(Tenant tenant, Map<String, List<String>> parameters) {
        AudienceQuery query = AudienceQuery.ofDefinitions(parameters, settings.filters(), DEFINITIONS_ON_PAGE)
                .within(settings.maxOnPage());
        Listed page = page(tenant, query);
        return SegmentDefinitionList.of(page.audiences(), query, page.total());
    }

    private Listed page(Tenant tenant, AudienceQuery query) {
        return sandboxes.find(tenant).map(sandbox -> page(sandbox, query)).orElse(new Listed(List.of(), 0));
    }

    private Listed page(Sandbox sandbox, AudienceQuery query) {
        Page page = query.needsTotals() ? byTotals(sandbox, query) : audiences.page(sandbox, query);
        Map<UUID, CountResult> numbers = query.withMetrics() ? numbers(sandbox.tenant(), page.audiences()) : Map.of();
        List<AudienceDocument> documents = page.audiences().stream()
                .map(stored ->
                        AudienceDocument.withMetrics(stored, Optional.ofNullable(numbers.get(stored.audience().id))))
                .toList();
        return new Listed(documents, page.total());
    }

    /**
     * Filters and sorts by the number of profiles. This number is known only after evaluation, so all audiences that
     * match the other filters are read, and filtering, sorting and paging are done here instead of in the database.
     */
    private Page byTotals(Sandbox sandbox, AudienceQuery query) {
        List<Audience> matching = audiences.listAll(sandbox, query);
        Map<UUID, Long> totals = metrics.of(sandbox.tenant(), definitions(matching)).values().stream()
                .flatMap(result -> result.metrics().stream())
                .collect(Collectors.toMap(Metrics::id, Metrics::totalProfiles));
        List<UUID> ordered = matching.stream()
                .map(audience -> audience.id)
                .filter(id -> query.totals().stream().allMatch(total -> total.equals(totals.get(id))))
                .sorted(order(query, totals))
                .toList();
        long limit = query.limit().orElseThrow();
        List<UUID> page = ordered.stream().skip(query.first()).limit(limit).toList();
        Map<UUID, StoredAudience> stored = audiences.find(sandbox, page).stream()
                .collect(Collectors.toMap(found -> found.audience().id, Function.identity()));
        // An audience that was deleted in the meantime is missing.
        return new Page(page.stream().map(stored::get).filter(Objects::nonNull).toList(), ordered.size());
    }

    /** Audiences without a number are last; ties keep the order of the database. */
    private static Comparator<UUID> order(AudienceQuery query, Map<UUID, Long> totals) {
        Optional<AudienceQuery.Sort> sort = query.sortsByTotal();
        if (sort.isEmpty()) {
            return (one, other) -> 0;
        }
        Comparator<Long> byTotal = sort.get().descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.comparing(totals::get, Comparator.nullsLast(byTotal));
    }

    private Map<UUID, CountResult> numbers(Tenant tenant, List<StoredAudience> page) {
        return metrics.of(
                tenant, definitions(page.stream().map(StoredAudience::audience).toList()));
    }

    private static List<SegmentDefinition> definitions(List<Audience> audiences) {
        return audiences.stream().map(AudienceDefinitions::of).toList();
    }
}
