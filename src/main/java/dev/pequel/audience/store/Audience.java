package dev.pequel.audience.store;

import dev.pequel.audience.content.AudienceContent;
import dev.pequel.audience.content.AudienceContent.Definition;
import dev.pequel.audience.content.AudienceContent.External;
import dev.pequel.audience.content.AudienceContent.Origin;
import dev.pequel.audience.content.AudienceType;
import dev.pequel.audience.content.CheckedContent;
import dev.pequel.audience.content.EvaluationChoice;
import dev.pequel.audience.content.Lifecycle;
import dev.pequel.database.SandboxedEntity;
import dev.pequel.pql.CaseFolding;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.type.SqlTypes;

/**
 * An audience in the database: a segment definition or an external audience. A deleted audience remains as an
 * archived row that queries do not return.
 */
@Entity
@SQLRestriction("archived_at is null")
public class Audience extends SandboxedEntity {

    @Id
    public UUID id;

    /** Incremented by every change. The entity tag is derived from it. */
    @Version
    long version;

    /** The order of creation, assigned by the database; null until the audience is read from there. */
    @Column(insertable = false, updatable = false)
    Long sequence;

    /** The client's own id of an external audience; otherwise equal to {@link #id}. */
    String audienceId;

    @Enumerated(EnumType.STRING)
    public AudienceType type;

    public String name;

    String description;

    /** The name with case folded, for the filter {@code name}. */
    String foldedName;

    String foldedDescription;

    String namespace;

    @Enumerated(EnumType.STRING)
    public Lifecycle lifecycle;

    String[] labels;

    String[] tags;

    /** The client's name for the origin of the audience. */
    String originName;

    /** The number of times that evaluation resumed after a pause. */
    int resumptions;

    @Column(updatable = false)
    String createdBy;

    /** Millisecond precision, like {@link #updateTime}. */
    @Column(updatable = false)
    Instant creationTime;

    public Instant updateTime;

    Instant archivedAt;

    /** Null in an external audience. */
    DefinitionColumns definition;

    /** Only for external audiences. */
    String datasetId;

    /** Any JSON; of external audiences alone. */
    @JdbcTypeCode(SqlTypes.JSON)
    String audienceMeta;

    /** Any JSON; of external audiences alone. */
    @JdbcTypeCode(SqlTypes.JSON)
    String linkedAudienceRef;

    /** The audiences that the expression refers to, in the order of its text. */
    @OneToMany(mappedBy = "dependent", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position")
    @BatchSize(size = 1_000)
    List<AudienceDependency> dependencies = new ArrayList<>();

    protected Audience() {}

    /**
     * Creates an audience that is not stored yet.
     *
     * @param id an id that no audience of the sandbox has or had
     */
    public Audience(Sandbox sandbox, UUID id, CheckedContent checked, String createdBy, Instant now) {
        this.id = id;
        sandboxId = sandbox.id();
        this.createdBy = createdBy;
        creationTime = now;
        updateTime = now;
        write(sandbox, checked);
    }

    /**
     * Replaces all values that clients can write. If nothing differs, the update time stays, and Hibernate does not
     * increment the version.
     */
    public void overwrite(Sandbox sandbox, CheckedContent checked, Instant now) {
        AudienceContent contentBefore = content();
        EvaluationChoice evaluationBefore = evaluation();
        List<UUID> dependenciesBefore = dependencyIds();
        write(sandbox, checked);
        if (!content().equals(contentBefore)
                || !evaluation().equals(evaluationBefore)
                || !dependencyIds().equals(dependenciesBefore)) {
            updateTime = now;
        }
    }

    private void write(Sandbox sandbox, CheckedContent checked) {
        AudienceContent content = checked.content();
        type = content.type();
        name = content.name();
        description = content.description().orElse(null);
        foldedName = CaseFolding.fold(name);
        foldedDescription = content.description().map(CaseFolding::fold).orElse(null);
        namespace = content.namespace();
        if (lifecycle != null && !lifecycle.isEvaluated() && content.lifecycle().isEvaluated()) {
            resumptions++;
        }
        lifecycle = content.lifecycle();
        labels = array(labels, content.labels());
        tags = array(tags, content.tags());
        originName = content.originName().orElse(null);
        switch (content.origin()) {
            case Definition written -> {
                audienceId = id.toString();
                DefinitionColumns columns = DefinitionColumns.of(written, checked.evaluation(), sandbox);
                // Hibernate regards a replaced embeddable as changed.
                if (definition == null || !definition.isEqualTo(columns)) {
                    definition = columns;
                }
            }
            case External written -> {
                audienceId = written.audienceId();
                datasetId = written.datasetId().orElse(null);
                audienceMeta = json(audienceMeta, written.audienceMeta());
                linkedAudienceRef = json(linkedAudienceRef, written.linkedAudienceRef());
            }
        }
        if (!dependencyIds().equals(checked.dependencies())) {
            dependencies.clear();
            for (UUID dependency : checked.dependencies()) {
                dependencies.add(new AudienceDependency(this, dependency, dependencies.size()));
            }
        }
    }

    /** Returns the stored array if it equals the written list, because Hibernate regards another array as changed. */
    private static String[] array(String[] stored, List<String> written) {
        return stored != null && List.of(stored).equals(written) ? stored : written.toArray(String[]::new);
    }

    /** Returns the stored JSON if it equals the written JSON, regardless of formatting. */
    private static String json(String stored, Optional<String> written) {
        boolean equal = Optional.ofNullable(stored).map(ClientJson::tree).equals(written.map(ClientJson::tree));
        return equal ? stored : written.orElse(null);
    }

    /** Marks the audience as deleted, which hides it from all queries. */
    public void archive(Instant now) {
        lifecycle = Lifecycle.ARCHIVED;
        archivedAt = now;
        updateTime = now;
        dependencies.clear();
    }

    /** Returns the values that clients can write. */
    public AudienceContent content() {
        Origin origin = definition == null
                ? new External(
                        audienceId,
                        Optional.ofNullable(datasetId),
                        Optional.ofNullable(audienceMeta),
                        Optional.ofNullable(linkedAudienceRef))
                : definition.content();
        return new AudienceContent(
                type,
                name,
                Optional.ofNullable(description),
                namespace,
                lifecycle,
                List.of(labels),
                List.of(tags),
                Optional.ofNullable(originName),
                origin);
    }

    /** Returns the chosen or derived evaluation methods; none for an external audience. */
    public EvaluationChoice evaluation() {
        return definition == null ? EvaluationChoice.NONE : definition.evaluation();
    }

    /** Returns the tags; empty if there are none. */
    Optional<List<String>> tags() {
        return Optional.of(List.of(tags)).filter(present -> !present.isEmpty());
    }

    public List<UUID> dependencyIds() {
        return dependencies.stream().map(reference -> reference.dependencyId).toList();
    }

    /** Returns the entity tag of the current version as in HTTP, with quotes. */
    public String entityTag() {
        return EntityTags.of(id, version);
    }
}
