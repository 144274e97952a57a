package dev.pequel.segmentation;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Runs the tasks of many owners on a few threads. The next task is that of the owner with the fewest running tasks;
 * among equals, of the first in line. An owner goes to the end of the line when a task of it starts, pauses or ends.
 * However many tasks other owners have, an owner with no running task waits for at most one task of each.
 *
 * <p>A long task can pause so that others need not wait for its end. A paused task keeps its thread and other
 * resources, so the number of tasks that have begun but not ended is limited as well.
 *
 * @param <O> type of the owners
 */
public final class RoundRobin<O> {

    private final Executor threads;
    private final Limits running;
    private final Limits begun;
    /** Waiting tasks by owner, in the order in which the owners get their turns. */
    private final Map<O, Deque<Waiting>> line = new LinkedHashMap<>();

    private final Counts<O> runningNow = new Counts<>();
    private final Counts<O> begunNow = new Counts<>();

    /**
     * Maximum number of tasks in a state at a time.
     *
     * @param inAll maximum for all owners together
     * @param ofAnOwner maximum for each owner
     */
    public record Limits(int inAll, int ofAnOwner) {}

    /** Numbers of tasks in a state, by owner. */
    private static final class Counts<O> {
        private final Map<O, Integer> byOwner = new HashMap<>();
        private int inAll;

        int of(O owner) {
            return byOwner.getOrDefault(owner, 0);
        }

        void add(O owner) {
            byOwner.merge(owner, 1, Integer::sum);
            inAll++;
        }

        void remove(O owner) {
            byOwner.merge(owner, -1, (before, one) -> before == 1 ? null : before - 1);
            inAll--;
        }

        boolean isFree(O owner, Limits limits) {
            return inAll < limits.inAll() && of(owner) < limits.ofAnOwner();
        }
    }

    /** A task that waits to begin, or to continue after a pause. */
    private record Waiting(boolean isBegun, Runnable start) {}

    /** Creates a scheduler for tasks that do not pause. */
    public RoundRobin(Executor threads, int atATime, int ofAnOwner) {
        this(threads, new Limits(atATime, ofAnOwner), new Limits(atATime, ofAnOwner));
    }

    /**
     * @param threads runs the tasks; must have a thread for each task that has begun
     * @param running limits of running tasks
     * @param begun limits of running and paused tasks together
     */
    public RoundRobin(Executor threads, Limits running, Limits begun) {
        this.threads = threads;
        this.running = running;
        this.begun = begun;
    }

    /** Enqueues a task. Returns at once. */
    public void execute(O owner, Runnable task) {
        execute(owner, turn -> task.run());
    }

    /** Enqueues a task that may pause. Returns at once. */
    public synchronized void execute(O owner, Consumer<Turn> task) {
        enqueue(owner, new Waiting(false, () -> threads.execute(() -> run(new Turn(owner), task))));
        startNext();
    }

    private void enqueue(O owner, Waiting waiting) {
        line.computeIfAbsent(owner, none -> new ArrayDeque<>()).add(waiting);
    }

    private void startNext() {
        for (Optional<O> next = next(); next.isPresent(); next = next()) {
            O owner = next.get();
            Waiting waiting = startable(owner).orElseThrow();
            remove(owner, waiting);
            moveToEnd(owner);
            runningNow.add(owner);
            if (!waiting.isBegun()) {
                begunNow.add(owner);
            }
            waiting.start().run();
        }
    }

    /** The owner with the fewest running tasks that may start one; the first in line among equals. */
    private Optional<O> next() {
        return line.keySet().stream()
                .filter(owner ->
                        runningNow.isFree(owner, running) && startable(owner).isPresent())
                .min(Comparator.comparingInt(runningNow::of));
    }

    private Optional<Waiting> startable(O owner) {
        return line.get(owner).stream()
                .filter(waiting -> waiting.isBegun() || begunNow.isFree(owner, begun))
                .findFirst();
    }

    private void remove(O owner, Waiting waiting) {
        Deque<Waiting> all = line.get(owner);
        if (all != null && all.remove(waiting) && all.isEmpty()) {
            line.remove(owner);
        }
    }

    private void moveToEnd(O owner) {
        Deque<Waiting> all = line.remove(owner);
        if (all != null) {
            line.put(owner, all);
        }
    }

    private void run(Turn turn, Consumer<Turn> task) {
        try {
            task.accept(turn);
        } finally {
            turn.end();
        }
    }

    /** Lets a running task pause. It is passed to the task when it begins. */
    public final class Turn {
        private final O owner;
        /** The entry of this task in the queue while it pauses. */
        private Optional<Waiting> pausing = Optional.empty();

        private Turn(O owner) {
            this.owner = owner;
        }

        /**
         * Lets other tasks run, and waits for the next turn. Only one thread of the task may call this at a time.
         *
         * @throws InterruptedException when the thread is interrupted; the task must end then
         */
        public void pause() throws InterruptedException {
            CountDownLatch again = new CountDownLatch(1);
            synchronized (RoundRobin.this) {
                Waiting waiting = new Waiting(true, () -> {
                    pausing = Optional.empty();
                    again.countDown();
                });
                pausing = Optional.of(waiting);
                runningNow.remove(owner);
                moveToEnd(owner);
                enqueue(owner, waiting);
                startNext();
            }
            again.await();
        }

        private void end() {
            synchronized (RoundRobin.this) {
                if (pausing.isPresent()) {
                    // The pause was interrupted.
                    remove(owner, pausing.get());
                    pausing.get().start().run();
                } else {
                    runningNow.remove(owner);
                }
                begunNow.remove(owner);
                moveToEnd(owner);
                startNext();
            }
        }
    }
}
