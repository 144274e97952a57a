package dev.pequel.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.AudienceValidator;
import dev.pequel.audience.ValidatedAudience;
import dev.pequel.audience.content.ReferenceOrder;
import dev.pequel.audit.PropertyChange;
import dev.pequel.command.CheckedFiles.Surroundings;
import dev.pequel.command.PlannedChange.Creation;
import dev.pequel.command.PlannedChange.Deletion;
import dev.pequel.command.PlannedChange.Update;
import dev.pequel.command.report.FileRule;
import dev.pequel.command.report.Finding;
import dev.pequel.http.request.RequestText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Compares the audiences of files with those of a sandbox. An audience of a file corresponds to the stored audience
 * with the same id. Without an id in the file, an external audience is matched by {@code audienceId} and namespace, and
 * a segment definition by name.
 */
final class Comparison {

    private static final String MERGE_POLICY = "mergePolicyId";

    private final AudienceValidator validator;
    private final String defaultMergePolicy;
    private final boolean prune;
    private final List<Finding> findings = new ArrayList<>();

    /** Audiences of files, each with the corresponding stored audience. New audiences are not contained. */
    private final Map<AudienceSource, JsonNode> counterparts = new LinkedHashMap<>();

    private final List<JsonNode> others = new ArrayList<>();
    private final CheckedFiles checked;

    /**
     * @param stored all audiences of the sandbox
     * @param defaultMergePolicy the merge policy of audiences that do not name one
     * @param prune whether audiences that only the sandbox has are deleted
     */
    Comparison(
            AudienceFiles files,
            List<JsonNode> stored,
            AudienceValidator validator,
            String defaultMergePolicy,
            boolean prune) {
        this.validator = validator;
        this.defaultMergePolicy = defaultMergePolicy;
        this.prune = prune;
        match(files.audiences(), stored);
        checked = CheckedFiles.check(files, this::validate, new Surroundings.OfSandbox(referencesOfSandbox()));
        findings.addAll(checked.findings());
        findings.sort(Finding.ORDER);
    }

    /** Returns the errors and warnings of the files in this sandbox. */
    List<Finding> findings() {
        return findings;
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(Finding::isError);
    }

    // ---- Matching

    private void match(List<AudienceSource> sources, List<JsonNode> stored) {
        Map<UUID, JsonNode> free = new LinkedHashMap<>();
        stored.forEach(audience -> free.put(id(audience), audience));
        for (AudienceSource source : sources) {
            source.id().map(free::remove).ifPresent(audience -> counterparts.put(source, audience));
        }
        Map<String, List<JsonNode>> byKey = free.values().stream().collect(Collectors.groupingBy(Comparison::key));
        Set<String> keys = new HashSet<>();
        for (AudienceSource source : sources) {
            if (source.id().isEmpty()) {
                String key = key(source.body());
                List<JsonNode> same = byKey.getOrDefault(key, List.of());
                if (!keys.add(key)) {
                    refuse(source, "Another audience in these files without an id has the same name.");
                } else if (same.size() > 1) {
                    refuse(
                            source,
                            "The sandbox has " + same.size() + " audiences with this name: "
                                    + same.stream()
                                            .map(one -> one.path("id").asText())
                                            .collect(Collectors.joining(", "))
                                    + ". Specify the id of one of them in the file.");
                } else if (same.size() == 1) {
                    counterparts.put(source, same.getFirst());
                    free.remove(id(same.getFirst()));
                }
            }
        }
        others.addAll(free.values());
    }

    private void refuse(AudienceSource source, String message) {
        findings.add(Finding.of(source.file(), source.span("name"), FileRule.DUPLICATE_AUDIENCE, message));
    }

    /** Returns the key by which an audience without an id is matched. */
    private static String key(JsonNode audience) {
        return audience.path("type").asText().startsWith("External")
                ? "external " + audience.path("namespace").asText(AudienceValidator.DEFAULT_NAMESPACE) + " "
                        + audience.path("audienceId").asText()
                : "name " + audience.path("name").asText();
    }

    private static UUID id(JsonNode stored) {
        return UUID.fromString(stored.path("id").asText());
    }

    private ValidatedAudience validate(AudienceSource source) {
        return counterparts.containsKey(source)
                ? validator.validate(source.body(), counterparts.get(source))
                : validator.validate(source.body());
    }

