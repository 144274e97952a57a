package dev.pequel.profile.importing;

import dev.pequel.profile.importing.line.Line;
import dev.pequel.profile.importing.line.Line.EventLine;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.profile.importing.line.LineError.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The counts of an import up to a chunk.
 *
 * @param errors errors of the first failed lines, in the order of lines
 * @param warnings for each kind of warning, the first line that has it
 */
record ImportTally(
        long bytes,
        long lines,
        long created,
        long updated,
        long unchanged,
        long failed,
        List<LineError> errors,
        List<LineError> warnings) {

    static final ImportTally NOTHING = new ImportTally(0, 0, 0, 0, 0, 0, List.of(), List.of());

    /** Timestamps in seconds that are read as milliseconds are all before this time. */
    private static final Instant EARLY = Instant.parse("1980-01-01T00:00:00Z");

    ImportTally {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /**
     * Adds a chunk.
     *
     * @param outcome the outcome of the chunk's valid lines
     * @param reportedErrors maximum number of errors to keep
     */
    ImportTally plus(ImportChunk<?> piece, ImportBatch.Outcome outcome, int reportedErrors) {
        List<LineError> more = new ArrayList<>(piece.errors());
        more.addAll(outcome.errors());
        more.sort(Comparator.comparingLong(LineError::line));
        List<LineError> kept = new ArrayList<>(errors);
        more.stream().limit(Math.max(reportedErrors - kept.size(), 0)).forEach(kept::add);
        return new ImportTally(
                piece.byteCount(),
                piece.lineCount(),
                created + outcome.created(),
                updated + outcome.updated(),
                unchanged + outcome.unchanged(),
                failed + more.size(),
                kept,
                warnings.isEmpty() ? earlyEvent(piece) : warnings);
    }

    private static List<LineError> earlyEvent(ImportChunk<?> piece) {
        for (Line line : piece.lines()) {
            if (line instanceof EventLine event && event.timestamp().isBefore(EARLY)) {
                return List.of(new LineError(
                        event.number(),
                        Code.EARLY_TIMESTAMP,
                        "the event is dated before 1980, and others may be as well: numbers are read as"
                                + " milliseconds, not as seconds"));
            }
        }
        return List.of();
    }
}
