package dev.pequel.segmentation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Runs the tasks of many owners on a few threads. An owner's run one after the other, and whose task has ended goes to the end
 * of the line: however many tasks others have, an owner waits for at most one of each of them.
 *
 * @param <O> what tasks belong to
 */
final class RoundRobin<O> {

    private final Executor threads;
    private final int atATime;
    /** The tasks that wait, of the owners in line. */
    private final Map<O, Deque<Runnable>> line = new LinkedHashMap<>();

    private final Set<O> running = new HashSet<>();

    /** @param atATime the most tasks that run at a time */
    RoundRobin(Executor threads, int atATime) {
        this.threads = threads;
        this.atATime = atATime;
    }

    /** Runs a task when it is its owner's turn. Returns at once. */
    synchronized void execute(O owner, Runnable task) {
        line.computeIfAbsent(owner, none -> new ArrayDeque<>()).add(task);
        startNext();
    }

    private void startNext() {
        while (running.size() < atATime) {
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
            running.add(owner);
            threads.execute(() -> run(owner, task));
        }
    }

    /** The first in line of whom nothing is running. */
    private Optional<O> next() {
        return line.keySet().stream().filter(owner -> !running.contains(owner)).findFirst();
    }

    private void run(O owner, Runnable task) {
        try {
            task.run();
        } finally {
            ended(owner);
        }
    }

    private synchronized void ended(O owner) {
        running.remove(owner);
        Deque<Runnable> tasks = line.remove(owner);
        if (tasks != null) {
            line.put(owner, tasks);
        }
        startNext();
    }
}
