package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.content.AudienceContent;
import dev.pequel.audience.content.AudienceContent.Definition;
import dev.pequel.audience.content.AudienceContent.External;
import dev.pequel.audience.content.AudienceMerge;
import dev.pequel.audience.content.AudienceSettings;
import dev.pequel.audience.content.CheckedContent;
import dev.pequel.audience.content.CheckedDefinition;
import dev.pequel.audience.content.ContentLimits;
import dev.pequel.audience.content.ContentReader;
import dev.pequel.audience.content.PatchLimits;
import dev.pequel.audience.store.Audience;
import dev.pequel.audience.store.AudienceDocument;
import dev.pequel.audience.store.AudienceField;
import dev.pequel.audience.store.AudienceQuota;
import dev.pequel.audience.store.AudienceReferences;
import dev.pequel.audience.store.AudienceRepository;
import dev.pequel.audience.store.ClientJson;
import dev.pequel.audience.store.StoredAudience;
import dev.pequel.audit.AudienceChange;
import dev.pequel.audit.AuditAction;
import dev.pequel.audit.AuditTrail;
import dev.pequel.audit.PropertyChange;
import dev.pequel.expression.ExpressionService;
import dev.pequel.http.request.Preconditions;
import dev.pequel.http.request.RequestText;
import dev.pequel.pql.term.Purpose;
import dev.pequel.problem.Conflict;
import dev.pequel.problem.InvalidExpression;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.PreconditionFailed;
import dev.pequel.segmentation.AudienceChanged;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;

/** Creates, changes and deletes audiences. Each change and its audit event are one transaction. */
@ApplicationScoped
class AudienceService {

    private static final String EVALUATION = "evaluationInfo";
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final AudienceRepository audiences;
    private final AudienceReferences references;
    private final AudienceQuota quota;
    private final ContentReader contents;
    private final PatchLimits patchLimits;
    private final ExpressionService expressions;
    private final AuditTrail audit;
    private final ObjectMapper json;
    private final Event<AudienceChanged> changes;
    private final Clock clock;

