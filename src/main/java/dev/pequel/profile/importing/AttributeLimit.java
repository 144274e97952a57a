package dev.pequel.profile.importing;

import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.profile.importing.line.AttributePaths;
import dev.pequel.profile.importing.line.DocumentReader;
import dev.pequel.profile.importing.line.InvalidLine;
import dev.pequel.profile.importing.line.Line;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.profile.store.StoreTransaction;
import dev.pequel.schema.SandboxSchemas;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses lines of imports that would add more attribute paths to a sandbox than the maximum. The known paths are in
 * the table {@code attribute_path}, which is written in the transactions that write the lines.
 *
 * <p>Paths stay known when the profiles and events that have them are deleted. The paths of a line that a batch
 * refuses, such as an event of an unknown profile, count as well; otherwise the result would depend on how a file is
 * split into batches.
 */
@ApplicationScoped
class AttributeLimit {

    private final Database database;
    private final Sandboxes sandboxes;
    private final SandboxScope rows;
    private final SandboxSchemas schemas;
    private final ImportSettings settings;

    AttributeLimit(
            Database database,
            Sandboxes sandboxes,
            SandboxScope rows,
            SandboxSchemas schemas,
            ImportSettings settings) {
        this.database = database;
        this.sandboxes = sandboxes;
        this.rows = rows;
        this.schemas = schemas;
        this.settings = settings;
    }

    /** Parses lines of one kind. */
    interface Kind<L extends Line> {
        L read(DocumentReader reader, long number, byte[] document) throws InvalidLine;
    }

    /** Loads the known paths at the start of an import. */
    <L extends Line> OfImport<L> begin(Tenant tenant, Kind<L> kind) {
        int sandbox = sandboxes.of(tenant).id();
        return rows.ofSandbox(sandbox, () -> {
            ProfileSchema schema = schemas.of(tenant);
            List<String> paths = database.call(connection -> load(connection, sandbox));
            return new OfImport<>(kind, schema, settings, paths);
        });
    }

    private static List<String> load(Connection connection, int sandbox) throws SQLException {
        return Sql.list(
                connection, "select path from attribute_path where sandbox_id = ?", row -> row.getString(1), sandbox);
    }

    /**
     * The limit for one import. Lines are read before the sandbox is locked, with the paths that were known at the
     * start of the import and those of earlier lines. Lines that seem to add paths are read again under the lock, with
     * the paths that are known then, because another import may have added some.
     */
    static final class OfImport<L extends Line> {
        private final Kind<L> kind;
        private final ProfileSchema schema;
        private final ImportSettings settings;
        private final AttributePaths expected;
        /**
         * Whether {@link #expected} may contain paths that are not in the table. Every line is then read again under
         * the lock.
         */
        private boolean mistrusts;

        private OfImport(Kind<L> kind, ProfileSchema schema, ImportSettings settings, Collection<String> paths) {
            this.kind = kind;
            this.schema = schema;
            this.settings = settings;
            this.expected = loaded(paths);
        }

        private AttributePaths loaded(Collection<String> paths) {
            AttributePaths loaded = new AttributePaths(schema, settings.maxAttributes());
            loaded.load(paths);
            return loaded;
        }

        private DocumentReader reader(AttributePaths known) {
            return new DocumentReader(
                    known, Math.toIntExact(settings.maxLineBytes().asLongValue()));
        }

        ImportChunk.Parser<L> parser() {
            DocumentReader reader = reader(expected);
            return (number, document) -> kind.read(reader, number, document);
        }

        /** Wraps a batch so that lines with too many paths are refused. */
        ImportBatch<L> limiting(ImportBatch<L> batch) {
            return (store, lines, now) -> write(batch, store, lines, now);
        }

        private ImportBatch.Outcome write(ImportBatch<L> batch, StoreTransaction store, List<L> lines, Instant now)
                throws SQLException {
            List<LineError> errors = new ArrayList<>();
            List<L> accepted = mistrusts || lines.stream().anyMatch(Line::hasNewAttributes)
                    ? accepted(store, lines, errors)
                    : lines;
            try {
                return batch.write(store, accepted, now).plus(new ImportBatch.Outcome(0, 0, 0, errors));
            } catch (SQLException e) {
                // The rollback also removes the paths from the table.
                mistrusts = true;
                throw e;
            }
        }

        private List<L> accepted(StoreTransaction store, List<L> lines, List<LineError> errors) throws SQLException {
            Set<String> stored = new HashSet<>(load(store.connection(), store.sandbox()));
            AttributePaths known = loaded(stored);
            DocumentReader reader = reader(known);
            List<L> accepted = new ArrayList<>();
            boolean adds = false;
            for (L line : lines) {
                try {
                    if (mistrusts || line.hasNewAttributes()) {
                        adds |= kind.read(reader, line.number(), line.document())
                                .hasNewAttributes();
                    }
                    accepted.add(line);
                } catch (InvalidLine e) {
                    mistrusts = true;
                    errors.add(e.at(line.number()));
                }
            }
            if (adds) {
                save(store, known, stored);
            }
            return accepted;
        }

        private static void save(StoreTransaction store, AttributePaths known, Set<String> stored) throws SQLException {
            List<String> added = new ArrayList<>(known.all());
            if (known.isRewritten()) {
                Sql.update(store.connection(), "delete from attribute_path where sandbox_id = ?", store.sandbox());
            } else {
                added.removeAll(stored);
            }
            Sql.update(
                    store.connection(),
                    "insert into attribute_path (sandbox_id, path) select ?, unnest(?::text[])",
                    store.sandbox(),
                    added.toArray(String[]::new));
        }
    }
}
