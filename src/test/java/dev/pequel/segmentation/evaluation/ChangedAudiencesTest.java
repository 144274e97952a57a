package dev.pequel.segmentation.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.segmentation.evaluation.ChangedAudiences.Pass;
import dev.pequel.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangedAudiencesTest {

    private static final Tenant PRODUCTION = new Tenant("changed@Pequel", "prod");
    private static final Tenant OF_THE_SAME_ORGANIZATION = new Tenant("changed@Pequel", "dev");
    private static final Tenant OF_ANOTHER = new Tenant("other@Pequel", "prod");

    private final ChangedAudiences changed = new ChangedAudiences();
    private final List<UUID> ids = Stream.generate(UUID::randomUUID).limit(5).toList();

    @Test
    void theLongestWaitingAreTakenFirstAndEachOnce() {
        assertTrue(changed.add(PRODUCTION, ids.get(0)));
        for (UUID id : ids) {
            assertFalse(changed.add(PRODUCTION, id));
        }

        assertEquals(Set.copyOf(ids.subList(0, 2)), taken(2).ids());
        assertEquals(Set.copyOf(ids.subList(2, 4)), taken(2).ids());
        assertTrue(changed.isWaiting(PRODUCTION));
        assertEquals(Set.of(ids.get(4)), taken(2).ids());
        assertFalse(changed.isWaiting(PRODUCTION));
        assertEquals(Optional.empty(), changed.take(PRODUCTION, 2));
    }

    @Test
    void tenantsWaitByThemselves() {
        assertTrue(changed.add(PRODUCTION, ids.get(0)));
        assertTrue(changed.add(OF_THE_SAME_ORGANIZATION, ids.get(1)));

        assertEquals(Set.of(ids.get(0)), taken(2).ids());
        assertTrue(changed.isWaiting(OF_THE_SAME_ORGANIZATION));
    }

    @Test
    void theEndIsToldToWhoeverWaitsForTheseAudiences() {
        changed.add(PRODUCTION, ids.get(0));
        CompletableFuture<Void> waiting = end(ids.get(0)).orElseThrow();
        Pass pass = taken(2);
        CompletableFuture<Void> running = end(ids.get(0)).orElseThrow();

        assertFalse(waiting.isDone());
        changed.end(pass);
        assertTrue(waiting.isDone());
        assertTrue(running.isDone());
        assertEquals(Optional.empty(), end(ids.get(0)));
    }

    @Test
    void nobodyWaitsForAnEvaluationOfManyOthersOrOfNone() {
        ids.forEach(id -> changed.add(PRODUCTION, id));
        assertEquals(Optional.empty(), end(ids.get(0)));
        changed.end(taken(5));
        changed.add(PRODUCTION, ids.get(0));
        assertEquals(Optional.empty(), end(ids.get(1)));
    }

    @Test
    void nobodyWaitsForAnEvaluationThatDoesNotBeginAtOnce() {
        changed.add(OF_THE_SAME_ORGANIZATION, ids.get(0));
        Pass ofTheSame = changed.take(OF_THE_SAME_ORGANIZATION, 1).orElseThrow();
        changed.add(PRODUCTION, ids.get(1));
        assertEquals(Optional.empty(), end(ids.get(1)));
        changed.end(ofTheSame);

        for (UUID id : ids.subList(2, 4)) {
            changed.add(OF_ANOTHER, id);
            changed.take(OF_ANOTHER, 1).orElseThrow();
        }
        assertEquals(Optional.empty(), end(ids.get(1)));
    }

    @Test
    void whoWaitsWhenEverythingEndsIsTold() {
        changed.add(PRODUCTION, ids.get(0));
        CompletableFuture<Void> waiting = end(ids.get(0)).orElseThrow();

        changed.endAll();
        assertTrue(waiting.isDone());
        assertFalse(changed.isWaiting(PRODUCTION));
    }

    private Pass taken(int most) {
        return changed.take(PRODUCTION, most).orElseThrow();
    }

    /** Where two evaluations may go on at a time. */
    private Optional<CompletableFuture<Void>> end(UUID id) {
        return changed.endOf(PRODUCTION, Set.of(id), 2);
    }
}
