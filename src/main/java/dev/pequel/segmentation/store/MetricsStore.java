package dev.pequel.segmentation.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.segmentation.SegmentDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes the table {@code segment_metrics}. */
@ApplicationScoped
public class MetricsStore {

    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    private final Database database;
    private final ObjectMapper json;

    MetricsStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** The stored metrics of the audiences, by id. Audiences that were never evaluated are missing. */
    public Map<UUID, StoredMetrics> read(int sandbox, Collection<SegmentDefinition> definitions) {
        Map<UUID, SegmentDefinition> byId = HashMap.newHashMap(definitions.size());
        definitions.forEach(definition -> byId.put(definition.id(), definition));
        Map<UUID, StoredMetrics> found = HashMap.newHashMap(definitions.size());
        database.call(connection -> {
            Sql.each(
                    connection,
                    """
                    select audience_id, revision, basis, data_version, time_dependent, job_id, evaluated_at, total_profiles,
                        by_namespace, by_status, failure
                    from segment_metrics where sandbox_id = ? and audience_id = any (?)
                    """,
                    row -> {
                        UUID id = row.getObject("audience_id", UUID.class);
                        found.put(id, read(row, byId.get(id)));
                    },
                    sandbox,
                    Sql.ids(byId.keySet()));
            return null;
        });
        return found;
    }

    /** Writes metrics. Those of a later evaluation are not overwritten. */
    public void write(Connection connection, int sandbox, Collection<StoredMetrics> all) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into segment_metrics as stored (audience_id, sandbox_id, revision, basis, data_version, time_dependent,
                    job_id, evaluated_at, total_profiles, by_namespace, by_status, failure)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
                on conflict (sandbox_id, audience_id) do update set
                    revision = excluded.revision, basis = excluded.basis, data_version = excluded.data_version,
                    time_dependent = excluded.time_dependent, job_id = excluded.job_id,
                    evaluated_at = excluded.evaluated_at, total_profiles = excluded.total_profiles,
                    by_namespace = excluded.by_namespace, by_status = excluded.by_status, failure = excluded.failure
                where stored.evaluated_at <= excluded.evaluated_at
                """)) {
            // All writers use the same order. This prevents deadlocks.
            for (StoredMetrics one :
                    all.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList()) {
                bind(statement, sandbox, one);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    public void remove(Connection connection, int sandbox, UUID id) throws SQLException {
        Sql.update(connection, "delete from segment_metrics where sandbox_id = ? and audience_id = ?", sandbox, id);
    }

    private void bind(PreparedStatement statement, int sandbox, StoredMetrics one) throws SQLException {
        statement.setObject(1, one.id());
        statement.setInt(2, sandbox);
        statement.setString(3, one.revision());
        statement.setObject(4, one.basis());
        statement.setLong(5, one.dataVersion());
        statement.setBoolean(6, one.timeDependent());
        statement.setObject(7, one.jobId());
        statement.setObject(8, one.evaluatedAt().atOffset(ZoneOffset.UTC));
        statement.setObject(9, one.metrics().map(Metrics::totalProfiles).orElse(null), Types.BIGINT);
        statement.setString(
                10, one.metrics().map(Metrics::byNamespace).map(this::text).orElse(null));
        statement.setString(
                11, one.metrics().map(Metrics::byStatus).map(this::text).orElse(null));
        statement.setString(12, one.failure().orElse(null));
    }

    private StoredMetrics read(ResultSet row, SegmentDefinition definition) throws SQLException {
        Optional<String> failure = Optional.ofNullable(row.getString("failure"));
        return new StoredMetrics(
                definition.id(),
                row.getString("revision"),
                row.getObject("basis", UUID.class),
                row.getLong("data_version"),
                row.getBoolean("time_dependent"),
                row.getObject("job_id", UUID.class),
                Sql.instant(row, "evaluated_at"),
                failure.isPresent() ? Optional.empty() : Optional.of(metrics(row, definition)),
                failure);
    }

    private Metrics metrics(ResultSet row, SegmentDefinition definition) throws SQLException {
        Map<String, Long> byStatus = counts(row.getString("by_status"));
        return new Metrics(
                definition.id(),
                row.getObject("job_id", UUID.class),
                row.getLong("total_profiles"),
                counts(row.getString("by_namespace")),
                byStatus.getOrDefault(Metrics.REALIZED, 0L),
                byStatus.getOrDefault(Metrics.EXITED, 0L),
                definition.createdAt(),
                Sql.instant(row, "evaluated_at"));
    }

    private String text(Map<String, Long> counts) {
        try {
            return json.writeValueAsString(counts);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("numbers are not JSON", impossible);
        }
    }

    private Map<String, Long> counts(String text) {
        try {
            return json.readValue(text, COUNTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("segment_metrics holds something else than was written there.", e);
        }
    }
}