    /**
     * Returns the references of the stored audiences that are kept. {@link CheckedFiles} replaces those of audiences
     * that files describe with an id.
     */
    private Map<UUID, List<UUID>> referencesOfSandbox() {
        Map<UUID, List<UUID>> references = new HashMap<>();
        if (!prune) {
            others.forEach(audience -> references.put(id(audience), dependencies(audience)));
        }
        counterparts.values().forEach(audience -> references.put(id(audience), dependencies(audience)));
        return references;
    }

    private static List<UUID> dependencies(JsonNode audience) {
        return StreamSupport.stream(audience.path("dependencies").spliterator(), false)
                .flatMap(id -> RequestText.id(id.asText()).stream())
                .toList();
    }

    // ---- Planning

    /** Returns the changes to make. Must not be called if {@link #hasErrors()}. */
    Plan plan() {
        List<PlannedChange> first = new ArrayList<>();
        List<PlannedChange> pauses = new ArrayList<>();
        List<PlannedChange> deletions = new ArrayList<>();
        for (Side audience : dependenciesFirst()) {
            switch (audience) {
                case InFiles(AudienceSource source) ->
                    change(source).ifPresent(change -> (isPause(change) ? pauses : first).add(change));
                case InSandbox(JsonNode stored) -> deletions.add(new Deletion(stored));
            }
        }
        // An audience that others refer to cannot be paused or deleted, so dependents come first.
        List<PlannedChange> changes = new ArrayList<>(first);
        changes.addAll(pauses.reversed());
        if (prune) {
            changes.addAll(deletions.reversed());
        }
        int touched = first.size() + pauses.size();
        return new Plan(changes, prune ? List.of() : others, checked.audiences().size() - touched);
    }

    private Optional<PlannedChange> change(AudienceSource source) {
        JsonNode stored = counterparts.get(source);
        if (stored == null) {
            return Optional.of(new Creation(source));
        }
        ObjectNode wanted =
                checked.audiences().get(source).properties().orElseThrow().deepCopy();
        if (wanted.has("expression.value") && !wanted.has(MERGE_POLICY)) {
            wanted.put(MERGE_POLICY, defaultMergePolicy);
        }
        ObjectNode present = validator.validate(stored).properties().orElseGet(wanted::objectNode);
        List<PropertyChange> changes = PropertyChange.between(present, wanted, property -> true);
        return changes.isEmpty() ? Optional.empty() : Optional.of(new Update(source, stored, changes));
    }

    private static boolean isPause(PlannedChange change) {
        return change instanceof Update update
                && update.properties().stream()
                        .anyMatch(property -> property.property().equals("lifecycle")
                                && property.after()
                                        .filter(state -> state.asText().equals("inactive"))
                                        .isPresent());
    }

    // ---- Ordering

    private sealed interface Side {}

    private record InFiles(AudienceSource source) implements Side {}

    private record InSandbox(JsonNode stored) implements Side {}

    /**
     * Returns the audiences of the files and the remaining audiences of the sandbox, each after the audiences that it
     * will refer to. In this order no intermediate state has a reference cycle: an updated audience refers only to
     * updated audiences, and the references of the others had no cycle before.
     */
    private List<Side> dependenciesFirst() {
        List<Side> all = new ArrayList<>();
        checked.audiences().keySet().forEach(source -> all.add(new InFiles(source)));
        others.forEach(audience -> all.add(new InSandbox(audience)));
        Map<UUID, Side> byId = new HashMap<>();
        others.forEach(audience -> byId.put(id(audience), new InSandbox(audience)));
        counterparts.forEach((source, audience) -> byId.put(id(audience), new InFiles(source)));
        checked.audiences().keySet().forEach(source -> source.id().ifPresent(id -> byId.put(id, new InFiles(source))));
        return ReferenceOrder.dependenciesFirst(
                all,
                side -> references(side).stream()
                        .filter(byId::containsKey)
                        .map(byId::get)
                        .toList());
    }

    private List<UUID> references(Side side) {
        return switch (side) {
            case InFiles(AudienceSource source) ->
                CheckedFiles.references(checked.audiences().get(source));
            case InSandbox(JsonNode stored) -> dependencies(stored);
        };
    }
}
