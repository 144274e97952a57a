package dev.pequel.profile.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.pequel.column.ColumnBuilder;
import dev.pequel.column.ListColumnBuilder;
import dev.pequel.column.Snapshot;
import dev.pequel.column.StoredJson;
import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.pql.type.BuiltInSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Reads documents from the tables and shreds them into columns. Profiles and events are read concurrently, on two
 * connections.
 */
@ApplicationScoped
class ColumnReader {

    private final Database database;
    private final SandboxScope visible;
    private final JsonFactory json = StoredJson.factory();

    ColumnReader(Database database, SandboxScope visible) {
        this.database = database;
        this.visible = visible;
    }

    /**
     * The profiles to read.
     *
     * @param condition SQL condition for the id of a profile; it follows the name of the column
     * @param rowOf row of an ordinal; larger ordinals have larger rows
     * @param size number of rows
     */
    record Selection(String condition, IntUnaryOperator rowOf, int size) {}

    /** Receives the size of the columns while they are read, and can abort the reading by an exception. */
    interface Growth {
        /**
         * @param bytes heap used so far, including what is needed to build the columns at the end
         * @param expected estimate of the same for the whole selection
         */
        void grown(long bytes, long expected);
    }

    /** @param rows the rows with a profile */
    record Columns(Snapshot snapshot, RoaringBitmap rows) {}

    /**
     * @param connection a connection in a transaction with isolation level repeatable read; the second connection uses
     *     the same snapshot of the database
     */
    Columns read(Connection connection, Selection selection, ReadingProgress progress, Growth growth)
            throws SQLException, IOException {
        ReadingSize size = new ReadingSize(selection.size(), growth);
        String state = Sql.one(connection, "select pg_export_snapshot()", row -> row.getString(1));
        try (StatementCanceller ofProfiles = StatementCanceller.watch(connection, progress::isGivenUp);
                ExecutorService worker = Executors.newSingleThreadExecutor()) {
            Future<ListColumnBuilder> events = worker.submit(visible.sameFor(() -> database.transaction(second -> {
                Sql.update(second, SnapshotReader.BULK_READING);
                Sql.update(second, "set transaction snapshot '" + state + "'");
                try (StatementCanceller ofEvents = StatementCanceller.watch(second, progress::isGivenUp)) {
                    return readEvents(second, selection, progress, size);
                }
            })));
            RoaringBitmap rows = new RoaringBitmap();
            ColumnBuilder profiles = readProfiles(connection, selection, rows, progress, size);
            profiles.padTo(selection.size());
            Snapshot snapshot = Snapshot.ofProfiles(
                    profiles.build(),
                    Map.of(BuiltInSchema.EVENTS, result(events).build(selection.size())));
            return new Columns(snapshot, rows);
        }
    }

    private ColumnBuilder readProfiles(
            Connection connection,
            Selection selection,
            RoaringBitmap present,
            ReadingProgress progress,
            ReadingSize size)
            throws SQLException, IOException {
        ColumnBuilder profiles = ColumnBuilder.ofStoredDocuments();
        ReadingSize.Half half = size.half();
        String query = "select id, attributes from profile where id " + selection.condition() + " order by id";
        try (CopiedRows rows = new CopiedRows(connection, query)) {
            while (rows.next()) {
                int row = selection.rowOf().applyAsInt(rows.ordinal());
                profiles.padTo(row);
                try (JsonParser parser = json.createParser(rows.document(), 0, rows.length())) {
                    parser.nextToken();
                    profiles.append(parser);
                }
                present.add(row);
                half.read(row, rows.length(), profiles::bytes);
                progress.profile();
            }
        }
        return profiles;
    }

    private ListColumnBuilder readEvents(
            Connection connection, Selection selection, ReadingProgress progress, ReadingSize size)
            throws SQLException, IOException {
        ListColumnBuilder events = new ListColumnBuilder();
        ReadingSize.Half half = size.half();
        String query = "select profile_id, body from experience_event where profile_id " + selection.condition()
                + " order by profile_id, timestamp, event_id";
        try (CopiedRows rows = new CopiedRows(connection, query)) {
            while (rows.next()) {
                int row = selection.rowOf().applyAsInt(rows.ordinal());
                try (JsonParser parser = json.createParser(rows.document(), 0, rows.length())) {
                    parser.nextToken();
                    events.add(row, parser);
                }
                half.read(row, rows.length(), events::bytes);
                progress.event();
            }
        }
        return events;
    }

    private static <T> T result(Future<T> future) throws SQLException, IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException sql -> throw sql;
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server is shutting down.", e);
        }
    }
}
