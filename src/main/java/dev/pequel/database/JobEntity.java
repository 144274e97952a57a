package dev.pequel.database;

import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Work in the background that a client requested, or a schedule. */
@MappedSuperclass
public abstract class JobEntity extends SandboxedEntity {

    @Id
    protected UUID id;

    @Enumerated(EnumType.STRING)
    protected JobStatus status;

    protected String requestId;

    protected int attempts;

    protected Instant createdAt;

    protected Instant endedAt;

    protected Instant updatedAt;

    protected JobEntity() {}

    /**
     * Creates a new job that is not stored yet.
     *
     * @param sandbox the primary key of its sandbox
     */
    protected JobEntity(int sandbox, String requestId, Instant now) {
        id = UUID.randomUUID();
        sandboxId = sandbox;
        status = JobStatus.NEW;
        this.requestId = requestId;
        createdAt = now.truncatedTo(ChronoUnit.MICROS);
        updatedAt = createdAt;
    }

    public void cancel(Instant now) {
        status = JobStatus.CANCELLED;
        endedAt = now;
        updatedAt = now;
    }

    public UUID id() {
        return id;
    }

    public JobStatus status() {
        return status;
    }

    /** Returns the id of the request that created the job. */
    public String requestId() {
        return requestId;
    }

    /** Returns the number of times that the job has begun. */
    public int attempts() {
        return attempts;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
