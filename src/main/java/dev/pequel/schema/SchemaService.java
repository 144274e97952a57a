package dev.pequel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.audit.AuditAction;
import dev.pequel.audit.AuditSubject;
import dev.pequel.audit.AuditTrail;
import dev.pequel.audit.PropertyChange;
import dev.pequel.audit.SandboxChange;
import dev.pequel.database.Database;
import dev.pequel.error.BodyFields;
import dev.pequel.error.InvalidRequest;
import dev.pequel.error.InvalidRequest.Violation;
import dev.pequel.error.NotFound;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Stores, reads and removes the schema of a sandbox. */
@ApplicationScoped
class SchemaService {

    /** Problems of one schema that are told at once. */
    private static final int MOST_PROBLEMS = 50;

    private final Database database;
    private final Sandboxes sandboxes;
    private final AuditTrail audit;
    private final Clock clock;

    SchemaService(Database database, Sandboxes sandboxes, AuditTrail audit, Clock clock) {
        this.audit = audit;
        this.database = database;
        this.sandboxes = sandboxes;
        this.clock = clock;
    }

    /**
     * @throws NotFound when the sandbox has stored no schema
     */
    SchemaDocument get(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .flatMap(sandbox -> database.call(connection -> SchemaRepository.find(connection, sandbox)))
                .map(stored -> new SchemaDocument(stored.document(), stored.etag()))
                .orElseThrow(() -> notFound(tenant));
    }

    /**
     * Stores a schema in place of the one there is, if any.
     *
     * @param condition refuses the present entity tag, empty for none, by an exception
     * @throws InvalidRequest when the document is not a schema of profiles
     */
    SchemaDocument put(Tenant tenant, String caller, Consumer<Optional<UUID>> condition, JsonNode document) {
        check(document);
        Sandbox sandbox = sandboxes.of(tenant);
        StoredSchema schema = new StoredSchema(UUID.randomUUID(), document.toString());
        database.run(connection -> {
            SchemaRepository.lock(connection, sandbox);
            Optional<UUID> before = SchemaRepository.etag(connection, sandbox);
            condition.accept(before);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            SchemaRepository.put(connection, sandbox, schema, now, caller);
            record(connection, sandbox, caller, now, before, Optional.of(schema.etag()));
        });
        return new SchemaDocument(schema.document(), schema.etag());
    }

    /**
     * Removes the stored schema, so that the built-in one applies again.
     *
     * @param condition refuses the present entity tag by an exception
     * @throws NotFound when the sandbox has stored no schema
     */
    void delete(Tenant tenant, String caller, Consumer<Optional<UUID>> condition) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(tenant));
        database.run(connection -> {
            SchemaRepository.lock(connection, sandbox);
            UUID present = SchemaRepository.etag(connection, sandbox).orElseThrow(() -> notFound(tenant));
            condition.accept(Optional.of(present));
            SchemaRepository.delete(connection, sandbox);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            record(connection, sandbox, caller, now, Optional.of(present), Optional.empty());
        });
    }

    /** By entity tags: the documents may be long, and the trail keeps everything. */
    private void record(
            Connection connection,
            Sandbox sandbox,
            String caller,
            Instant time,
            Optional<UUID> before,
            Optional<UUID> after)
            throws SQLException {
        AuditAction action =
                before.isEmpty() ? AuditAction.CREATED : after.isEmpty() ? AuditAction.DELETED : AuditAction.CHANGED;
        audit.record(
                connection,
                sandbox,
                new SandboxChange(
                        AuditSubject.SCHEMA,
                        action,
                        caller,
                        time,
                        List.of(new PropertyChange(
                                "etag", before.map(SchemaService::text), after.map(SchemaService::text)))));
    }

    private static JsonNode text(UUID etag) {
        return JsonNodeFactory.instance.textNode(etag.toString());
    }

    private static void check(JsonNode document) {
        List<Violation> violations = new ArrayList<>();
        BodyFields.ofBody(document, violations).checkCharacters();
        if (violations.isEmpty()) {
            JsonSchemaReader.read(document).problems().stream()
                    .limit(MOST_PROBLEMS)
                    .map(problem -> new Violation(
                            problem.pointer().isEmpty() ? "schema" : problem.pointer(), problem.message()))
                    .forEach(violations::add);
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
    }

    private static NotFound notFound(Tenant tenant) {
        return new NotFound("The sandbox " + tenant.sandbox()
                + " has stored no schema; expressions are checked against the built-in one.");
    }
}
