package dev.pequel.schedule;

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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/**
 * The times at which segment jobs are created, and the audiences that these evaluate. Requests create, change and
 * delete schedules; {@link DueSchedules} records runs. Updates therefore write only the columns that changed.
 */
@Entity
@DynamicUpdate
class Schedule extends SandboxedEntity {

    @Id
    UUID id;

    String name;

    @Enumerated(EnumType.STRING)
    Type type;

    @Enumerated(EnumType.STRING)
    State state;

    String cron;

    /** The audiences to evaluate; null for all. */
    UUID[] audiences;

    Instant nextRun;

    @Column(insertable = false, updatable = false)
    Instant lastRun;

    @Column(insertable = false, updatable = false)
    UUID lastJobId;

    Instant createdAt;

    Instant updatedAt;

    protected Schedule() {}

    /** Creates a schedule that is not stored yet and has no next run. */
    Schedule(Sandbox sandbox, ScheduleContent content, Instant now) {
        id = UUID.randomUUID();
        sandboxId = sandbox.id();
        type = Type.BATCH_SEGMENTATION;
        createdAt = now.truncatedTo(ChronoUnit.MICROS);
        change(content, now);
    }

    void change(ScheduleContent content, Instant now) {
        name = content.name();
        state = content.state();
        cron = content.cron();
        audiences = content.audiences().map(ids -> ids.toArray(UUID[]::new)).orElse(null);
        updatedAt = now.truncatedTo(ChronoUnit.MICROS);
    }

    ScheduleContent content() {
        return new ScheduleContent(
                name, state, cron, Optional.ofNullable(audiences).map(Arrays::asList));
    }

    enum Type {
        BATCH_SEGMENTATION;

        @EnumeratedValue
        private final String word = name().toLowerCase(Locale.ROOT);

        /** The name in the API and in the database. */
        String word() {
            return word;
        }
    }

    enum State {
        ACTIVE,
        INACTIVE;

        @EnumeratedValue
        private final String word = name().toLowerCase(Locale.ROOT);

        /** The name in the API and in the database. */
        String word() {
            return word;
        }

        static Optional<State> of(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word.equals(word))
                    .findFirst();
        }
    }
}
