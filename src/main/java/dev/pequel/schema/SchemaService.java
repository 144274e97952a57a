package dev.pequel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.audit.AuditAction;
import dev.pequel.audit.AuditSubject;
import dev.pequel.audit.AuditTrail;
import dev.pequel.audit.PropertyChange;
import dev.pequel.audit.SandboxChange;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import dev.pequel.problem.NotFound;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
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
import java.util.function.Consumer;

/** Stores, reads and removes the schema of a sandbox. */
@ApplicationScoped
public class SchemaService {

    private final Sandboxes sandboxes;
    private final AuditTrail audit;
    private final Event<SchemaChanged> changes;
    private final Clock clock;

    SchemaService(Sandboxes sandboxes, AuditTrail audit, Event<SchemaChanged> changes, Clock clock) {
        this.audit = audit;
        this.sandboxes = sandboxes;
        this.changes = changes;
        this.clock = clock;
    }

    /** @throws NotFound when the sandbox has no stored schema */
    SchemaDocument get(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .flatMap(sandbox -> StoredSchema.ofSandbox())
                .map(SchemaDocument::of)
                .orElseThrow(() -> notFound(tenant));
    }

    /**
     * Stores a schema, and replaces the present one, if any.
     *
     * @param caller the name of the caller
     * @throws InvalidRequest when the document is not a valid schema of profiles
     */
    @Transactional
    public void put(Tenant tenant, String caller, JsonNode document) {
        put(tenant, caller, present -> {}, document);
    }

    /**
     * Like {@link #put(Tenant, String, JsonNode)}, with a precondition.
     *
     * @param condition gets the present entity tag, empty if no schema is stored, and throws an exception to refuse
     *     the change
     */
    @Transactional
    SchemaDocument put(Tenant tenant, String caller, Consumer<Optional<UUID>> condition, JsonNode document) {
        check(document);
        Sandbox sandbox = sandboxes.of(tenant);
        Optional<UUID> before = remove(sandbox, condition);
        StoredSchema schema = new StoredSchema(sandbox.id(), UUID.randomUUID(), document.toString(), now(), caller);
        schema.persist();
        record(sandbox, caller, schema.updateTime, before, Optional.of(schema.etag));
        return SchemaDocument.of(schema);
    }

    /**
     * Removes the stored schema, so that the built-in one applies again.
     *
     * @param condition gets the present entity tag, and throws an exception to refuse the change
     * @throws NotFound when the sandbox has no stored schema
     */
    @Transactional
    void delete(Tenant tenant, String caller, Consumer<Optional<UUID>> condition) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(tenant));
        Optional<UUID> before = remove(sandbox, present -> {
            if (present.isEmpty()) {
                throw notFound(tenant);
            }
            condition.accept(present);
        });
        record(sandbox, caller, now(), before, Optional.empty());
    }

    /**
     * Removes the stored schema, if any, and returns its entity tag. The lock serializes changes of the sandbox's
     * schema.
     */
    private static Optional<UUID> remove(Sandbox sandbox, Consumer<Optional<UUID>> condition) {
        sandbox.hold();
        Optional<StoredSchema> present = StoredSchema.ofSandbox();
        Optional<UUID> etag = present.map(stored -> stored.etag);
        condition.accept(etag);
        present.ifPresent(stored -> {
            stored.delete();
            // Without this, Hibernate inserts the new row first.
            StoredSchema.flush();
        });
        return etag;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Records entity tags instead of documents, because documents can be long and the audit trail is never pruned. */
    private void record(Sandbox sandbox, String caller, Instant time, Optional<UUID> before, Optional<UUID> after) {
        AuditAction action =
                before.isEmpty() ? AuditAction.CREATED : after.isEmpty() ? AuditAction.DELETED : AuditAction.CHANGED;
        PropertyChange change =
                new PropertyChange("etag", before.map(SchemaService::text), after.map(SchemaService::text));
        audit.record(sandbox, new SandboxChange(AuditSubject.SCHEMA, action, caller, time, List.of(change)));
        changes.fire(new SchemaChanged(sandbox.tenant()));
    }

    private static JsonNode text(UUID etag) {
        return JsonNodeFactory.instance.textNode(etag.toString());
    }

    private static void check(JsonNode document) {
        List<Violation> violations = SchemaProblems.of(document);
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
    }

    private static NotFound notFound(Tenant tenant) {
        return new NotFound("The sandbox " + tenant.sandbox()
                + " has no stored schema; expressions are checked against the built-in schema.");
    }
}
