package dev.pequel.segmentation.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.JobEntity;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumeratedValue;
import java.time.Instant;
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
 *
 * <p>A job that has succeeded has given all audiences a new generation. After a failure, some audiences or all of them
 * keep their generation; after a cancellation, all of them.
 */
@Entity
@DynamicUpdate
class SegmentJob extends JobEntity {

    /** Number in the order of creation, assigned by the database. */
    @Column(insertable = false, updatable = false)
    Long sequence;

    @Enumerated(EnumType.STRING)
    Source source;

    /** The audiences to evaluate; null for all. */
    UUID[] requested;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    ArrayNode segments;

    long valuesEvaluated;

    long valuesExpected;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    ObjectNode metrics;

    @Immutable
    @JdbcTypeCode(SqlTypes.JSON)
    ArrayNode errors;

    String reason;

    Instant evaluationStartedAt;

    Instant evaluationEndedAt;

    protected SegmentJob() {}

    /**
     * A client's job that is not stored yet.
     *
     * @param requested the audiences; empty for all
     */
    SegmentJob(Sandbox sandbox, String requestId, Optional<List<UUID>> requested, Instant now) {
        super(sandbox.id(), requestId, now);
        source = Source.API;
        this.requested = requested.map(ids -> ids.toArray(UUID[]::new)).orElse(null);
        segments = SegmentJobJson.requested(requested);
        metrics = JsonNodeFactory.instance.objectNode();
        errors = JsonNodeFactory.instance.arrayNode();
    }

    Source source() {
        return source;
    }

    /** The audiences that the job evaluates; before it begins, as requested. */
    ArrayNode segments() {
        return segments;
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

    Optional<Instant> evaluationStartedAt() {
        return Optional.ofNullable(evaluationStartedAt);
    }

    Optional<Instant> evaluationEndedAt() {
        return Optional.ofNullable(evaluationEndedAt);
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
