package dev.pequel.segmentation;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the members of an audience follow from, apart from the profiles: the schema, its own revision and, through all
 * audiences that it refers to, theirs; where members are listed or kept, their generation. Equal bases mean equal members.
 */
final class InputFingerprint {

    private final Optional<UUID> schema;
    private final Map<UUID, SegmentDefinition> definitions;
    private final Map<UUID, Long> generations;
    private final Map<UUID, UUID> known = new HashMap<>();

    /**
     * @param schema the version of the sandbox's schema
     * @param definitions the audiences and all that they refer to
     * @param generations of those that are not evaluated and have members
     */
    InputFingerprint(Optional<UUID> schema, Map<UUID, SegmentDefinition> definitions, Map<UUID, Long> generations) {
        this.schema = schema;
        this.definitions = definitions;
        this.generations = generations;
    }

    UUID of(UUID id) {
        UUID basis = known.get(id);
        if (basis == null) {
            // Circles are refused when an audience is stored; should there be one, it ends here.
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
