package dev.pequel.profile.importing;

import dev.pequel.database.Database;
import dev.pequel.profile.importing.ImportBatch.Outcome;
import dev.pequel.profile.importing.line.Line;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.profile.importing.line.LineError.Code;
import dev.pequel.profile.store.StoreTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Writes the chunks of one import, each in a transaction together with the job's progress. */
final class ImportChunkWriter<L extends Line> {

    private final Database database;
    private final RunningImport job;
    private final ImportJobWriter jobs;
    private final ImportBatch<L> batch;
    private final int reportedErrors;
    private final Clock clock;
    private ImportTally tally = ImportTally.NOTHING;

    ImportChunkWriter(
            Database database,
            RunningImport job,
            ImportJobWriter jobs,
            ImportBatch<L> batch,
            int reportedErrors,
            Clock clock) {
        this.database = database;
        this.job = job;
        this.jobs = jobs;
        this.batch = batch;
        this.reportedErrors = reportedErrors;
        this.clock = clock;
    }

    ImportTally write(ImportChunk<L> piece) {
        tally = database.transaction(connection -> {
            StoreTransaction store = StoreTransaction.begin(connection, job.sandbox());
            ImportTally after = tally.plus(piece, write(store, piece.lines()), reportedErrors);
            store.finish();
            jobs.progress(connection, job.id(), after);
            return after;
        });
        return tally;
    }

    /**
     * Writes all lines. If the database refuses the content of a line, writes the halves separately to find it, because
     * COPY does not report the line.
     */
    private Outcome write(StoreTransaction store, List<L> lines) throws SQLException {
        if (lines.isEmpty()) {
            return new Outcome(0, 0, 0, List.of());
        }
        Connection connection = store.connection();
        Savepoint before = connection.setSavepoint();
        StoreTransaction.Mark mark = store.mark();
        try {
            Outcome outcome = batch.write(store, lines, clock.instant());
            connection.releaseSavepoint(before);
            return outcome;
        } catch (SQLException e) {
            if (!isAboutContent(e)) {
                throw e;
            }
            connection.rollback(before);
            store.returnTo(mark);
            if (lines.size() == 1) {
                LineError error = new LineError(lines.getFirst().number(), Code.NOT_STORABLE, reason(e));
                return new Outcome(0, 0, 0, List.of(error));
            }
            int half = lines.size() / 2;
            return write(store, lines.subList(0, half)).plus(write(store, lines.subList(half, lines.size())));
        }
    }

    /** Whether the SQLSTATE is a data exception or an exceeded program limit. */
    private static boolean isAboutContent(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("54"));
    }

    private static String reason(SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException server ? server.getServerErrorMessage() : null;
        if (message == null) {
            return "the database cannot store it";
        }
        return message.getDetail() == null ? message.getMessage() : message.getMessage() + ": " + message.getDetail();
    }
}
