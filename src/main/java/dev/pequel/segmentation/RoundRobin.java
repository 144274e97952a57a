package dev.pequel.segmentation;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Runs the tasks of many owners on a few threads. Whose task has ended goes to the end of the line, and who has fewer running
 * comes first: however many tasks others have, an owner with nothing running waits for at most one of each of them.
 *
 * @param <O> what tasks belong to
 */
final class RoundRobin<O> {

    private final Executor threads;
    private final int atATime;
    private final int ofAnOwner;
    /** The tasks that wait, of the owners in line. */
    private final Map<O, Deque<Runnable>> line = new LinkedHashMap<>();

    /** How many are running, of the owners that have any. */
    private final Map<O, Integer> running = new HashMap<>();

    private int runningInAll;

    /**
     * @param atATime the most tasks that run at a time
     * @param ofAnOwner the most of them that are of one owner
     */
    RoundRobin(Executor threads, int atATime, int ofAnOwner) {
        this.threads = threads;
        this.atATime = atATime;
        this.ofAnOwner = ofAnOwner;
    }

    /** Runs a task when it is its owner's turn. Returns at once. */
    synchronized void execute(O owner, Runnable task) {
        line.computeIfAbsent(owner, none -> new ArrayDeque<>()).add(task);
        startNext();
    }

    private void startNext() {
        while (runningInAll < atATime) {
            Optional<O> next = next();
            if (next.isEmpty()) {
                return;
            }
            O owner = next.get();
            Deque<Runnable> tasks = line.remove(owner);
            Runnable task = tasks.remove();
            if (!tasks.isEmpty()) {
                line.put(owner, tasks);
            }
            running.merge(owner, 1, Integer::sum);
            runningInAll++;
            threads.execute(() -> run(owner, task));
        }
    }

    /** The first in line of those of whom least is running. */
    private Optional<O> next() {
        return line.keySet().stream()
                .filter(owner -> runningOf(owner) < ofAnOwner)
                .min(Comparator.comparingInt(this::runningOf));
    }

    private int runningOf(O owner) {
        return running.getOrDefault(owner, 0);
    }

    private void run(O owner, Runnable task) {
        try {
            task.run();
        } finally {
            ended(owner);
        }
    }

    private synchronized void ended(O owner) {
        running.merge(owner, -1, (before, one) -> before == 1 ? null : before - 1);
        runningInAll--;
        Deque<Runnable> tasks = line.remove(owner);
        if (tasks != null) {
            line.put(owner, tasks);
        }
        startNext();
    }
}
