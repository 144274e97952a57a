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
 * Runs the tasks of many owners on a few threads. Whose task has ended or paused goes to the end of the line, and who has fewer
 * running comes first: however many tasks others have, an owner with nothing running waits for at most one of each of them.
 *
 * <p>A task that takes long can pause, so that others do not wait for its end. It keeps its thread meanwhile, and whatever else it
 * has taken; so only some tasks may be begun and not ended.
 *
 * @param <O> what tasks belong to
 */
public final class RoundRobin<O> {

    private final Executor threads;
    private final Limits running;
    private final Limits begun;
    /** What waits, of the owners in line. */
    private final Map<O, Deque<Waiting>> line = new LinkedHashMap<>();

    private final Counts<O> runningNow = new Counts<>();
    private final Counts<O> begunNow = new Counts<>();

    /**
     * Tasks that may be in a state at a time.
     *
     * @param inAll the most of them
     * @param ofAnOwner the most of them that are of one owner
     */
    record Limits(int inAll, int ofAnOwner) {}

    /** Tasks that are in a state. */
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

    /** A task that waits for its turn, for the first time or again. */
    private record Waiting(boolean isBegun, Runnable start) {}

    /** For tasks that do not pause. */
    public RoundRobin(Executor threads, int atATime, int ofAnOwner) {
        this(threads, new Limits(atATime, ofAnOwner), new Limits(atATime, ofAnOwner));
    }

    /**
     * @param threads as many as tasks may be begun
     * @param running limits of the tasks that run
     * @param begun limits of those and the ones that pause
     */
    RoundRobin(Executor threads, Limits running, Limits begun) {
        this.threads = threads;
        this.running = running;
        this.begun = begun;
    }

    /** Runs a task when it is its owner's turn. Returns at once. */
    public void execute(O owner, Runnable task) {
        execute(owner, turn -> task.run());
    }

    /** Runs a task that may pause when it is its owner's turn. Returns at once. */
    synchronized void execute(O owner, Consumer<Turn> task) {
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

    /** The first in line of those of whom least is running. */
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

    /** What a running task has until it ends, with pauses. */
    final class Turn {
        private final O owner;
        /** Where the task waits while it pauses. */
        private Optional<Waiting> pausing = Optional.empty();

        private Turn(O owner) {
            this.owner = owner;
        }

        /**
         * Lets all others go first that are in line, and waits for the next turn. One thread of the task does so at a time.
         *
         * @throws InterruptedException when the thread is interrupted; the task must end then
         */
        void pause() throws InterruptedException {
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
                    // It was given up meanwhile.
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
