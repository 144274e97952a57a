package dev.pequel.profile;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes lines of one kind in one transaction. */
interface ImportBatch<L extends Line> {

    /**
     * Writes the lines as if one after the other; the result does not depend on how a file is cut into batches.
     *
     * @return what became of the lines; those with an error left no trace but for {@link AttributeLimit the names of their attributes}
     */
    Outcome write(StoreTransaction store, List<L> lines, Instant now) throws SQLException;

    /**
     * @param created new profiles or events
     * @param updated profiles that were replaced
     * @param unchanged events that were there already
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
