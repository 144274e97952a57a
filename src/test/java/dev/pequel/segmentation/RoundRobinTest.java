package dev.pequel.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks of many owners, on threads that the test runs by hand. */
class RoundRobinTest {

    private final Queue<Runnable> started = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();

    /** For tasks that pause, because they wait on a thread. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stopThreads() {
        // Nobody waits for tasks that a failed test has left waiting.
        threads.shutdownNow();
    }

    @Test
    void anOwnerWithManyTasksDoesNotHoldUpOthers() {
        RoundRobin<String> turns = new RoundRobin<>(started::add, 1, 1);
        IntStream.range(0, 1_000).forEach(i -> turns.execute("heavy", () -> ran.add("heavy")));
        turns.execute("light", () -> ran.add("light"));
        turns.execute("late", () -> ran.add("late"));

        runAll();

        assertEquals(List.of("heavy", "light", "late", "heavy"), ran.subList(0, 4));
        assertEquals(1_002, ran.size());
    }

    @Test
    void aTaskThatDoesNotEndHoldsUpItsOwnerAlone() {
        RoundRobin<String> turns = new RoundRobin<>(started::add, 2, 1);
        turns.execute("heavy", () -> ran.add("heavy"));
        Runnable endless = started.remove();
        turns.execute("heavy", () -> ran.add("heavy"));
        turns.execute("light", () -> ran.add("light 1"));
        turns.execute("light", () -> ran.add("light 2"));

        runAll();
        assertEquals(List.of("light 1", "light 2"), ran);

        endless.run();
        runAll();
        assertEquals(List.of("light 1", "light 2", "heavy", "heavy"), ran);
    }

    @Test
    void aTaskThatFailsGivesItsTurnAway() {
        RoundRobin<String> turns = new RoundRobin<>(started::add, 1, 1);
        turns.execute("a", () -> {
            throw new IllegalStateException("It fails.");
        });
        turns.execute("a", () -> ran.add("a"));

        assertThrows(IllegalStateException.class, started.remove()::run);
        runAll();

        assertEquals(List.of("a"), ran);
    }

    @Test
    void whoHasFewerRunningComesFirst() {
        RoundRobin<String> turns = new RoundRobin<>(started::add, 2, 2);
        IntStream.range(0, 10).forEach(i -> turns.execute("heavy", () -> ran.add("heavy")));
        assertEquals(2, started.size());
        turns.execute("light", () -> ran.add("light"));

        started.remove().run();
        assertEquals(2, started.size());
        started.remove();
        started.remove().run();

        assertEquals(List.of("heavy", "light"), ran);
    }

    @Test
    @Timeout(60)
    void aTaskThatPausesLetsAllOthersGoFirst() throws Exception {
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        CountDownLatch allWait = new CountDownLatch(1);
        RoundRobin<String> turns = new RoundRobin<>(threads, new RoundRobin.Limits(1, 1), new RoundRobin.Limits(2, 2));
        turns.execute("heavy", turn -> {
            await(allWait);
            for (int i = 0; i < 3; i++) {
                order.add("heavy " + i);
                pause(turn);
            }
            order.add("heavy ends");
        });
        turns.execute("light", () -> order.add("light"));
        turns.execute("heavy", () -> order.add("heavy's next"));
        turns.execute("late", () -> order.add("late"));
        turns.execute("light", () -> order.add("light again"));
        allWait.countDown();
        for (String next : List.of(
                "heavy 0", "light", "late", "heavy's next", "light again", "heavy 1", "heavy 2", "heavy ends")) {
            assertEquals(next, order.take());
        }
    }

    @Test
    @Timeout(60)
    void onlySoManyTasksAreBegun() throws Exception {
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        CountDownLatch allWait = new CountDownLatch(1);
        RoundRobin<String> turns = new RoundRobin<>(threads, new RoundRobin.Limits(1, 1), new RoundRobin.Limits(2, 1));
        for (String owner : List.of("a", "b", "c")) {
            turns.execute(owner, turn -> {
                await(allWait);
                order.add(owner + " begins");
                pause(turn);
                order.add(owner + " ends");
            });
        }
        turns.execute("a", () -> order.add("a's next"));
        allWait.countDown();
        for (String next : List.of("a begins", "b begins", "a ends", "c begins", "b ends", "a's next", "c ends")) {
            assertEquals(next, order.take());
        }
    }

    @Test
    @Timeout(60)
    void aTaskThatIsGivenUpWhileItPausesTakesNoTurn() throws Exception {
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        CountDownLatch allWait = new CountDownLatch(1);
        CountDownLatch pausing = new CountDownLatch(1);
        CountDownLatch givenUp = new CountDownLatch(1);
        RoundRobin<String> turns = new RoundRobin<>(threads, new RoundRobin.Limits(1, 1), new RoundRobin.Limits(2, 1));
        turns.execute("a", turn -> {
            await(allWait);
            Thread paused = Thread.currentThread();
            threads.execute(() -> {
                await(pausing);
                paused.interrupt();
            });
            try {
                turn.pause();
            } catch (InterruptedException e) {
                order.add("a is given up");
                givenUp.countDown();
            }
        });
        turns.execute("b", () -> {
            pausing.countDown();
            await(givenUp);
            order.add("b");
        });
        turns.execute("c", () -> order.add("c"));
        turns.execute("a", () -> order.add("a's next"));
        allWait.countDown();
        for (String next : List.of("a is given up", "b", "c", "a's next")) {
            assertEquals(next, order.take());
        }
    }

    private static void pause(RoundRobin<String>.Turn turn) {
        try {
            turn.pause();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void runAll() {
        while (!started.isEmpty()) {
            started.remove().run();
        }
    }

    /** Tasks that begin while others go on, and whoever waits while nothing of its own is running. */
    private static final class Watched {
        private final Queue<Runnable> begun = new ArrayDeque<>();
        private final RoundRobin<Integer> turns;
        private final int atATime;
        private final Random random;
        private final Set<Integer> running = new HashSet<>();
        private final Map<Integer, Integer> waiting = new HashMap<>();
        private final Map<Integer, Set<Integer>> overtaken = new HashMap<>();
        private int ended;

