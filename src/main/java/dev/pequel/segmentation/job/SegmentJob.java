package dev.pequel.segmentation.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.SandboxedEntity;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumeratedValue;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * An evaluation of audiences that was requested or scheduled. A request creates the job and may cancel it; all other
 * changes are made by {@link SegmentJobQueue}. Updates therefore write only the columns that changed.
 */
@Entity
@DynamicUpdate
class SegmentJob extends SandboxedEntity {

    @Id
    UUID id;

    /** Number in the order of creation, assigned by the database. */
    @Column(insertable = false, updatable = false)
    Long sequence;

    @Enumerated(EnumType.STRING)
    Status status;

    @Enumerated(EnumType.STRING)
    Source source;

    String requestId;

    /** The audiences to evaluate; null for all. */
    UUID[] requested;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    ArrayNode segments;

    int attempts;

    long valuesEvaluated;

    long valuesExpected;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    ObjectNode metrics;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    ArrayNode errors;

    String reason;

    Instant createdAt;

    Instant evaluationStartedAt;

    Instant evaluationEndedAt;

    Instant endedAt;

    Instant updatedAt;

    protected SegmentJob() {}

    /**
     * A client's job that is not stored yet.
     *
     * @param requested the audiences; empty for all
     */
    SegmentJob(Sandbox sandbox, String requestId, Optional<List<UUID>> requested, Instant now) {
        id = UUID.randomUUID();
        sandboxId = sandbox.id();
        status = Status.NEW;
        source = Source.API;
        this.requestId = requestId;
        this.requested = requested.map(ids -> ids.toArray(UUID[]::new)).orElse(null);
        segments = SegmentJobJson.requested(requested);
        metrics = JsonNodeFactory.instance.objectNode();
        errors = JsonNodeFactory.instance.arrayNode();
        createdAt = now.truncatedTo(ChronoUnit.MICROS);
        updatedAt = createdAt;
    }

    void cancel(Instant now) {
        status = Status.CANCELLED;
        endedAt = now;
        updatedAt = now;
    }

    UUID id() {
        return id;
    }

    Status status() {
        return status;
    }

    Source source() {
        return source;
    }

    String requestId() {
        return requestId;
    }

    /** The audiences that the job evaluates; before it begins, as requested. */
    ArrayNode segments() {
        return segments;
    }

    /** Number of times that the job has begun. */
    int attempts() {
        return attempts;
    }

    /** Number of values that were evaluated: profiles times audiences. */
    long valuesEvaluated() {
        return valuesEvaluated;
    }

    /** Number of values to evaluate; 0 if not known yet. */
    long valuesExpected() {
        return valuesExpected;
    }

    /** Metrics by audience, when the job has ended. */
    ObjectNode metrics() {
        return metrics;
    }

    /** The audiences that could not be evaluated, as {@code {"segmentId","message"}}. */
    ArrayNode errors() {
        return errors;
    }

    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    Instant createdAt() {
        return createdAt;
    }

    Optional<Instant> evaluationStartedAt() {
        return Optional.ofNullable(evaluationStartedAt);
    }

    Optional<Instant> evaluationEndedAt() {
        return Optional.ofNullable(evaluationEndedAt);
    }

    Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    Instant updatedAt() {
        return updatedAt;
    }

    enum Status {
        NEW,
        PROCESSING,
        /** All audiences have a new generation. */
        SUCCEEDED,
        /** Some audiences, or all of them, kept their generation; see {@link #errors}. */
        FAILED,
        /** All audiences kept their generation. */
        CANCELLED;

        static Optional<Status> of(String word) {
            return Arrays.stream(values())
                    .filter(status -> status.name().equalsIgnoreCase(word))
                    .findFirst();
        }

        boolean isEnd() {
            return this != NEW && this != PROCESSING;
        }
    }

    enum Source {
        API,
        SCHEDULER;

        @EnumeratedValue
        private final String word = name().toLowerCase(Locale.ROOT);

        /** The name in the API and in the database. */
        String word() {
            return word;
        }
    }
}
