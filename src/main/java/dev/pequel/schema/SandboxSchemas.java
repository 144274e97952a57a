package dev.pequel.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.database.Database;
import dev.pequel.error.InvalidExpression;
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
import java.util.function.Function;

/** The schemas that expressions are checked against. */
@ApplicationScoped
public class SandboxSchemas {

    /** The version of the present schema of a sandbox, in a statement: a number in the place of {@code ?}. */
    public static final String VERSION_IN_SQL = "(" + SchemaRepository.ETAG + ")";

    /** Sandboxes whose schemas are kept ready; a large schema takes some megabytes. */
    private static final int KEPT = 64;

    private final Database database;
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

    SandboxSchemas(Database database, Sandboxes sandboxes, ObjectMapper json) {
        this.database = database;
        this.sandboxes = sandboxes;
        this.json = json;
    }

    /**
     * A schema.
     *
     * @param version another one with each change of the stored schema; empty for the built-in one
     */
    public record Versioned(Optional<UUID> version, ProfileSchema schema) {}

    private static final Versioned BUILT_IN = new Versioned(Optional.empty(), BuiltInSchema.schema());

    /** The schema that the sandbox has stored, or the built-in one, which knows the usual fields and allows others. */
    public ProfileSchema of(Tenant tenant) {
        return present(tenant).schema();
    }

    /** The same with its version. */
    public Versioned present(Tenant tenant) {
        return sandboxes.find(tenant).map(this::stored).orElse(BUILT_IN);
    }

    /**
     * Does something by the schema as it was last known, and again by the present one if that is another. So what is nearly always
     * true need not be asked first.
     *
     * @param work throws {@link OutdatedSchema} when it finds that the schema is not the present one; what is wrong with an
     *     expression counts only by the present one
     */
    public <T> T byPresent(Tenant tenant, Function<Versioned, T> work) {
        Versioned schema = sandboxes
                .find(tenant)
                .flatMap(sandbox -> Optional.ofNullable(kept.get(sandbox.id())))
                .orElseGet(() -> present(tenant));
        while (true) {
            try {
                return work.apply(schema);
            } catch (InvalidExpression | OutdatedSchema e) {
                Versioned present = present(tenant);
                if (present.version().equals(schema.version()) && !(e instanceof OutdatedSchema)) {
                    throw e;
                }
                schema = present;
            }
        }
    }

    /** Somebody has changed the sandbox's schema meanwhile. */
    public static final class OutdatedSchema extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public OutdatedSchema() {
            super("The sandbox has another schema.");
        }
    }

    /** Another one with each change of the stored schema; empty without one. */
    public Optional<UUID> version(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .flatMap(sandbox -> database.call(connection -> SchemaRepository.etag(connection, sandbox)));
    }

    private Versioned stored(Sandbox sandbox) {
        Versioned last = kept.getOrDefault(sandbox.id(), BUILT_IN);
        Versioned present = database.call(connection -> {
            Optional<UUID> version = SchemaRepository.etag(connection, sandbox);
            if (version.equals(last.version())) {
                return last;
            }
            return SchemaRepository.find(connection, sandbox)
                    .map(stored -> new Versioned(Optional.of(stored.etag()), read(sandbox, stored)))
                    .orElse(BUILT_IN);
        });
        kept.put(sandbox.id(), present);
        return present;
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
