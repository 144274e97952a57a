package dev.pequel.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Provides the schemas against which expressions are checked, from a cache. */
@ApplicationScoped
public class SandboxSchemas {

    /** Maximum number of cached schemas. A large schema takes some megabytes. */
    private static final int KEPT = 64;

    private final Sandboxes sandboxes;
    private final ObjectMapper json;

    /** By the sandbox's id, least recently used first. */
    private final Map<Integer, Versioned> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Versioned> eldest) {
            return size() > KEPT;
        }
    });

    SandboxSchemas(Sandboxes sandboxes, ObjectMapper json) {
        this.sandboxes = sandboxes;
        this.json = json;
    }

    /**
     * A schema with its version.
     *
     * @param version changes with each change of the stored schema; empty for the built-in one
     */
    public record Versioned(Optional<UUID> version, ProfileSchema schema) {}

    private static final Versioned BUILT_IN = new Versioned(Optional.empty(), BuiltInSchema.schema());

    /** Returns the stored schema of the sandbox, or the built-in one, which has the usual fields and allows others. */
    @Transactional
    public ProfileSchema of(Tenant tenant) {
        return present(tenant).schema();
    }

    /** Like {@link #of}, with the version. */
    @Transactional
    public Versioned present(Tenant tenant) {
        return sandboxes.find(tenant).map(this::stored).orElse(BUILT_IN);
    }

    /** Returns the version of the stored schema; empty if there is none. */
    @Transactional
    public Optional<UUID> version(Tenant tenant) {
        return sandboxes.find(tenant).flatMap(sandbox -> StoredSchema.etagOfSandbox());
    }

    private Versioned stored(Sandbox sandbox) {
        Versioned last = kept.getOrDefault(sandbox.id(), BUILT_IN);
        Optional<UUID> version = StoredSchema.etagOfSandbox();
        if (version.equals(last.version())) {
            return last;
        }
        Versioned present = StoredSchema.ofSandbox()
                .map(stored -> new Versioned(Optional.of(stored.etag), read(stored)))
                .orElse(BUILT_IN);
        kept.put(sandbox.id(), present);
        return present;
    }

    private ProfileSchema read(StoredSchema stored) {
        try {
            JsonNode document = json.readTree(stored.document);
            return JsonSchemaReader.read(document)
                    .schema()
                    .orElseThrow(() -> new IllegalStateException(
                            "the stored schema of sandbox " + stored.sandboxId + " cannot be read"));
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(
                    "the stored schema of sandbox " + stored.sandboxId + " is not JSON", notJson);
        }
    }
}
