package dev.pequel.schema;

import dev.pequel.database.Sql;
import dev.pequel.tenant.Sandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code sandbox_schema}. */
final class SchemaRepository {

    /** The entity tag alone, which is much shorter than the schema. */
    static final String ETAG = "select etag from sandbox_schema where sandbox_id = ?";

    private SchemaRepository() {}

    static Optional<StoredSchema> find(Connection connection, Sandbox sandbox) throws SQLException {
        return Sql.first(
                connection,
                "select etag, document from sandbox_schema where sandbox_id = ?",
                row -> new StoredSchema(row.getObject("etag", UUID.class), row.getString("document")),
                sandbox.id());
    }

    static Optional<UUID> etag(Connection connection, Sandbox sandbox) throws SQLException {
        return Sql.first(connection, ETAG, row -> row.getObject("etag", UUID.class), sandbox.id());
    }

    /** Lets nobody else change the sandbox's schema until the transaction ends, even if there is none yet. */
    static void lock(Connection connection, Sandbox sandbox) throws SQLException {
        Sql.one(connection, "select id from sandbox where id = ? for no key update", row -> true, sandbox.id());
    }

    /** Stores a schema in place of the one there is, if any. */
    static void put(Connection connection, Sandbox sandbox, StoredSchema schema, Instant time, String caller)
            throws SQLException {
        Sql.update(connection, """
                insert into sandbox_schema (sandbox_id, etag, document, update_time, updated_by) values (?, ?, ?, ?, ?)
                on conflict (sandbox_id) do update set etag = excluded.etag, document = excluded.document,
                    update_time = excluded.update_time, updated_by = excluded.updated_by
                """, sandbox.id(), schema.etag(), schema.document(), time, caller);
    }

    static void delete(Connection connection, Sandbox sandbox) throws SQLException {
        Sql.update(connection, "delete from sandbox_schema where sandbox_id = ?", sandbox.id());
    }
}
