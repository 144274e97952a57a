package dev.pequel.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoalescerTest {

    /** What was asked for, in the order in which it was. */
    private record Asked(String group, Set<String> keys) {}

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final SynchronousQueue<Supplier<Map<String, Integer>>> answers = new SynchronousQueue<>();

    /** Says what it is asked for, and waits for the answer that a test gives. */
    private final Coalescer<String, String, Integer> coalescer = new Coalescer<>(1, (group, keys) -> {
        asked.add(new Asked(group, Set.copyOf(keys)));
        return uninterrupted(answers::take).get();
    });

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoComesAloneWaitsForNobody() throws Exception {
        Future<Optional<Integer>> found = find("group", "a");
        assertEquals(new Asked("group", Set.of("a")), asked.take());
        answer(Map.of("a", 1));
        assertEquals(Optional.of(1), found.get());

        Future<Optional<Integer>> none = find("group", "b");
        assertEquals(new Asked("group", Set.of("b")), asked.take());
        answer(Map.of());
        assertEquals(Optional.empty(), none.get());
    }

    @Test
    void whoeverComesMeanwhileIsAnsweredTogether() throws Exception {
        Future<Optional<Integer>> first = find("group", "a");
        asked.take();
        List<Future<Optional<Integer>>> others = findAndWait("a", "b", "b", "c");

        answer(Map.of("a", 1));
        assertEquals(Optional.of(1), first.get());
        assertEquals(new Asked("group", Set.of("a", "b", "c")), asked.take());
        answer(Map.of("a", 2, "b", 3));

        // Not what was found before they asked.
        assertEquals(List.of(Optional.of(2), Optional.of(3), Optional.of(3), Optional.empty()), all(others));
        assertTrue(asked.isEmpty());
    }

    @Test
    void anotherGroupDoesNotWait() throws Exception {
        Future<Optional<Integer>> one = find("one", "a");
        assertEquals(new Asked("one", Set.of("a")), asked.take());
        Future<Optional<Integer>> other = find("other", "a");
        assertEquals(new Asked("other", Set.of("a")), asked.take());

        answer(Map.of("a", 1));
        answer(Map.of("a", 1));

        assertEquals(Optional.of(1), one.get());
        assertEquals(Optional.of(1), other.get());
    }

    @Test
    void oneThatTakesLongKeepsNobodyWaitingWhileThereMayBeAnother() throws Exception {
        Coalescer<String, String, Integer> two = new Coalescer<>(2, (group, keys) -> {
            asked.add(new Asked(group, Set.copyOf(keys)));
            return keys.contains("slow") ? uninterrupted(answers::take).get() : Map.of("a", 1);
        });
        Future<Optional<Integer>> slow = threads.submit(() -> two.submit("group", "slow"));
        asked.take();

        assertEquals(Optional.of(1), two.submit("group", "a"));
        assertEquals(Optional.of(1), two.submit("group", "a"));

        answer(Map.of("slow", 2));
        assertEquals(Optional.of(2), slow.get());
    }

    @Test
    void aFailureReachesAllOfItsRoundAndNobodyElse() throws Exception {
        Future<Optional<Integer>> first = find("group", "a");
        asked.take();
        List<Future<Optional<Integer>>> others = findAndWait("a", "b");
        IllegalStateException failure = new IllegalStateException("lost");

        answer(() -> {
            throw failure;
        });
        assertSame(failure, assertThrows(ExecutionException.class, first::get).getCause());
        asked.take();
        answer(Map.of("a", 1));
        assertEquals(List.of(Optional.of(1), Optional.empty()), all(others));

        Future<Optional<Integer>> again = find("group", "a");
        asked.take();
        List<Future<Optional<Integer>>> failing = findAndWait("a", "b");
        answer(Map.of("a", 1));
        assertEquals(Optional.of(1), again.get());
        asked.take();
        answer(() -> {
            throw failure;
        });
        for (Future<Optional<Integer>> one : failing) {
            assertSame(failure, assertThrows(ExecutionException.class, one::get).getCause());
        }
    }

    /** Values only grow, so one that is less than it was when somebody asked is an old one. */
    @Test
    void nobodyIsToldWhatWasTrueBeforeHeAsked() throws Exception {
        Map<Integer, AtomicLong> values = new HashMap<>();
        for (int key = 0; key < 5; key++) {
            values.put(key, new AtomicLong());
        }
        Coalescer<Integer, Integer, Long> shared = new Coalescer<>(2, (group, keys) -> {
            Map<Integer, Long> found = new HashMap<>();
            keys.forEach(key -> found.put(key, values.get(key).get()));
            Thread.yield();
            return found;
        });
        int clients = 8;
        int each = 5_000;
        List<Future<Void>> running = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int first = client;
            running.add(threads.submit(() -> {
                for (int i = 0; i < each; i++) {
                    int key = (first + i) % values.size();
                    long before = values.get(key).incrementAndGet();
                    long found = shared.submit(i % 2, key).orElseThrow();
                    assertTrue(found >= before, () -> found + " is older than " + before);
                }
                return null;
            }));
        }
        for (Future<Void> client : running) {
            client.get();
        }
    }

    private Future<Optional<Integer>> find(String group, String key) {
        return threads.submit(() -> coalescer.submit(group, key));
    }

    /** Comes back when each of the threads waits for what runs. */
    private List<Future<Optional<Integer>>> findAndWait(String... keys) throws InterruptedException {
        List<Thread> waiting = new ArrayList<>();
        BlockingQueue<Thread> started = new LinkedBlockingQueue<>();
        List<Future<Optional<Integer>>> found = new ArrayList<>();
        for (String key : keys) {
            found.add(threads.submit(() -> {
                started.add(Thread.currentThread());
                return coalescer.submit("group", key);
            }));
            waiting.add(started.take());
        }
        for (Thread thread : waiting) {
            while (!waits(thread)) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
        return found;
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(Coalescer.class.getName()));
    }

    private void answer(Map<String, Integer> found) throws InterruptedException {
        answer(() -> found);
    }

    private void answer(Supplier<Map<String, Integer>> found) throws InterruptedException {
        answers.put(found);
    }

    private static List<Optional<Integer>> all(List<Future<Optional<Integer>>> futures) throws Exception {
        List<Optional<Integer>> all = new ArrayList<>();
        for (Future<Optional<Integer>> future : futures) {
            all.add(future.get());
        }
        return all;
    }

    private static <T> T uninterrupted(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
