package dev.pequel.audience;

import dev.pequel.audience.AudienceContent.Definition;
import dev.pequel.audience.AudienceContent.External;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An audience as it is stored. Columns of the other kind of audience are null. */
@Entity
class Audience {

    @Id
    UUID id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "sandbox")
    Sandbox sandbox;

    /** Given by the database, and known only once the audience is read again. */
    @Column(insertable = false, updatable = false)
    Long sequence;

    /** A new one with every change. */
    UUID etag;

    String audienceId;

    @Enumerated(EnumType.STRING)
    AudienceType type;

    String name;

    String description;

    String foldedName;

    String foldedDescription;

    String namespace;

    @Enumerated(EnumType.STRING)
    Lifecycle lifecycle;

    String[] labels;

    String createdBy;

    Instant creationTime;

    Instant updateTime;

    Instant archivedAt;

    String schemaName;

    Integer ttlInDays;

    String profileInstanceId;

    String expressionType;

    String expressionFormat;

    String expressionValue;

    String mergePolicyId;

    Boolean batch;

    Boolean continuous;

    Boolean synchronous;

    boolean evaluationChosen;

    Boolean excludeOptOut;

    Boolean overridePerformanceWarnings;

    UUID[] dependencies;

    String datasetId;

    @JdbcTypeCode(SqlTypes.JSON)
    String audienceMeta;

    @JdbcTypeCode(SqlTypes.JSON)
    String linkedAudienceRef;

    protected Audience() {}

    /** An audience that is not yet stored, and still without content. */
    Audience(UUID id, Sandbox sandbox, String createdBy, Instant creationTime) {
        this.id = id;
        this.sandbox = sandbox;
        this.createdBy = createdBy;
        this.creationTime = creationTime;
    }

    /**
     * Replaces all that clients may write.
     *
     * @param evaluation the methods to evaluate a definition with, whether chosen or derived
     * @param dependencies the audiences that a definition's expression refers to
     */
    void overwrite(
            AudienceContent content, EvaluationChoice evaluation, Collection<UUID> dependencies, Instant updateTime) {
        this.updateTime = updateTime;
        etag = UUID.randomUUID();
        type = content.type();
        name = content.name();
        description = content.description().orElse(null);
        foldedName = CaseFolding.fold(name);
        foldedDescription = content.description().map(CaseFolding::fold).orElse(null);
        namespace = content.namespace();
        lifecycle = content.lifecycle();
        labels = content.labels().toArray(String[]::new);
        this.dependencies = dependencies.toArray(UUID[]::new);
        switch (content.origin()) {
            case Definition definition -> {
                audienceId = id.toString();
                schemaName = definition.schemaName();
                ttlInDays = definition.ttlInDays();
                profileInstanceId = definition.profileInstanceId();
                expressionType = definition.expression().type();
                expressionFormat = definition.expression().format();
                expressionValue = definition.expression().value();
                mergePolicyId = definition
                        .mergePolicyId()
                        .orElseGet(() -> sandbox.defaultMergePolicyId().toString());
                batch = evaluation.batch();
                continuous = evaluation.continuous();
                synchronous = evaluation.synchronous();
                evaluationChosen = definition.evaluation().isPresent();
                excludeOptOut = definition.excludeOptOut();
                overridePerformanceWarnings = definition.overridePerformanceWarnings();
            }
            case External external -> {
                audienceId = external.audienceId();
                datasetId = external.datasetId().orElse(null);
                audienceMeta = external.audienceMeta().orElse(null);
                linkedAudienceRef = external.linkedAudienceRef().orElse(null);
            }
        }
    }

    /** The present version's tag as HTTP writes it, with quotes. */
    String entityTag() {
        return "\"" + etag + "\"";
    }

    /** Takes the audience out of every request's sight. */
    void archive(Instant now) {
        lifecycle = Lifecycle.ARCHIVED;
        archivedAt = now;
        updateTime = now;
        etag = UUID.randomUUID();
    }
}
