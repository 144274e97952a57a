package dev.pequel.profile;

import dev.pequel.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import org.roaringbitmap.RoaringBitmap;

/**
 * One change of a sandbox's profiles. Holds the sandbox's row of {@code profile_store} locked, so that changes come one after
 * the other, until the transaction ends.
 */
final class StoreTransaction {

    /** A snapshot that is older than this many changes is rebuilt from scratch. */
    private static final int CHANGES_KEPT = 4096;

    private final Connection connection;
    private final int sandbox;
    private RoaringBitmap touched = new RoaringBitmap();
    private long version;
    private int nextOrdinal;

    private StoreTransaction(Connection connection, int sandbox) {
        this.connection = connection;
        this.sandbox = sandbox;
    }

    /** Waits for the row; the connection must not be in auto-commit mode. */
    static StoreTransaction begin(Connection connection, int sandbox) throws SQLException {
        StoreTransaction transaction = new StoreTransaction(connection, sandbox);
        transaction.lock();
        return transaction;
    }

    private void lock() throws SQLException {
        // The planner's statistics are older than the import, so that it may take a large table for a small one.
        Sql.update(connection, "set local enable_seqscan = off");
        Sql.update(connection, "insert into profile_store (sandbox_id) values (?) on conflict do nothing", sandbox);
        Sql.each(
                connection,
                "select version, next_ordinal from profile_store where sandbox_id = ? for update",
                row -> {
                    version = row.getLong(1);
                    nextOrdinal = row.getInt(2);
                },
                sandbox);
    }

    Connection connection() {
        return connection;
    }

    int sandbox() {
        return sandbox;
    }

    /** An ordinal for a new profile. */
    int newOrdinal() {
        return nextOrdinal++;
    }

    /** What to return to when the database is rolled back to a savepoint. */
    record Mark(int nextOrdinal, RoaringBitmap touched) {}

    Mark mark() {
        return new Mark(nextOrdinal, touched.clone());
    }

    void returnTo(Mark mark) {
        nextOrdinal = mark.nextOrdinal();
        touched = mark.touched().clone();
    }

    /** Notes that the profile, or its events, changed. */
    void touch(int ordinal) {
        touched.add(ordinal);
    }

    /** Writes down what changed; the caller commits. Without changes it does nothing. */
    void finish() throws SQLException {
        if (touched.isEmpty()) {
            return;
        }
        version++;
        Sql.update(
                connection,
                "update profile_store set version = ?, next_ordinal = ? where sandbox_id = ?",
                version,
                nextOrdinal,
                sandbox);
        Sql.update(
                connection,
                "insert into profile_change (sandbox_id, version, ordinals) values (?, ?, ?)",
                sandbox,
                version,
                Bitmaps.write(touched));
        Sql.update(
                connection,
                "delete from profile_change where sandbox_id = ? and version <= ?",
                sandbox,
                version - CHANGES_KEPT);
    }

    /** Makes everything committed so far, and this transaction, something that readers may expect to see. */
    static void publish(Connection connection, int sandbox) throws SQLException {
        Sql.update(connection, "update profile_store set published_version = version where sandbox_id = ?", sandbox);
    }
}
