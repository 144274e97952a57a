package dev.pequel.segmentation;

import dev.pequel.expression.limit.Deadline;
import dev.pequel.profile.snapshot.Snapshots;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Receives the progress of an evaluation and can cancel it. Methods are called from several threads. */
public interface Progress {

    /** Ignores progress and never cancels. */
    Progress NONE = new Progress() {
        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    /** Cancels an evaluation when the deadline has passed or was cancelled. */
    static Progress until(Deadline deadline) {
        return new Progress() {
            @Override
            public boolean isCancelled() {
                return deadline.isCancelled();
            }

            @Override
            public Duration patience() {
                return deadline.left();
            }
        };
    }

    /** Announces the number of values to evaluate. */
    default void expect(long values) {}

    /** Adds to the number of values evaluated. A value is the result of one audience for one profile. */
    default void evaluated(long values) {}

    /** Whether the evaluation shall stop as soon as possible. */
    boolean isCancelled();

    /** @throws CancellationException when the evaluation shall stop */
    default void check() {
        if (isCancelled()) {
            throw new CancellationException("The evaluation was cancelled.");
        }
    }

    /**
     * Blocks while other evaluations have their turn. Each thread of an evaluation calls this often, and holds no lock
     * then.
     */
    default void pause() {}

    /** Maximum time that the evaluation may wait for other work, such as the loading of a snapshot. */
    default Duration patience() {
        return Snapshots.ENDLESS;
    }
}
