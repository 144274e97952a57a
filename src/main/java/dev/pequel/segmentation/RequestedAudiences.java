package dev.pequel.segmentation;

import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest.Violation;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads and validates the audiences that a segment job shall evaluate. */
@ApplicationScoped
public class RequestedAudiences {

    /** Requests all audiences. */
    public static final String ALL = "*";

    private final SegmentDefinitions definitions;

    RequestedAudiences(SegmentDefinitions definitions) {
        this.definitions = definitions;
    }

    /**
     * Reads ids of audiences. An id of an audience that does not exist, or that is not evaluated, is a violation.
     *
     * @param requested ids or {@value #ALL}, by their positions in the request
     * @param violations the list to add to
     * @return the audiences without duplicates; empty for all
     */
    public Optional<List<UUID>> read(Tenant tenant, Map<String, String> requested, List<Violation> violations) {
        int found = violations.size();
        Map<String, UUID> ids = new LinkedHashMap<>();
        requested.forEach((place, id) -> {
            if (!id.equals(ALL)) {
                RequestText.id(id)
                        .ifPresentOrElse(uuid -> ids.put(place, uuid), () -> violations.add(unknown(place, id)));
            }
        });
        if (violations.size() == found && !ids.isEmpty()) {
            requireEvaluated(tenant, ids, violations);
        }
        return requested.containsValue(ALL)
                ? Optional.empty()
                : Optional.of(List.copyOf(new LinkedHashSet<>(ids.values())));
    }

    private void requireEvaluated(Tenant tenant, Map<String, UUID> ids, List<Violation> violations) {
        Map<UUID, SegmentDefinition> found = new LinkedHashMap<>();
        definitions
                .some(tenant, Set.copyOf(ids.values()))
                .forEach(definition -> found.put(definition.id(), definition));
        ids.forEach((place, id) -> {
            SegmentDefinition definition = found.get(id);
            if (definition == null) {
                violations.add(unknown(place, id.toString()));
            } else {
                switch (definition.source()) {
                    case SegmentDefinition.Evaluated evaluated -> {}
                    case SegmentDefinition.External external ->
                        violations.add(new Violation(
                                place, "the audience " + id + " is external: its members are listed, not evaluated"));
                    case SegmentDefinition.Paused paused ->
                        violations.add(new Violation(
                                place, "the audience " + id + " is not evaluated because it is a draft or inactive"));
                }
            }
        });
    }

    private static Violation unknown(String place, String id) {
        return new Violation(place, "there is no audience with the id " + id);
    }
}
