package dev.pequel.profile.store;

import dev.pequel.database.RowSecurity;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows with {@code COPY ... FROM STDIN (FORMAT binary)}, which needs no escaping. Always close it; without
 * {@link #finish()} nothing is written.
 */
public final class BinaryCopy implements AutoCloseable {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int END_OF_ROWS = -1;
    private static final byte JSONB_VERSION = 1;
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int FLUSH_BYTES = 1 << 16;

    private final Connection connection;
    private final CopyIn copy;
    private byte[] buffer = new byte[FLUSH_BYTES * 2];
    private int size;

    /**
     * @param connection a connection in a transaction, which must be rolled back after a failure
     * @param table table and columns, such as {@code profile (id, attributes)}
     */
    public BinaryCopy(Connection connection, String table) throws SQLException {
        this.connection = connection;
        RowSecurity.bypass(connection);
        this.copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " from stdin (format binary)");
        raw(SIGNATURE);
        int32(0);
        int32(0);
    }

    /** Starts a row. Exactly this number of fields must follow. */
    public BinaryCopy row(int fields) throws SQLException {
        if (size >= FLUSH_BYTES) {
            flush();
        }
        int16(fields);
        return this;
    }

    public BinaryCopy integer(int value) {
        int32(Integer.BYTES);
        int32(value);
        return this;
    }

    public BinaryCopy bigint(long value) {
        int32(Long.BYTES);
        int64(value);
        return this;
    }

    public BinaryCopy text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int32(bytes.length);
        raw(bytes);
        return this;
    }

    public BinaryCopy jsonb(byte[] document) {
        int32(document.length + 1);
        reserve(1);
        buffer[size++] = JSONB_VERSION;
        raw(document);
        return this;
    }

    public BinaryCopy timestamp(Instant value) {
        long seconds = value.getEpochSecond() - POSTGRES_EPOCH.getEpochSecond();
        return bigint(seconds * 1_000_000 + value.getNano() / 1000);
    }

    /** Ends the copy and returns the number of rows written. */
    public long finish() throws SQLException {
        int16(END_OF_ROWS);
        flush();
        long written = copy.endCopy();
        RowSecurity.stepBack(connection);
        return written;
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer, 0, size);
        size = 0;
    }

    private void raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void int16(int value) {
        reserve(Short.BYTES);
        buffer[size++] = (byte) (value >> 8);
        buffer[size++] = (byte) value;
    }

    private void int32(int value) {
        int16(value >> 16);
        int16(value);
    }

    private void int64(long value) {
        int32((int) (value >> 32));
        int32((int) value);
    }

    private void reserve(int bytes) {
        if (size + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
        }
    }
}
