package dev.pequel.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.database.VisibleRows;
import dev.pequel.profile.Bitmaps;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/** The table {@code preview}. */
@ApplicationScoped
class PreviewStore {

    private static final TypeReference<TreeMap<String, Integer>> COUNTS = new TypeReference<>() {};

    private final Database database;
    private final VisibleRows rows;
    private final ObjectMapper json;
    private final PreviewSettings settings;

    PreviewStore(Database database, VisibleRows rows, ObjectMapper json, PreviewSettings settings) {
        this.database = database;
        this.rows = rows;
        this.json = json;
        this.settings = settings;
    }

    /** Keeps an answer, and drops those that are older than a limit, and the oldest of the sandbox when there are too many. */
    Preview add(
            int sandbox,
            int totalRows,
            RoaringBitmap members,
            SortedMap<String, Integer> membersByNamespace,
            Instant now,
            Instant oldest) {
        UUID query = UUID.randomUUID();
        rows.ofAllSandboxes(() -> database.call(
                connection -> Sql.update(connection, "delete from preview where created_at < ?", oldest)));
        int execution = database.transaction(connection -> {
            int number = Sql.one(
                    connection,
                    """
                    insert into preview (id, execution_id, sandbox_id, created_at, total_rows, members, members_by_namespace)
                    select ?, coalesce(max(execution_id), 0) + 1, ?, ?, ?, ?, ?::jsonb from preview where sandbox_id = ?
                    returning execution_id
                    """,
                    row -> row.getInt(1),
                    query,
                    sandbox,
                    now,
                    totalRows,
                    Bitmaps.write(members),
                    write(membersByNamespace),
                    sandbox);
            Sql.update(connection, """
                    delete from preview where sandbox_id = ? and execution_id <= (
                        select execution_id from preview where sandbox_id = ? order by execution_id desc offset ? limit 1)
                    """, sandbox, sandbox, settings.perSandbox());
            return number;
        });
        return new Preview(new PreviewId(query, execution), totalRows, members, membersByNamespace);
    }

    Optional<Preview> find(int sandbox, PreviewId id, Instant oldest) {
        return database.call(connection ->
                Sql.first(connection, """
                select total_rows, members, members_by_namespace from preview
                where id = ? and execution_id = ? and sandbox_id = ? and created_at >= ?
                """, row -> read(id, row), id.query(), id.execution(), sandbox, oldest));
    }

    boolean delete(int sandbox, PreviewId id, Instant oldest) {
        return database.call(connection -> Sql.update(
                        connection,
                        "delete from preview where id = ? and execution_id = ? and sandbox_id = ? and created_at >= ?",
                        id.query(),
                        id.execution(),
                        sandbox,
                        oldest))
                == 1;
    }

    private Preview read(PreviewId id, ResultSet row) throws SQLException {
        try {
            return new Preview(
                    id,
                    row.getInt("total_rows"),
                    Bitmaps.read(row.getBytes("members")),
                    json.readValue(row.getString("members_by_namespace"), COUNTS));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Stored counts are not readable.", e);
        }
    }

    private String write(SortedMap<String, Integer> counts) {
        try {
            return json.writeValueAsString(counts);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
