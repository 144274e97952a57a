package dev.pequel.field;

import dev.pequel.profile.snapshot.ProfileSnapshot;
import java.util.function.IntConsumer;
import org.roaringbitmap.PeekableIntIterator;

/** Visits the profiles of a part of a snapshot. */
final class PartRows {

    /** Rows between two checks for cancellation. */
    private static final int LOOK_EVERY = 1 << 14;

    private PartRows() {}

    /** @param look called from time to time; may throw to cancel */
    static void each(ProfileSnapshot.Part part, Runnable look, IntConsumer visit) {
        int looked = 0;
        PeekableIntIterator rows = part.rows().getIntIterator();
        while (rows.hasNext()) {
            if (looked++ % LOOK_EVERY == 0) {
                look.run();
            }
            visit.accept(rows.next());
        }
    }
}
