package dev.pequel.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The counts of an import up to some piece.
 *
 * @param errors the first of the failed lines, in the order of lines
 */
record ImportTally(
        long bytes, long lines, long created, long updated, long unchanged, long failed, List<LineError> errors) {

    static final ImportTally NOTHING = new ImportTally(0, 0, 0, 0, 0, 0, List.of());

    ImportTally {
        errors = List.copyOf(errors);
    }

    /**
     * With one more piece.
     *
     * @param outcome what became of the piece's lines of the right form
     * @param reportedErrors how many errors to keep
     */
    ImportTally plus(Piece<?> piece, Batch.Outcome outcome, int reportedErrors) {
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
                kept);
    }
}
