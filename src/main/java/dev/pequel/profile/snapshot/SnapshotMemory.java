package dev.pequel.profile.snapshot;

import dev.pequel.problem.InsufficientMemory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Limits the heap that all snapshots together may use. The size of a snapshot is reported repeatedly while it is read.
 * If the limit is exceeded, other snapshots are dropped; if that is not enough, the reading fails.
 */
@ApplicationScoped
class SnapshotMemory {

    /** Drops another snapshot and returns its sandbox. Empty if none can be dropped. */
    interface Others {
        OptionalInt drop();
    }

    private final long budget;
    /** Bytes in use by sandbox, including snapshots that are being read. */
    private final Map<Integer, Long> taken = new HashMap<>();

    private long sum;

    SnapshotMemory(SnapshotSettings settings) {
        budget = settings.memory()
                .map(size -> size.asLongValue())
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / 100 * settings.memoryPercent());
    }

    /** The limit, in bytes. */
    long budget() {
        return budget;
    }

    /**
     * Reserves memory for a sandbox's snapshot, in place of what was reserved for it before. After reading, {@link
     * #keep} must be called with the final size.
     *
     * @param expected estimated size of the whole snapshot, in bytes
     * @throws InsufficientMemory when the snapshot does not fit
     */
    synchronized void take(int sandbox, long bytes, long expected, Others others) {
        keep(sandbox, bytes);
        if (bytes > budget) {
            throw new InsufficientMemory(
                    "The profiles of this sandbox need about " + megabytes(Math.max(bytes, expected))
                            + " of memory, but the limit for all sandboxes together is " + megabytes(budget) + ".",
                    true);
        }
        while (sum > budget) {
            int dropped = others.drop()
                    .orElseThrow(() -> new InsufficientMemory(
                            "The profiles of this sandbox need about " + megabytes(Math.max(bytes, expected))
                                    + " of memory, which is not available at the moment because of other sandboxes.",
                            false));
            keep(dropped, 0);
        }
    }

    /** Sets the memory that a sandbox's snapshot uses, in bytes. */
    synchronized void keep(int sandbox, long bytes) {
        Long before = bytes == 0 ? taken.remove(sandbox) : taken.put(sandbox, bytes);
        sum += bytes - (before == null ? 0 : before);
    }

    private static String megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) / (1 << 20) + " MB";
    }
}
