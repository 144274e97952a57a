package dev.pequel.segmentation;

import dev.pequel.expression.ExpressionDocument;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * An audience as far as segmentation is concerned.
 *
 * @param id the audience's id
 * @param revision another one with every change of where the members come from: of the expression, or of what it refers to
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

    /** Members are listed from outside. */
    public record External() implements Source {}

    /** Members are those of the last evaluation, until the audience, a draft or inactive, is evaluated again. */
    public record Paused(ExpressionDocument expression) implements Source {
        public Paused {
            Objects.requireNonNull(expression);
        }
    }

    Set<UUID> dependencies() {
        return switch (source) {
            case Evaluated evaluated -> evaluated.dependencies();
            case External external -> Set.of();
            case Paused paused -> Set.of();
        };
    }

    boolean isEvaluated() {
        return source instanceof Evaluated;
    }
}
