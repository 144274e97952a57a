package dev.pequel.profile.store;

import dev.pequel.database.Sql;
import dev.pequel.profile.Bitmaps;
import java.sql.Connection;
import java.sql.SQLException;
import org.roaringbitmap.RoaringBitmap;

/**
 * A change of a sandbox's profiles in a transaction. Until its end, the sandbox's row of {@code profile_store} is
 * locked, so that changes are made one after the other.
 */
public final class StoreTransaction {

    /** Number of changes that are kept. An older snapshot is read again as a whole. */
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

    /** Waits for the lock. The connection must not be in auto-commit mode. */
    public static StoreTransaction begin(Connection connection, int sandbox) throws SQLException {
        StoreTransaction transaction = new StoreTransaction(connection, sandbox);
        transaction.lock();
        return transaction;
    }

    private void lock() throws SQLException {
        // The planner's statistics may be older than the import, which makes a large table look small.
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

    public Connection connection() {
        return connection;
    }

    public int sandbox() {
        return sandbox;
    }

    public int newOrdinal() {
        return nextOrdinal++;
    }

    /** The state to restore when the transaction is rolled back to a savepoint. */
    public record Mark(int nextOrdinal, RoaringBitmap touched) {}

    public Mark mark() {
        return new Mark(nextOrdinal, touched.clone());
    }

    public void returnTo(Mark mark) {
        nextOrdinal = mark.nextOrdinal();
        touched = mark.touched().clone();
    }

    /** Records that the profile, or its events, changed. */
    public void touch(int ordinal) {
        touched.add(ordinal);
    }

    /** Writes the changes, if there are any. The caller commits. */
    public void finish() throws SQLException {
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

    /** Publishes this transaction's and all committed changes: readers are then guaranteed to see them. */
    public static void publish(Connection connection, int sandbox) throws SQLException {
        Sql.update(connection, "update profile_store set published_version = version where sandbox_id = ?", sandbox);
    }
}