    AudienceService(
            AudienceRepository audiences,
            AudienceReferences references,
            AudienceQuota quota,
            AudienceSettings settings,
            PatchLimits patchLimits,
            ExpressionService expressions,
            AuditTrail audit,
            ObjectMapper json,
            Event<AudienceChanged> changes,
            Clock clock) {
        this.audiences = audiences;
        this.references = references;
        this.quota = quota;
        this.contents = new ContentReader(ContentLimits.of(settings));
        this.patchLimits = patchLimits;
        this.expressions = expressions;
        this.audit = audit;
        this.json = json;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Stores a new audience.
     *
     * @param createdBy the caller's name
     * @throws Conflict when an external audience has the same id, or the sandbox has the maximum number of audiences
     */
    @Transactional
    AudienceDocument create(Tenant tenant, String createdBy, JsonNode body) {
        return create(tenant, createdBy, body, contents.read(body)).document();
    }

    /** Stores a new segment definition, in the form of the older path; otherwise like {@link #create}. */
    @Transactional
    AudienceDocument createDefinition(Tenant tenant, String createdBy, JsonNode body) {
        return create(tenant, createdBy, body, contents.readDefinition(body)).document();
    }

    /**
     * Stores a new external audience; otherwise like {@link #create}.
     *
     * @param afterwards called with the new audience's sandbox and id, in the same transaction
     */
    @Transactional
    AudienceDocument createExternal(
            Tenant tenant, String createdBy, JsonNode body, BiConsumer<Sandbox, UUID> afterwards) {
        Created created = create(tenant, createdBy, body, contents.readExternal(body));
        afterwards.accept(created.stored().sandbox(), created.stored().audience().id);
        return created.document();
    }

    /** A new audience, and its document for clients. */
    private record Created(StoredAudience stored, AudienceDocument document) {}

    private Created create(Tenant tenant, String createdBy, JsonNode body, AudienceContent content) {
        CheckedDefinition definition = check(tenant, content);
        Sandbox sandbox = quota.sandboxWithRoom(tenant);
        List<UUID> dependencies = references.resolve(sandbox, Optional.empty(), definition);
        Audience audience = new Audience(
                sandbox, newId(sandbox, body), new CheckedContent(content, definition, dependencies), createdBy, now());
        audiences.persist(audience);
        flush(content);
        StoredAudience stored = new StoredAudience(audience, sandbox, List.of());
        record(AuditAction.CREATED, stored, createdBy, audience.updateTime, NOTHING, parsed(stored));
        changes.fire(AudienceChanged.changed(tenant, audience.id));
        return new Created(stored, AudienceDocument.withWarnings(stored, definition));
    }

    /**
     * Returns the body's id unless it is or was in use; otherwise a new id. Audiences that are moved from another
     * system keep their ids, and thereby the references between them. A copy of an existing audience gets a new id.
     */
    private UUID newId(Sandbox sandbox, JsonNode body) {
        Optional<UUID> wanted = RequestText.id(body.path("id").asText());
        if (wanted.isPresent()) {
            // Prevents concurrent transactions from using the same id.
            sandbox.hold();
        }
        return wanted.filter(id -> !audiences.wasEverStored(sandbox, id)).orElseGet(UUID::randomUUID);
    }

    /**
     * Overwrites an audience.
     *
     * @param changedBy the caller's name
     * @throws NotFound when the sandbox has no such audience
     * @throws PreconditionFailed when the audience has another version than the request expects
     */
    @Transactional
    AudienceDocument replace(Sandbox sandbox, String changedBy, String id, Preconditions preconditions, JsonNode body) {
        StoredAudience stored = lock(sandbox, id);
        return change(
                stored,
                changedBy,
                preconditions,
                present -> contents.read(
                        withoutDerivedEvaluation(body, stored, present),
                        stored.audience().content()));
    }

    /** Applies a JSON Patch to an audience, all of it or nothing; otherwise like {@link #replace}. */
    @Transactional
    AudienceDocument patch(Sandbox sandbox, String changedBy, String id, Preconditions preconditions, JsonNode body) {
        AudiencePatch patch = AudiencePatch.of(body, patchLimits);
        StoredAudience stored = lock(sandbox, id);
        return change(stored, changedBy, preconditions, present -> {
            JsonNode patched = patch.apply(tree(stored), stored.audience().content());
            return contents.read(patched, stored.audience().content());
        });
    }

    /** Applies a JSON Merge Patch to a segment definition; otherwise like {@link #replace}. */
    @Transactional
    AudienceDocument mergeDefinition(
            Sandbox sandbox, String changedBy, String id, Preconditions preconditions, JsonNode body) {
        StoredAudience stored = lockDefinition(sandbox, id);
        AudienceMerge merge = AudienceMerge.of(body);
        return change(
                stored,
                changedBy,
                preconditions,
                present -> contents.read(
                        withoutDerivedEvaluation(merge.apply(present), stored, present),
                        stored.audience().content()));
    }

    /**
     * Removes evaluation methods that were derived from the expression and are sent back unchanged, as they are no
     * choice of the client.
     *
     * @param present the stored audience as clients read it
     */
    private static JsonNode withoutDerivedEvaluation(JsonNode body, StoredAudience stored, ObjectNode present) {
        JsonNode derived = present.path(EVALUATION);
        boolean isDerived = !stored.audience().content().choosesEvaluation()
                && body.isObject()
                && derived.equals(body.get(EVALUATION));
        return isDerived ? ((ObjectNode) body).deepCopy().without(EVALUATION) : body;
    }

    /**
     * Deletes an audience.
     *
     * @throws NotFound when the sandbox has no such audience
     * @throws Conflict when other audiences refer to it
     */
    @Transactional
    void archive(Sandbox sandbox, String deletedBy, String id, Preconditions preconditions) {
        archive(lock(sandbox, id), deletedBy, preconditions);
    }

    /** Deletes a segment definition; otherwise like {@link #archive}. */
    @Transactional
    void archiveDefinition(Sandbox sandbox, String deletedBy, String id, Preconditions preconditions) {
        archive(lockDefinition(sandbox, id), deletedBy, preconditions);
    }

    private void archive(StoredAudience stored, String deletedBy, Preconditions preconditions) {
        Sandbox sandbox = stored.sandbox();
        Audience audience = stored.audience();
        preconditions.requireForWriting(audience.entityTag());
        references.requireNoDependents(sandbox, audience.id);
        ObjectNode before = parsed(stored);
        audience.archive(now());
        record(AuditAction.DELETED, stored, deletedBy, audience.updateTime, before, NOTHING);
        changes.fire(AudienceChanged.deleted(sandbox.tenant(), audience.id));
    }

    /** @param newContent gets the audience as clients read it */
    private AudienceDocument change(
            StoredAudience stored,
            String changedBy,
            Preconditions preconditions,
            Function<ObjectNode, AudienceContent> newContent) {
        Sandbox sandbox = stored.sandbox();
        Audience audience = stored.audience();
        preconditions.requireForWriting(audience.entityTag());
        ObjectNode before = parsed(stored);
        AudienceContent content = newContent.apply(before);
        CheckedContent checked = check(sandbox, audience, content);
        if (audience.lifecycle.isEvaluated() && !content.lifecycle().isEvaluated()) {
            references.requireNoEvaluatedDependents(sandbox, audience.id);
        }
        Instant now = now();
        audience.overwrite(sandbox, checked, now);
        flush(content);
        record(AuditAction.CHANGED, stored, changedBy, now, before, parsed(stored));
        changes.fire(AudienceChanged.changed(sandbox.tenant(), audience.id));
        return AudienceDocument.withWarnings(stored, checked.definition());
    }

    /** Like {@link #lock}, but external audiences are not found. */
    private StoredAudience lockDefinition(Sandbox sandbox, String id) {
        StoredAudience stored = lock(sandbox, id);
        if (stored.audience().type.isExternal()) {
            throw notFound(id);
        }
        return stored;
    }

    /** Serializes concurrent changes of an audience, so that no update is lost. */
    private StoredAudience lock(Sandbox sandbox, String id) {
        return RequestText.id(id)
                .flatMap(known -> audiences.lock(sandbox, known))
                .orElseThrow(() -> notFound(id));
    }

    /**
     * Checks the new content of an audience. An unchanged expression is accepted even if a change of the schema made
     * it invalid.
     */
    private CheckedContent check(Sandbox sandbox, Audience present, AudienceContent content) {
        try {
            CheckedDefinition definition = check(sandbox.tenant(), content);
            return new CheckedContent(
                    content, definition, references.resolve(sandbox, Optional.of(present.id), definition));
        } catch (InvalidExpression invalid) {
            if (present.content().hasExpressionOf(content)) {
                return new CheckedContent(
                        content, CheckedDefinition.unchecked(present.evaluation()), present.dependencyIds());
            }
            throw invalid;
        }
    }

    private CheckedDefinition check(Tenant tenant, AudienceContent content) {
        return switch (content.origin()) {
            case External external -> CheckedDefinition.NONE;
            case Definition definition ->
                CheckedDefinition.of(
                        definition,
                        expressions
                                .require(tenant, definition.expression(), Purpose.SEGMENT)
                                .checked());
        };
    }

    /**
     * Writes the changes to the database, where a unique constraint detects another external audience with the same
     * id.
     */
    private void flush(AudienceContent content) {
        try {
            audiences.flush();
        } catch (ConstraintViolationException violated) {
            if (content.origin() instanceof External external
                    && violated.getKind() == ConstraintViolationException.ConstraintKind.UNIQUE) {
                throw new Conflict("`audienceId`: the namespace " + content.namespace()
                        + " already has an audience with the id " + external.audienceId());
            }
            throw violated;
        }
    }

    /**
     * Records an audit event with the changed properties that clients can write.
     *
     * @param before an empty object for a new audience
     * @param after an empty object for a deleted audience
     */
    private void record(
            AuditAction action,
            StoredAudience stored,
            String caller,
            Instant time,
            ObjectNode before,
            ObjectNode after) {
        Audience audience = stored.audience();
        List<PropertyChange> properties =
                PropertyChange.between(before, after, property -> AudienceField.isAudited(property, audience.type));
        audit.record(
                stored.sandbox(), new AudienceChange(audience.id, audience.name, action, caller, time, properties));
    }

    /** Returns the audience as clients read it, with the free-form JSON of clients as trees. */
    private ObjectNode parsed(StoredAudience stored) {
        return ClientJson.parsed(tree(stored));
    }

    /** Returns the audience as clients read it, with the free-form JSON of clients as text. */
    private ObjectNode tree(StoredAudience stored) {
        return json.valueToTree(AudienceDocument.of(stored));
    }

    static NotFound notFound(String id) {
        return new NotFound("There is no audience with the id " + id + ".");
    }

    /** Times have millisecond precision, as in the contract. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
