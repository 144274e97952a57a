package dev.pequel.profile.snapshot;

import dev.pequel.database.Database;
import dev.pequel.database.DatabaseException;
import dev.pequel.database.Sql;
import dev.pequel.profile.Bitmaps;
import dev.pequel.profile.ProfileId;
import dev.pequel.profile.snapshot.ColumnReader.Columns;
import dev.pequel.profile.snapshot.ColumnReader.Growth;
import dev.pequel.profile.snapshot.ColumnReader.Selection;
import dev.pequel.profile.snapshot.ProfileSnapshot.Changed;
import dev.pequel.profile.snapshot.ProfileSnapshot.Part;
import dev.pequel.profile.snapshot.ProfileSnapshot.Whole;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/** Reads snapshots from the tables, either as a whole or only what has changed since an earlier one. */
@ApplicationScoped
class SnapshotReader {

    /** All statements see the same state of the database, and have no timeout. */
    static final String BULK_READING =
            "set transaction isolation level repeatable read, read only; set local statement_timeout = 0";

    private final Database database;
    private final ColumnReader columns;

    SnapshotReader(Database database, ColumnReader columns) {
        this.database = database;
        this.columns = columns;
    }

    /** The state of a sandbox that a transaction sees. */
    private record State(long version, int nextOrdinal) {}

    private interface Reading<T> {
        T read(Connection connection, State state) throws SQLException, IOException;
    }

    /** The version that readers are guaranteed to see. */
    long publishedVersion(int sandbox) {
        return database.call(connection -> Sql.first(
                        connection,
                        "select published_version from profile_store where sandbox_id = ?",
                        row -> row.getLong(1),
                        sandbox)
                .orElse(0L));
    }

    /**
     * Reads all profiles.
     *
     * @param isGivenUp called repeatedly, from several threads
     * @throws CancellationException when the reading is given up
     */
    @WithSpan("read snapshot")
    ProfileSnapshot read(int sandbox, Growth growth, BooleanSupplier isGivenUp) {
        return reading(sandbox, isGivenUp, (connection, state) -> {
            ReadingProgress progress = new ReadingProgress(sandbox, state.nextOrdinal(), isGivenUp);
            Columns read = columns.read(
                    connection,
                    new Selection(range(sandbox), IntUnaryOperator.identity(), state.nextOrdinal()),
                    progress,
                    growth);
            ProfileSnapshot snapshot = ProfileSnapshot.of(
                    state.version(), List.of(new Whole(state.version(), read.snapshot(), read.rows())));
            progress.finished(snapshot);
            return snapshot;
        });
    }

    /**
     * Reads the profiles that have changed.
     *
     * @param maxChanges maximum number of changed profiles
     * @param isGivenUp called repeatedly, from several threads
     * @return empty if more profiles have changed, or if the changes are no longer known
     * @throws CancellationException when the reading is given up
     */
    @WithSpan("update snapshot")
    Optional<ProfileSnapshot> update(
            int sandbox, ProfileSnapshot old, int maxChanges, Growth growth, BooleanSupplier isGivenUp) {
        Optional<Whole> whole = old.whole();
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        return reading(sandbox, isGivenUp, (connection, state) -> {
            Optional<RoaringBitmap> changes =
                    changes(connection, sandbox, whole.get().version(), state.version());
            if (changes.isEmpty() || changes.get().getCardinality() > maxChanges) {
                return Optional.empty();
            }
            Whole unchanged = whole.get().without(changes.get());
            List<Part> parts = new ArrayList<>(List.of(unchanged));
            if (!changes.get().isEmpty()) {
                parts.add(changed(connection, sandbox, changes.get().toArray(), growth, isGivenUp));
            }
            return Optional.of(ProfileSnapshot.of(state.version(), parts));
        });
    }

    private Changed changed(
            Connection connection, int sandbox, int[] ordinals, Growth growth, BooleanSupplier isGivenUp)
            throws SQLException, IOException {
        String ids = Arrays.stream(ordinals)
                .mapToObj(ordinal -> String.valueOf(ProfileId.of(sandbox, ordinal)))
                .collect(Collectors.joining(","));
        Selection selection = new Selection(
                "= any ('{" + ids + "}')", ordinal -> Arrays.binarySearch(ordinals, ordinal), ordinals.length);
        Columns read =
                columns.read(connection, selection, new ReadingProgress(sandbox, ordinals.length, isGivenUp), growth);
        return new Changed(read.snapshot(), read.rows(), ordinals);
    }

    private static String range(int sandbox) {
        return "between " + ProfileId.of(sandbox, 0) + " and " + ProfileId.of(sandbox, Integer.MAX_VALUE);
    }

    /** The profiles that changed after one version, up to another. Empty if the changes are no longer known. */
    private static Optional<RoaringBitmap> changes(Connection connection, int sandbox, long after, long upTo)
            throws SQLException {
        List<byte[]> changes = Sql.list(
                connection,
                "select ordinals from profile_change where sandbox_id = ? and version > ? and version <= ?",
                row -> row.getBytes(1),
                sandbox,
                after,
                upTo);
        if (changes.size() < upTo - after) {
            return Optional.empty();
        }
        RoaringBitmap all = new RoaringBitmap();
        for (byte[] change : changes) {
            all.or(Bitmaps.read(change));
        }
        return Optional.of(all);
    }

    private <T> T reading(int sandbox, BooleanSupplier isGivenUp, Reading<T> reading) {
        try {
            return database.transaction(connection -> {
                Sql.update(connection, BULK_READING);
                State state = Sql.first(
                                connection,
                                "select version, next_ordinal from profile_store where sandbox_id = ?",
                                row -> new State(row.getLong(1), row.getInt(2)),
                                sandbox)
                        .orElse(new State(0, 0));
                return reading.read(connection, state);
            });
        } catch (IOException | DatabaseException e) {
            if (isGivenUp.getAsBoolean()) {
                // The statements were probably cancelled because of it.
                CancellationException cancelled = new CancellationException("The reading of a snapshot was cancelled.");
                cancelled.initCause(e);
                throw cancelled;
            }
            throw e instanceof DatabaseException failure
                    ? failure
                    : new UncheckedIOException(
                            "The profiles of sandbox " + sandbox + " cannot be read.", (IOException) e);
        }
    }
}
