package dev.pequel.segmentation.store;

import dev.pequel.database.AdvisoryLock;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.profile.Bitmaps;
import dev.pequel.segmentation.SegmentDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/** Reads and writes the table {@code segment_membership}. */
@ApplicationScoped
public class MembershipStore {

    private static final String SELECT = """
            select audience_id, generation, revision, basis, data_version, job_id, evaluated_at, members, previous
            from segment_membership where sandbox_id = ? and audience_id = any (?)
            """;

    private final Database database;

    MembershipStore(Database database) {
        this.database = database;
    }

    /**
     * One generation of an audience's members.
     *
     * @param generation number of the generation, from 1
     * @param basis the input fingerprint
     * @param dataVersion version of the profiles that were evaluated
     */
    public record Generation(
            UUID id,
            long generation,
            String revision,
            UUID basis,
            long dataVersion,
            UUID jobId,
            Instant evaluatedAt,
            Membership membership) {}

    /**
     * Blocks other writers of the sandbox's memberships until the transaction ends, so that each generation follows the
     * previous one.
     */
    public static void lock(Connection connection, int sandbox) throws SQLException {
        AdvisoryLock.takeInTransaction(
                connection, UUID.nameUUIDFromBytes(("memberships " + sandbox).getBytes(StandardCharsets.UTF_8)));
    }

    /** The current generations of the audiences, by id. Audiences without members are missing. */
    public Map<UUID, Generation> read(int sandbox, Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : database.call(connection -> read(connection, sandbox, ids));
    }

    public Map<UUID, Generation> read(Connection connection, int sandbox, Collection<UUID> ids) throws SQLException {
        Map<UUID, Generation> found = new HashMap<>();
        Sql.each(
                connection,
                SELECT,
                row -> {
                    Generation generation = read(row);
                    found.put(generation.id(), generation);
                },
                sandbox,
                Sql.ids(ids));
        return found;
    }

    public Optional<Generation> read(int sandbox, UUID id) {
        return Optional.ofNullable(read(sandbox, List.of(id)).get(id));
    }

    /** The numbers of the current generations of the audiences, by id. Audiences without members are missing. */
    public Map<UUID, Long> generations(int sandbox, Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : database.call(connection -> generations(connection, sandbox, ids));
    }

    public Map<UUID, Long> generations(Connection connection, int sandbox, Collection<UUID> ids) throws SQLException {
        Map<UUID, Long> found = new HashMap<>();
        Sql.each(
                connection,
                "select audience_id, generation from segment_membership"
                        + " where sandbox_id = ? and audience_id = any (?)",
                row -> found.put(row.getObject(1, UUID.class), row.getLong(2)),
                sandbox,
                Sql.ids(ids));
        return found;
    }

    /** The input fingerprints of the audiences' members, by id. Audiences without members are missing. */
    public Map<UUID, UUID> bases(Connection connection, int sandbox, Collection<UUID> ids) throws SQLException {
        Map<UUID, UUID> found = new HashMap<>();
        Sql.each(
                connection,
                "select audience_id, basis from segment_membership where sandbox_id = ? and audience_id = any (?)",
                row -> found.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                sandbox,
                Sql.ids(ids));
        return found;
    }

    /** The numbers of the current generations of all audiences with members, by id. */
    public Map<UUID, Long> generations(int sandbox) {
        Map<UUID, Long> found = new HashMap<>();
        database.call(connection -> {
            Sql.each(
                    connection,
                    "select audience_id, generation from segment_membership where sandbox_id = ?",
                    row -> found.put(row.getObject(1, UUID.class), row.getLong(2)),
                    sandbox);
            return null;
        });
        return found;
    }

    /**
     * A new generation, before it has a number.
     *
     * @param members must not be modified
     */
    public record New(
            UUID id,
            String revision,
            UUID basis,
            long dataVersion,
            UUID jobId,
            Instant evaluatedAt,
            RoaringBitmap members) {

        /** Members of an external audience. Its fingerprint depends on the revision alone. */
        public static New listed(SegmentDefinition audience, long dataVersion, Instant now, RoaringBitmap members) {
            return new New(
                    audience.id(),
                    audience.revision(),
                    UUID.nameUUIDFromBytes(audience.revision().getBytes(StandardCharsets.UTF_8)),
                    dataVersion,
                    UUID.randomUUID(),
                    now,
                    members);
        }
    }

    /** Writes generations. Requires {@link #lock}. The generation of a later evaluation is not overwritten. */
    public void write(Connection connection, int sandbox, Collection<New> all) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into segment_membership as stored (audience_id, sandbox_id, generation, revision, basis, data_version,
                    job_id, evaluated_at, members, previous)
                values (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
                on conflict (sandbox_id, audience_id) do update set
                    generation = stored.generation + 1, revision = excluded.revision, basis = excluded.basis,
                    data_version = excluded.data_version, job_id = excluded.job_id, evaluated_at = excluded.evaluated_at,
                    members = excluded.members, previous = stored.members
                where stored.evaluated_at <= excluded.evaluated_at
                """)) {
            byte[] nobody = Bitmaps.write(new RoaringBitmap());
            for (New one : all) {
                statement.setObject(1, one.id());
                statement.setInt(2, sandbox);
                statement.setString(3, one.revision());
                statement.setObject(4, one.basis());
                statement.setLong(5, one.dataVersion());
                statement.setObject(6, one.jobId());
                statement.setObject(7, one.evaluatedAt().atOffset(ZoneOffset.UTC));
                statement.setBytes(8, Bitmaps.write(one.members()));
                statement.setBytes(9, nobody);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    public void remove(Connection connection, int sandbox, UUID id) throws SQLException {
        Sql.update(connection, "delete from segment_membership where sandbox_id = ? and audience_id = ?", sandbox, id);
    }

    private static Generation read(ResultSet row) throws SQLException {
        return new Generation(
                row.getObject("audience_id", UUID.class),
                row.getLong("generation"),
                row.getString("revision"),
                row.getObject("basis", UUID.class),
                row.getLong("data_version"),
                row.getObject("job_id", UUID.class),
                Sql.instant(row, "evaluated_at"),
                new Membership(Bitmaps.read(row.getBytes("members")), Bitmaps.read(row.getBytes("previous"))));
    }
}
