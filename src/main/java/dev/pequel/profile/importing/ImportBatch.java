package dev.pequel.profile.importing;

import dev.pequel.profile.importing.line.Line;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.profile.store.StoreTransaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes lines of one kind in a transaction. */
interface ImportBatch<L extends Line> {

    /**
     * Writes the lines in order. The result does not depend on how a file is split into batches.
     *
     * @return the outcome; lines with an error leave nothing behind but {@link AttributeLimit the names of their
     *     attributes}
     */
    Outcome write(StoreTransaction store, List<L> lines, Instant now) throws SQLException;

    /**
     * @param created number of new profiles or events
     * @param updated number of replaced profiles
     * @param unchanged number of events that were stored already
     */
    record Outcome(int created, int updated, int unchanged, List<LineError> errors) {
        public Outcome {
            errors = List.copyOf(errors);
        }

        Outcome plus(Outcome next) {
            List<LineError> all = new ArrayList<>(errors);
            all.addAll(next.errors);
            return new Outcome(created + next.created, updated + next.updated, unchanged + next.unchanged, all);
        }
    }
}
