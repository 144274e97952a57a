package dev.pequel.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * An advisory lock of PostgreSQL, which excludes work of other replicas. The connection holds it until it is closed
 * here or the connection is lost, such as when the process ends.
 */
public final class AdvisoryLock implements AutoCloseable {

    private final Connection connection;
    private final long key;

    private AdvisoryLock(Connection connection, long key) {
        this.connection = connection;
        this.key = key;
    }

    /** Waits for the lock and takes it. The connection must not be in a transaction. */
    public static AdvisoryLock take(Connection connection, UUID work) throws SQLException {
        Sql.one(connection, "select pg_advisory_lock(?)", row -> true, key(work));
        return new AdvisoryLock(connection, key(work));
    }

    /** Takes the lock if it is free. The connection must not be in a transaction. */
    public static Optional<AdvisoryLock> tryTake(Connection connection, UUID work) throws SQLException {
        boolean taken = Sql.one(connection, "select pg_try_advisory_lock(?)", row -> row.getBoolean(1), key(work));
        return taken ? Optional.of(new AdvisoryLock(connection, key(work))) : Optional.empty();
    }

    /** Waits for the lock and takes it until the current transaction ends. */
    public static void takeInTransaction(Connection connection, UUID work) throws SQLException {
        Sql.one(connection, "select pg_advisory_xact_lock(?)", row -> true, key(work));
    }

    @Override
    public void close() throws SQLException {
        Sql.one(connection, "select pg_advisory_unlock(?)", row -> true, key);
    }

    private static long key(UUID work) {
        return work.getMostSignificantBits() ^ work.getLeastSignificantBits();
    }
}
