package dev.pequel.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.database.Database;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The schemas that expressions are checked against. */
@ApplicationScoped
public class SandboxSchemas {

    /** Sandboxes whose schemas are kept ready; a large schema takes some megabytes. */
    private static final int KEPT = 64;

    private final Database database;
    private final Sandboxes sandboxes;
    private final ObjectMapper json;

    /** By the sandbox's id, least recently used first. */
    private final Map<Integer, Version> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Version> eldest) {
            return size() > KEPT;
        }
    });

    SandboxSchemas(Database database, Sandboxes sandboxes, ObjectMapper json) {
        this.database = database;
        this.sandboxes = sandboxes;
        this.json = json;
    }

    private record Version(UUID etag, ProfileSchema schema) {}

    /** The schema that the sandbox has stored, or the built-in one, which knows the usual fields and allows others. */
    public ProfileSchema of(Tenant tenant) {
        return sandboxes.find(tenant).flatMap(this::stored).orElseGet(BuiltInSchema::schema);
    }

    /** Another one with each change of the stored schema; empty without one. */
    public Optional<UUID> version(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .flatMap(sandbox -> database.call(connection -> SchemaRepository.etag(connection, sandbox)));
    }

    private Optional<ProfileSchema> stored(Sandbox sandbox) {
        Version version = kept.get(sandbox.id());
        return database.call(connection -> {
            Optional<UUID> etag = SchemaRepository.etag(connection, sandbox);
            if (etag.isEmpty()) {
                return Optional.empty();
            }
            if (version != null && version.etag().equals(etag.get())) {
                return Optional.of(version.schema());
            }
            return SchemaRepository.find(connection, sandbox).map(stored -> {
                ProfileSchema schema = read(sandbox, stored);
                kept.put(sandbox.id(), new Version(stored.etag(), schema));
                return schema;
            });
        });
    }

    private ProfileSchema read(Sandbox sandbox, StoredSchema stored) {
        try {
            JsonNode document = json.readTree(stored.document());
            return JsonSchemaReader.read(document)
                    .schema()
                    .orElseThrow(() -> new IllegalStateException(
                            "the stored schema of sandbox " + sandbox.id() + " cannot be read"));
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException("the stored schema of sandbox " + sandbox.id() + " is not JSON", notJson);
        }
    }
}
