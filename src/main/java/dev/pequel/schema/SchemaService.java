package dev.pequel.schema;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Clock;
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
    private final Clock clock;

    SchemaService(Database database, Sandboxes sandboxes, Clock clock) {
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
            condition.accept(SchemaRepository.etag(connection, sandbox));
            SchemaRepository.put(connection, sandbox, schema, clock.instant().truncatedTo(ChronoUnit.MILLIS), caller);
        });
        return new SchemaDocument(schema.document(), schema.etag());
    }

    /**
     * Removes the stored schema, so that the built-in one applies again.
     *
     * @param condition refuses the present entity tag by an exception
     * @throws NotFound when the sandbox has stored no schema
     */
    void delete(Tenant tenant, Consumer<Optional<UUID>> condition) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(tenant));
        database.run(connection -> {
            SchemaRepository.lock(connection, sandbox);
            UUID present = SchemaRepository.etag(connection, sandbox).orElseThrow(() -> notFound(tenant));
            condition.accept(Optional.of(present));
            SchemaRepository.delete(connection, sandbox);
        });
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
