package dev.pequel.profile.snapshot;

import dev.pequel.profile.ProfileId;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * Reads rows of {@code (profile bigint, document jsonb)} with {@code COPY ... TO STDOUT (FORMAT binary)}, one at a
 * time.
 */
final class CopiedRows implements AutoCloseable {

    private static final int SIGNATURE_BYTES = 11;
    private static final int END_OF_ROWS = -1;

    private final PGConnection connection;
    private final PGCopyInputStream stream;
    private final DataInputStream in;
    private boolean isAtEnd;
    private int ordinal;
    private byte[] document = new byte[4096];
    private int length;

    CopiedRows(Connection connection, String query) throws SQLException, IOException {
        this.connection = connection.unwrap(PGConnection.class);
        stream = new PGCopyInputStream(this.connection, "copy (" + query + ") to stdout (format binary)");
        in = new DataInputStream(stream);
        in.skipNBytes(SIGNATURE_BYTES + Integer.BYTES);
        in.skipNBytes(in.readInt());
    }

    /** Moves to the next row. False if there is none. */
    boolean next() throws IOException {
        short fields = in.readShort();
        if (fields == END_OF_ROWS) {
            isAtEnd = true;
            return false;
        }
        in.readInt();
        ordinal = ProfileId.ordinal(in.readLong());
        // The text is preceded by one byte, the version of the jsonb format.
        length = in.readInt() - 1;
        if (in.read() < 0) {
            throw new EOFException();
        }
        if (length > document.length) {
            document = new byte[Math.max(length, document.length * 2)];
        }
        in.readFully(document, 0, length);
        return true;
    }

    int ordinal() {
        return ordinal;
    }

    /** The document's text, in the first {@link #length()} bytes. The next row overwrites it. */
    byte[] document() {
        return document;
    }

    int length() {
        return length;
    }

    /**
     * Cancels the statement unless all rows were read, and discards what the server has already sent. Otherwise the
     * driver would take it for the response to the next statement.
     */
    @Override
    public void close() throws IOException {
        try (stream) {
            if (!isAtEnd) {
                connection.cancelQuery();
            }
            while (stream.read(document) >= 0) {
                // Discarded.
            }
        } catch (IOException | SQLException cancelled) {
            if (isAtEnd) {
                throw cancelled instanceof IOException lost ? lost : new IOException(cancelled);
            }
        }
    }
}
