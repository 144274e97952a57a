package dev.pequel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.error.BodyFields;
import dev.pequel.error.InvalidRequest;
import dev.pequel.error.InvalidRequest.Violation;
import dev.pequel.error.NotFound;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
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

    private final SchemaRepository schemas;
    private final Sandboxes sandboxes;
    private final Clock clock;

    SchemaService(SchemaRepository schemas, Sandboxes sandboxes, Clock clock) {
        this.schemas = schemas;
        this.sandboxes = sandboxes;
        this.clock = clock;
    }

    /**
     * @throws NotFound when the sandbox has stored no schema
     */
    SchemaDocument get(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .flatMap(sandbox -> QuarkusTransaction.joiningExisting().call(() -> schemas.find(sandbox)))
                .map(stored -> new SchemaDocument(stored.document, stored.etag))
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
        return QuarkusTransaction.requiringNew().call(() -> {
            schemas.lock(sandbox);
            Optional<StoredSchema> present = schemas.find(sandbox);
            condition.accept(present.map(stored -> stored.etag));
            StoredSchema schema = present.orElseGet(StoredSchema::new);
            schema.etag = UUID.randomUUID();
            schema.document = document.toString();
            schema.updateTime = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            schema.updatedBy = caller;
            if (present.isEmpty()) {
                schema.sandbox = sandbox.id();
                schemas.persist(schema);
            }
            return new SchemaDocument(schema.document, schema.etag);
        });
    }

    /**
     * Removes the stored schema, so that the built-in one applies again.
     *
     * @param condition refuses the present entity tag by an exception
     * @throws NotFound when the sandbox has stored no schema
     */
    void delete(Tenant tenant, Consumer<Optional<UUID>> condition) {
        Sandbox sandbox = sandboxes.find(tenant).orElseThrow(() -> notFound(tenant));
        QuarkusTransaction.requiringNew().run(() -> {
            schemas.lock(sandbox);
            StoredSchema present = schemas.find(sandbox).orElseThrow(() -> notFound(tenant));
            condition.accept(Optional.of(present.etag));
            schemas.delete(present);
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
