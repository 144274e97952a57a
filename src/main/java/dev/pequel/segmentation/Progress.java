package dev.pequel.segmentation;

import dev.pequel.expression.Deadline;
import dev.pequel.profile.Snapshots;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Watches an evaluation, from several threads. */
interface Progress {

    /** Nobody watches. */
    Progress NONE = new Progress() {
        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    /** Ends an evaluation that takes too long, or that nobody waits for any more. */
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

    /** So many values will be evaluated. Nobody counts them unless the watcher does. */
    default void expect(long values) {}

    /** So many further values (a profile for an audience) are known. */
    default void evaluated(long values) {}

    /** Whether the evaluation shall end as soon as it can. */
    boolean isCancelled();

    /** @throws CancellationException when the evaluation shall end */
    default void check() {
        if (isCancelled()) {
            throw new CancellationException("The evaluation was cancelled.");
        }
    }

    /** Lets others have their turn and waits meanwhile. Called often, by each thread of the evaluation; none holds a lock. */
    default void pause() {}

    /** So long the evaluation may wait for others. */
    default Duration patience() {
        return Snapshots.ENDLESS;
    }
}
