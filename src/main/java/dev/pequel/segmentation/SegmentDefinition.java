package dev.pequel.segmentation;

import dev.pequel.expression.ExpressionDocument;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The parts of an audience that segmentation needs.
 *
 * @param id the audience's id
 * @param revision a new value is assigned when the source of the members changes: the expression, or a reference of it
 * @param createdAt when the audience was created
 */
public record SegmentDefinition(UUID id, String revision, Instant createdAt, Source source) {

    public SegmentDefinition {
        Objects.requireNonNull(id);
        Objects.requireNonNull(revision);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(source);
    }

    /** Where the members come from. */
    public sealed interface Source {}

    /**
     * Members are the profiles for which an expression holds.
     *
     * @param dependencies the audiences of the same tenant that the expression refers to
     */
    public record Evaluated(ExpressionDocument expression, String mergePolicyId, Set<UUID> dependencies)
            implements Source {
        public Evaluated {
            Objects.requireNonNull(expression);
            Objects.requireNonNull(mergePolicyId);
            dependencies = Set.copyOf(dependencies);
        }
    }

    /** Members are a list of identities. */
    public record External() implements Source {}

    /**
     * Members are those of the last evaluation. The audience is a draft or inactive, and not evaluated until that
     * changes.
     */
    public record Paused(ExpressionDocument expression) implements Source {
        public Paused {
            Objects.requireNonNull(expression);
        }
    }

    public Set<UUID> dependencies() {
        return switch (source) {
            case Evaluated evaluated -> evaluated.dependencies();
            case External external -> Set.of();
            case Paused paused -> Set.of();
        };
    }

    public boolean isEvaluated() {
        return source instanceof Evaluated;
    }
}
