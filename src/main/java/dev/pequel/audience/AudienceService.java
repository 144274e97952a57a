package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.AudienceAnswers.Answer;
import dev.pequel.audience.AudienceContent.Definition;
import dev.pequel.audience.AudienceContent.External;
import dev.pequel.audit.AudienceChange;
import dev.pequel.audit.AuditAction;
import dev.pequel.audit.AuditTrail;
import dev.pequel.audit.PropertyChange;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.database.Sql.Change;
import dev.pequel.error.BulkErrors;
import dev.pequel.error.Conflict;
import dev.pequel.error.JsonEncoder;
import dev.pequel.error.NotFound;
import dev.pequel.error.RequestText;
import dev.pequel.expression.ExpressionService;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Purpose;
import dev.pequel.schema.SandboxSchemas;
import dev.pequel.schema.SandboxSchemas.OutdatedSchema;
import dev.pequel.schema.SandboxSchemas.Versioned;
import dev.pequel.segmentation.AudienceEvaluations;
import dev.pequel.segmentation.AudienceMetrics;
import dev.pequel.segmentation.Metrics;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What can be done with audiences. */
@ApplicationScoped
class AudienceService {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final Database database;
    private final AudienceRepository audiences;
    private final AudienceAnswers answers;
    private final JsonEncoder encoder;
    private final AudienceInsertions insertions;
    private final AudienceReferences references;
    private final ExpressionService expressions;
    private final SandboxSchemas schemas;
    private final AudienceMetrics metrics;
    private final AudienceEvaluations evaluations;
    private final Sandboxes sandboxes;
    private final ContentReader content;
    private final PatchLimits patchLimits;
    private final AudienceRoom room;
    private final AuditTrail audit;
    private final BulkErrors bulkErrors;
    private final Clock clock;

    AudienceService(
            Database database,
            AudienceRepository audiences,
            AudienceAnswers answers,
            JsonEncoder encoder,
            AudienceInsertions insertions,
            AudienceReferences references,
            ExpressionService expressions,
            SandboxSchemas schemas,
            AudienceMetrics metrics,
            AudienceEvaluations evaluations,
            Sandboxes sandboxes,
            ContentReader content,
            PatchLimits patchLimits,
            AudienceRoom room,
            AuditTrail audit,
            BulkErrors bulkErrors,
            Clock clock) {
        this.audit = audit;
        this.bulkErrors = bulkErrors;
        this.database = database;
        this.audiences = audiences;
        this.answers = answers;
        this.encoder = encoder;
        this.insertions = insertions;
        this.references = references;
        this.expressions = expressions;
        this.schemas = schemas;
        this.metrics = metrics;
        this.evaluations = evaluations;
        this.sandboxes = sandboxes;
        this.content = content;
        this.patchLimits = patchLimits;
        this.room = room;
        this.clock = clock;
    }

    /**
     * One audience.
     *
     * @throws NotFound when the tenant has no such audience
     */
    Answer get(Tenant tenant, String id) {
        return answers.find(sandbox(tenant, id), id(id)).orElseThrow(() -> notFound(id));
    }

    /** The same with its numbers. */
    Answer getWithMetrics(Tenant tenant, String id) {
        StoredAudience stored = audiences.find(sandbox(tenant, id), id(id)).orElseThrow(() -> notFound(id));
        return Answer.of(stored, encoder.encode(AudienceDocument.of(stored, numbers(tenant, stored.audience()))));
    }

    /**
     * Several audiences by id; for each that does not exist there is an error in its place.
     *
     * @throws NotFound when the tenant has none of them
     */
    ObjectNode bulkGet(Tenant tenant, JsonNode body) {
        return bulkGet(tenant, body, audience -> true);
    }

    /** The same of segment definitions alone, as if there were no external audiences. */
    ObjectNode bulkGetDefinitions(Tenant tenant, JsonNode body) {
        return bulkGet(tenant, body, audience -> !audience.type().isExternal());
    }

