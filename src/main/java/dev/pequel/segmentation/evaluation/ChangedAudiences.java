package dev.pequel.segmentation.evaluation;

import dev.pequel.tenant.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The changed audiences that wait for evaluation, by tenant and in the order of the changes, and those that are being
 * evaluated. Adding an audience takes constant time.
 */
final class ChangedAudiences {

    private final Map<Tenant, Waiting> waiting = new HashMap<>();
    private final Set<Pass> running = new HashSet<>();

    private record Waiting(Set<UUID> ids, CompletableFuture<Void> end) {
        Waiting() {
            this(new LinkedHashSet<>(), new CompletableFuture<>());
        }
    }

    /**
     * Audiences of one tenant that are evaluated together.
     *
     * @param end completed when the evaluation has ended, successfully or not
     */
    record Pass(Tenant tenant, Set<UUID> ids, CompletableFuture<Void> end) {}

    /**
     * Adds an audience to those that wait.
     *
     * @return whether no audience of the tenant was waiting
     */
    synchronized boolean add(Tenant tenant, UUID id) {
        boolean first = !waiting.containsKey(tenant);
        waiting.computeIfAbsent(tenant, none -> new Waiting()).ids().add(id);
        return first;
    }

    synchronized boolean isWaiting(Tenant tenant) {
        return waiting.containsKey(tenant);
    }

    /** The tenants of the organization with waiting audiences. */
    synchronized List<Tenant> waitingOf(String organization) {
        return waiting.keySet().stream()
                .filter(tenant -> tenant.organization().equals(organization))
                .toList();
    }

    /** Removes the tenant's audiences that have waited longest, and counts them as running. Empty if none wait. */
    synchronized Optional<Pass> take(Tenant tenant, int max) {
        Waiting all = waiting.remove(tenant);
        if (all == null) {
            return Optional.empty();
        }
        List<UUID> some = all.ids().stream().limit(max).toList();
        some.forEach(all.ids()::remove);
        if (!all.ids().isEmpty()) {
            waiting.put(tenant, new Waiting(all.ids(), new CompletableFuture<>()));
        }
        Pass pass = new Pass(tenant, Set.copyOf(some), all.end());
        running.add(pass);
        return Optional.of(pass);
    }

    /** Marks the evaluation as ended. */
    void end(Pass pass) {
        synchronized (this) {
            running.remove(pass);
        }
        pass.end().complete(null);
    }

    /** Completed when all audiences of the tenant that are waiting or running have been evaluated. */
    synchronized CompletableFuture<Void> endOfAll(Tenant tenant) {
        Stream<CompletableFuture<Void>> next =
                Stream.ofNullable(waiting.get(tenant)).map(Waiting::end);
        Stream<CompletableFuture<Void>> present =
                running.stream().filter(pass -> pass.tenant().equals(tenant)).map(Pass::end);
        return CompletableFuture.allOf(Stream.concat(next, present).toArray(CompletableFuture[]::new));
    }

    /** Completes the futures of all waiting audiences, which will not be evaluated. */
    void endAll() {
        List<Waiting> all;
        synchronized (this) {
            all = new ArrayList<>(waiting.values());
            waiting.clear();
        }
        all.forEach(none -> none.end().complete(null));
    }

    /**
     * The end of an evaluation that covers all these audiences, and at most twice as many, if it is running or starts
     * at once. A waiting evaluation starts at once if fewer than {@code atATime} are running, none of them of the
     * tenant's organization.
     */
    synchronized Optional<CompletableFuture<Void>> endOf(Tenant tenant, Set<UUID> ids, int atATime) {
        Predicate<Collection<UUID>> isOfThese = some -> some.containsAll(ids) && some.size() <= 2 * ids.size();
        boolean beginsAtOnce = running.size() < atATime
                && running.stream()
                        .noneMatch(pass -> pass.tenant().organization().equals(tenant.organization()));
        if (beginsAtOnce) {
            return Optional.ofNullable(waiting.get(tenant))
                    .filter(next -> isOfThese.test(next.ids()))
                    .map(Waiting::end);
        }
        return running.stream()
                .filter(pass -> isOfThese.test(pass.ids()))
                .map(Pass::end)
                .findFirst();
    }
}