        Watched(int atATime, Random random) {
            this.turns = new RoundRobin<>(begun::add, atATime, 1);
            this.atATime = atATime;
            this.random = random;
        }

        void send(int owner) {
            waiting.merge(owner, 1, Integer::sum);
            turns.execute(owner, () -> run(owner));
        }

        private void run(int owner) {
            waiting.merge(owner, -1, Integer::sum);
            waiting.forEach((other, tasks) -> {
                if (other != owner && tasks > 0 && !running.contains(other)) {
                    assertTrue(
                            overtaken
                                    .computeIfAbsent(other, none -> new HashSet<>())
                                    .add(owner),
                            owner + " came twice before " + other);
                }
            });
            assertTrue(running.add(owner), "two tasks of " + owner + " run");
            assertTrue(running.size() <= atATime, running + " run");
            while (random.nextBoolean()) {
                go();
            }
            running.remove(owner);
            overtaken.remove(owner);
            ended++;
        }

        /** A task is sent, or one begins. */
        void go() {
            if (random.nextBoolean()) {
                send(random.nextInt(random.nextInt(6) + 1));
            } else if (!begun.isEmpty()) {
                begun.remove().run();
            }
        }
    }

    @Property
    void everybodyWaitsForAtMostOneTaskOfEachOther(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int atATime) {
        Watched watched = new Watched(atATime, new Random(seed));
        for (int i = 0; i < 50; i++) {
            watched.go();
        }
        int sent = watched.ended
                + watched.waiting.values().stream().mapToInt(Integer::intValue).sum();
        while (watched.ended < sent) {
            watched.begun.remove().run();
            sent = watched.ended
                    + watched.waiting.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum();
        }
    }
}
