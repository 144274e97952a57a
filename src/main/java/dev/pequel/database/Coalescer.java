package dev.pequel.database;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/**
 * Does in one go what several threads ask for at the same time. Who comes while enough goes run waits for one of them to end, and
 * then all that wait are one; who comes alone waits for nobody. Each begins after all those have asked whom it answers, so that
 * nobody is told what was true before.
 *
 * @param <G> what one go cannot be across, such as a sandbox
 * @param <I> what is asked for; equal items of a go are one
 */
public final class Coalescer<G, I, R> {

    private final BiFunction<G, Set<I>, Map<I, R>> work;
    private final int atATime;

    /** Only groups of which something is being done. */
    private final Map<G, Goes<I, R>> groups = new HashMap<>();

    private static final class Goes<I, R> {
        int running;
        Optional<Go<I, R>> waiting = Optional.empty();
    }

    /** @param items grow until it begins */
    private record Go<I, R>(Set<I> items, CompletableFuture<Void> begin, CompletableFuture<Map<I, R>> results) {
        Go() {
            this(new LinkedHashSet<>(), new CompletableFuture<>(), new CompletableFuture<>());
        }
    }

    /**
     * @param atATime goes of a group
     * @param work what comes of each of the items, where anything does; called by one of the threads that ask
     */
    public Coalescer(int atATime, BiFunction<G, Set<I>, Map<I, R>> work) {
        this.work = work;
        this.atATime = atATime;
    }

    /**
     * What comes of an item; empty where nothing does.
     *
     * @throws RuntimeException what the work throws, to all whom it would have answered
     */
    public Optional<R> submit(G group, I item) {
        Go<I, R> go;
        boolean leads;
        synchronized (this) {
            Goes<I, R> goes = groups.computeIfAbsent(group, none -> new Goes<>());
            leads = goes.waiting.isEmpty();
            go = goes.waiting.orElseGet(Go::new);
            go.items().add(item);
            if (goes.running < atATime) {
                goes.running++;
                go.begin().complete(null);
            } else {
                goes.waiting = Optional.of(go);
            }
        }
        if (leads) {
            go.begin().join();
            lead(group, go);
        }
        return Optional.ofNullable(results(go).get(item));
    }

    private void lead(G group, Go<I, R> go) {
        try {
            go.results().complete(work.apply(group, Collections.unmodifiableSet(go.items())));
        } catch (Throwable e) {
            go.results().completeExceptionally(e);
        } finally {
            end(group).ifPresent(next -> next.begin().complete(null));
        }
    }

    /** What begins now in place of a go that has ended; nobody joins it any more. */
    private synchronized Optional<Go<I, R>> end(G group) {
        Goes<I, R> goes = groups.get(group);
        Optional<Go<I, R>> next = goes.waiting;
        goes.waiting = Optional.empty();
        if (next.isEmpty() && --goes.running == 0) {
            groups.remove(group);
        }
        return next;
    }

    private static <I, R> Map<I, R> results(Go<I, R> go) {
        try {
            return go.results().join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                default -> throw e;
            }
        }
    }
}
