package dev.pequel.segmentation;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Identifies all that the members of an audience follow from, apart from the profiles: the version of the schema, the
 * audience's revision, and the fingerprints of all audiences that it refers to. For external and paused audiences it
 * includes the generation instead of the schema. With equal fingerprints and equal profiles, members are equal,
 * unless an expression depends on the clock.
 */
public final class InputFingerprint {

    private final Optional<UUID> schema;
    private final Map<UUID, SegmentDefinition> definitions;
    private final Map<UUID, Long> generations;
    private final Map<UUID, UUID> known = new HashMap<>();

    /**
     * @param schema version of the sandbox's schema
     * @param definitions the audiences and all that they refer to, by id
     * @param generations generations of the external and paused audiences that have members
     */
    public InputFingerprint(
            Optional<UUID> schema, Map<UUID, SegmentDefinition> definitions, Map<UUID, Long> generations) {
        this.schema = schema;
        this.definitions = definitions;
        this.generations = generations;
    }

    public UUID of(UUID id) {
        UUID basis = known.get(id);
        if (basis == null) {
            // Circular references are refused when an audience is stored. This entry ends the recursion should there be
            // any.
            known.put(id, id);
            basis = compute(definitions.get(id));
            known.put(id, basis);
        }
        return basis;
    }

    private UUID compute(SegmentDefinition definition) {
        StringBuilder text = new StringBuilder(definition.revision());
        switch (definition.source()) {
            case SegmentDefinition.External external -> appendGeneration(text, definition);
            case SegmentDefinition.Paused paused -> appendGeneration(text, definition);
            case SegmentDefinition.Evaluated evaluated ->
                schema.ifPresent(version -> text.append('\n').append(version));
        }
        definition.dependencies().stream()
                .filter(definitions::containsKey)
                .sorted()
                .forEach(id -> text.append('\n').append(id).append(' ').append(of(id)));
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void appendGeneration(StringBuilder text, SegmentDefinition definition) {
        text.append('\n').append(generations.getOrDefault(definition.id(), 0L));
    }
}
