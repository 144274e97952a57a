package dev.pequel.profile;

import dev.pequel.error.InsufficientMemory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The heap that all snapshots together may take. Whoever reads one says again and again how large it is by then; others are
 * dropped for it, and where that is not enough it is given up.
 */
@ApplicationScoped
class SnapshotMemory {

    /** Drops another snapshot, and says whose; empty when there is none that could be dropped. */
    interface Others {
        OptionalInt drop();
    }

    private final long budget;
    /** By sandbox; what is being read is included. */
    private final Map<Integer, Long> taken = new HashMap<>();

    private long sum;

    SnapshotMemory(SnapshotSettings settings) {
        budget = settings.memory()
                .map(size -> size.asLongValue())
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / 100 * settings.memoryPercent());
    }

    /** In bytes. */
    long budget() {
        return budget;
    }

    /**
     * Takes memory for a sandbox's snapshot, in place of what was taken for it before. Whoever reads says in the end, with
     * {@link #keep}, what became of it.
     *
     * @param expected what the whole snapshot will take, as far as can be said, in bytes
     * @throws InsufficientMemory when it does not fit
     */
    synchronized void take(int sandbox, long bytes, long expected, Others others) {
        keep(sandbox, bytes);
        if (bytes > budget) {
            throw new InsufficientMemory(
                    "The profiles of this sandbox need about " + megabytes(Math.max(bytes, expected))
                            + " of memory, and all sandboxes together have " + megabytes(budget) + ".",
                    true);
        }
        while (sum > budget) {
            int dropped = others.drop()
                    .orElseThrow(() -> new InsufficientMemory(
                            "The profiles of this sandbox need about " + megabytes(Math.max(bytes, expected))
                                    + " of memory, of which others use too much at the moment.",
                            false));
            keep(dropped, 0);
        }
    }

    /** Puts down what a sandbox's snapshot takes, in bytes. */
    synchronized void keep(int sandbox, long bytes) {
        Long before = bytes == 0 ? taken.remove(sandbox) : taken.put(sandbox, bytes);
        sum += bytes - (before == null ? 0 : before);
    }

    private static String megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) / (1 << 20) + " MB";
    }
}