    private ObjectNode bulkGet(Tenant tenant, JsonNode body, Predicate<Audience> wanted) {
        Set<String> ids = content.readIds(body);
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        Map<String, StoredAudience> found = sandbox
                .map(present -> audiences.find(
                        present,
                        ids.stream().flatMap(id -> RequestText.id(id).stream()).toList()))
                .orElse(List.of())
                .stream()
                .filter(stored -> wanted.test(stored.audience()))
                .collect(Collectors.toMap(stored -> stored.audience().id().toString(), Function.identity()));
        if (found.isEmpty()) {
            throw new NotFound("There are no audiences with the ids " + String.join(", ", ids) + ".");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode results = answer.putObject("results");
        for (String id : ids) {
            StoredAudience stored = found.get(id.toLowerCase(Locale.ROOT));
            results.set(
                    id,
                    stored == null
                            ? bulkErrors.notFound(notFound(id).getMessage())
                            : AudienceDocument.of(stored, Optional.empty()));
        }
        return answer;
    }

    /**
     * Stores a new audience.
     *
     * @param createdBy the caller's name
     * @throws Conflict when there is an external audience of the same id already
     */
    ObjectNode create(Tenant tenant, String createdBy, JsonNode body) {
        AudienceContent content = this.content.read(body);
        UUID id = UUID.randomUUID();
        ObjectNode created = schemas.byPresent(tenant, schema -> create(tenant, createdBy, id, content, schema));
        evaluations.changed(tenant, id);
        return created;
    }

    private ObjectNode create(Tenant tenant, String createdBy, UUID id, AudienceContent content, Versioned schema) {
        DefinitionExamination examination = examine(schema.schema(), content);
        Sandbox sandbox = sandboxes.of(tenant);
        Instant now = now();
        room.require(sandbox);
        Function<List<UUID>, Audience> referring = dependencies -> new Audience(
                id, sandbox, UUID.randomUUID(), content, examination.evaluation(), dependencies, createdBy, now, now);
        // Not one that locks others, nor an external one, which may be refused, and with it all that is stored with it.
        if (content.origin() instanceof Definition && examination.references().isEmpty()) {
            return store(
                    referring.apply(List.of()),
                    examination,
                    schema,
                    statement -> insertions.insert(sandbox, statement));
        }
        return database.transaction(connection -> store(
                referring.apply(references.resolve(connection, sandbox, Optional.empty(), examination)),
                examination,
                schema,
                statement -> write(connection, content, statement) > 0));
    }

    private interface Storing<X extends Exception> {
        boolean store(Change statement) throws X;
    }

    /** @param storing tells whether the statement has stored the audience */
    private <X extends Exception> ObjectNode store(
            Audience audience, DefinitionExamination examination, Versioned schema, Storing<X> storing) throws X {
        ObjectNode document = document(new StoredAudience(audience, List.of()), examination);
        AudienceChange change =
                change(AuditAction.CREATED, audience, audience.createdBy(), NOTHING, AudienceDocument.parsed(document));
        if (!storing.store(
                audit.recorded(audience.sandbox(), audiences.insertion(audience, schema.version()), change))) {
            throw new OutdatedSchema();
        }
        return document;
    }

    /**
     * Overwrites an audience.
     *
     * @param changedBy the caller's name
     * @param condition refuses the present entity tag by an exception
     */
    ObjectNode replace(Tenant tenant, String changedBy, String id, Consumer<String> condition, JsonNode body) {
        return change(
                tenant,
                changedBy,
                id,
                condition,
                stored -> content.read(body, stored.audience().type()));
    }

    /** Applies a JSON Patch to an audience, all of it or nothing. */
    ObjectNode patch(Tenant tenant, String changedBy, String id, Consumer<String> condition, JsonNode body) {
        AudiencePatch patch = AudiencePatch.of(body, patchLimits);
        return change(tenant, changedBy, id, condition, stored -> {
            Audience audience = stored.audience();
            return content.read(
                    patch.apply(AudienceDocument.of(stored, Optional.empty()), audience.content()), audience.type());
        });
    }

    /**
     * Deletes an audience.
     *
     * @throws Conflict when others refer to it
     */
    void archive(Tenant tenant, String deletedBy, String id, Consumer<String> condition) {
        Sandbox sandbox = sandbox(tenant, id);
        database.run(connection -> {
            StoredAudience stored = audiences.lock(connection, sandbox, id(id)).orElseThrow(() -> notFound(id));
            condition.accept(stored.audience().entityTag());
            references.requireNoDependents(connection, sandbox, id(id));
            Audience archived = stored.audience().archived(now());
            AudienceChange change = change(AuditAction.DELETED, archived, deletedBy, parsed(stored), NOTHING);
            Sql.update(connection, audit.recorded(sandbox, audiences.archiving(archived), change));
        });
        evaluations.deleted(tenant, id(id));
    }

    /** Reads, examines and writes an audience that nobody else can change meanwhile, so that no change is ever lost. */
    private ObjectNode change(
            Tenant tenant,
            String changedBy,
            String id,
            Consumer<String> condition,
            Function<StoredAudience, AudienceContent> newContent) {
        Sandbox sandbox = sandbox(tenant, id);
        // Read before the transaction, which would need a second connection for it.
        ProfileSchema schema = schemas.of(tenant);
        ObjectNode changed = database.transaction(connection -> {
            StoredAudience stored = audiences.lock(connection, sandbox, id(id)).orElseThrow(() -> notFound(id));
            condition.accept(stored.audience().entityTag());
            AudienceContent content = newContent.apply(stored);
            DefinitionExamination examination = examine(schema, content);
            Audience audience = stored.audience()
                    .changedTo(
                            content,
                            examination.evaluation(),
                            references.resolve(connection, sandbox, Optional.of(id(id)), examination),
                            now());
            StoredAudience written = new StoredAudience(audience, stored.dependents());
            AudienceChange change = change(AuditAction.CHANGED, audience, changedBy, parsed(stored), parsed(written));
            write(connection, content, audit.recorded(sandbox, audiences.update(audience), change));
            return document(written, examination);
        });
        evaluations.changed(tenant, id(id));
        return changed;
    }

    /**
     * What the audit trail says of a change: what differs of that which clients decide.
     *
     * @param before without properties for an audience that is new
     * @param after without properties for one that is deleted
     */
    private static AudienceChange change(
            AuditAction action, Audience audience, String caller, ObjectNode before, ObjectNode after) {
        return new AudienceChange(
                audience.id(),
                action,
                caller,
                audience.updateTime(),
                PropertyChange.between(before, after, property -> !Attribute.isReadOnly(property, audience.type())));
    }

    private static ObjectNode parsed(StoredAudience stored) {
        return AudienceDocument.parsed(AudienceDocument.of(stored, Optional.empty()));
    }

    private Optional<Metrics> numbers(Tenant tenant, Audience audience) {
        SegmentDefinition definition = AudienceDefinitions.of(audience);
        return Optional.ofNullable(metrics.of(tenant, List.of(definition)).get(audience.id()));
    }

    private DefinitionExamination examine(ProfileSchema schema, AudienceContent content) {
        return switch (content.origin()) {
            case External external -> DefinitionExamination.NONE;
            case Definition definition ->
                DefinitionExamination.of(
                        definition,
                        expressions
                                .require(schema, definition.expression(), Purpose.SEGMENT)
                                .checked());
        };
    }

    /** Number of rows changed. The database finds out about a second external audience of the same id. */
    private static int write(Connection connection, AudienceContent content, Change change) throws SQLException {
        try {
            return Sql.update(connection, change);
        } catch (SQLException violated) {
            if (UNIQUE_VIOLATION.equals(violated.getSQLState()) && content.origin() instanceof External external) {
                throw new Conflict("`audienceId`: the namespace " + content.namespace()
                        + " already has an audience with the id " + external.audienceId());
            }
            throw violated;
        }
    }

    private static ObjectNode document(StoredAudience stored, DefinitionExamination examination) {
        ObjectNode document = AudienceDocument.of(stored, Optional.empty());
        if (!examination.warnings().isEmpty()) {
            document.set("warnings", examination.warningsJson());
        }
        return document;
    }

    private Sandbox sandbox(Tenant tenant, String audienceId) {
        return sandboxes.find(tenant).orElseThrow(() -> notFound(audienceId));
    }

    private static UUID id(String text) {
        return RequestText.id(text).orElseThrow(() -> notFound(text));
    }

    private static NotFound notFound(String id) {
        return new NotFound("There is no audience with the id " + id + ".");
    }

    /** Times are kept to the millisecond, as clients see them. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
