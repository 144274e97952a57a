package dev.pequel.segmentation.evaluation;

import dev.pequel.pql.compile.EvaluationLimitException;
import dev.pequel.pql.compile.Memberships;
import dev.pequel.pql.compile.SegmentBatch;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import dev.pequel.profile.snapshot.ProfileSnapshot.Part;
import dev.pequel.segmentation.Progress;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.evaluation.EvaluationResult.Failed;
import dev.pequel.segmentation.evaluation.EvaluationResult.Members;
import dev.pequel.segmentation.store.Membership;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/**
 * Evaluates segments over all profiles of a snapshot, on all processors. Segments are evaluated together, level by
 * level: a segment that refers to others of the same evaluation is evaluated after them, with their new members (P49 of
 * the language page).
 */
@ApplicationScoped
class SegmentEvaluation {

    /** Rows that a thread evaluates at a time: few enough that a cancelled evaluation ends soon. */
    private static final int CHUNK = 1 << 14;

    private final int threads;
    private final ExecutorService pool;

    SegmentEvaluation(SegmentationSettings settings) {
        threads = settings.threads().orElseGet(() -> Runtime.getRuntime().availableProcessors());
        // Threads are not shared by evaluations, so that a small evaluation does not wait for a large one.
        pool = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("segmentation-", 0).daemon().factory());
    }

    @PreDestroy
    void stop() {
        pool.shutdownNow();
    }

    /**
     * @param given results of further audiences that the segments may refer to
     * @param known last memberships of audiences, both of those to evaluate and of those that they refer to; of the
     *     former, only the members matter
     * @return the members of each segment, or the reason why it cannot be evaluated; includes the given results
     * @throws CancellationException when the progress cancels the evaluation
     */
    @WithSpan("evaluate")
    Map<UUID, EvaluationResult> evaluate(
            Collection<Segment> segments,
            Map<UUID, EvaluationResult> given,
            ProfileSnapshot snapshot,
            Instant now,
            Map<UUID, Membership> known,
            Progress progress) {
        Map<UUID, EvaluationResult> results = new LinkedHashMap<>(given);
        Map<UUID, Membership> memberships = new HashMap<>(known);
        Map<UUID, Segment> waiting = new LinkedHashMap<>();
        segments.forEach(segment -> waiting.put(segment.id(), segment));
        progress.expect(snapshot.parts().stream()
                        .mapToLong(part -> part.columns().size())
                        .sum()
                * segments.size());
        while (!waiting.isEmpty()) {
            List<Segment> level = waiting.values().stream()
                    .filter(segment -> segment.dependencies().stream().noneMatch(waiting::containsKey))
                    .toList();
            if (level.isEmpty()) {
                waiting.keySet().forEach(id -> results.put(id, new Failed("It depends on itself.")));
                return results;
            }
            level.forEach(segment -> waiting.remove(segment.id()));
            List<Segment> possible = new ArrayList<>();
            for (Segment segment : level) {
                failedDependency(segment, results)
                        .ifPresentOrElse(
                                failed -> results.put(
                                        segment.id(),
                                        new Failed("It depends on the audience " + failed
                                                + ", which cannot be evaluated.")),
                                () -> possible.add(segment));
            }
            List<EvaluationResult> found = pass(possible, new Pass(snapshot, now, Map.copyOf(memberships), progress));
            for (int i = 0; i < found.size(); i++) {
                UUID id = possible.get(i).id();
                results.put(id, found.get(i));
                if (found.get(i) instanceof Members members) {
                    memberships.put(id, known.getOrDefault(id, Membership.NONE).next(members.profiles()));
                }
            }
        }
        return results;
    }

    private static Optional<UUID> failedDependency(Segment segment, Map<UUID, EvaluationResult> results) {
        return segment.dependencies().stream()
                .filter(id -> results.get(id) instanceof Failed)
                .findFirst();
    }

    /** The common input of all segments of a level. */
    private record Pass(ProfileSnapshot snapshot, Instant now, Map<UUID, Membership> memberships, Progress progress) {}

    private List<EvaluationResult> pass(List<Segment> segments, Pass pass) {
        if (segments.isEmpty()) {
            return List.of();
        }
        List<CheckedExpression> expressions =
                segments.stream().map(Segment::expression).toList();
        try {
            return members(expressions, pass).stream()
                    .<EvaluationResult>map(Members::new)
                    .toList();
        } catch (EvaluationLimitException tooMuch) {
            if (segments.size() == 1) {
                return List.of(new Failed("It cannot be evaluated: " + tooMuch.getMessage() + "."));
            }
            // Only the expression that exceeds the limit must fail. Halving the batch finds it.
            int half = segments.size() / 2;
            return Stream.of(segments.subList(0, half), segments.subList(half, segments.size()))
                    .flatMap(some -> pass(some, pass).stream())
                    .toList();
        }
    }

    private List<RoaringBitmap> members(List<CheckedExpression> expressions, Pass pass) {
        List<RoaringBitmap> members = emptyBitmaps(expressions.size());
        for (Part part : pass.snapshot().parts()) {
            int chunks = (int) ((part.columns().size() + (long) CHUNK - 1) / CHUNK);
            AtomicInteger next = new AtomicInteger();
            List<Future<List<RoaringBitmap>>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(threads, chunks); i++) {
                workers.add(pool.submit(() -> chunks(expressions, part, pass, next, chunks)));
            }
            for (List<RoaringBitmap> rows : results(workers)) {
                for (int i = 0; i < rows.size(); i++) {
                    members.get(i).or(part.ordinals(rows.get(i)));
                }
            }
        }
        return members;
    }

    /** Evaluates chunks until none is left, and returns the rows that this thread found. */
    private static List<RoaringBitmap> chunks(
            List<CheckedExpression> expressions, Part part, Pass pass, AtomicInteger next, int chunks) {
        SegmentBatch batch = SegmentBatch.compile(
                expressions, part.columns(), pass.now(), memberships(part, pass.memberships()), () -> {
                    pass.progress().pause();
                    return pass.progress().isCancelled();
                });
        List<RoaringBitmap> rows = emptyBitmaps(expressions.size());
        int size = part.columns().size();
        for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
            pass.progress().check();
            int from = chunk * CHUNK;
            int to = (int) Math.min(size, from + (long) CHUNK);
            List<RoaringBitmap> found;
            try {
                found = batch.evaluate(from, to);
            } catch (RuntimeException e) {
                // Makes the other threads stop.
                next.set(chunks);
                throw e;
            }
            for (int i = 0; i < found.size(); i++) {
                rows.get(i).or(found.get(i));
            }
            pass.progress().evaluated((to - from) * (long) found.size());
        }
        return rows;
    }

    private static List<RoaringBitmap> emptyBitmaps(int count) {
        return Stream.generate(RoaringBitmap::new).limit(count).toList();
    }

    private static Memberships memberships(Part part, Map<UUID, Membership> memberships) {
        Map<String, Memberships.Membership> byRow = new HashMap<>();
        memberships.forEach((id, membership) -> byRow.put(id.toString(), new Memberships.Membership() {
            @Override
            public boolean isMember(int row) {
                return membership.members().contains(part.ordinal(row));
            }

            @Override
            public boolean hasExited(int row) {
                return membership.hasExited(part.ordinal(row));
            }
        }));
        return audienceId -> Optional.ofNullable(byRow.get(audienceId.toLowerCase(Locale.ROOT)));
    }

    /** Waits for all futures even after a failure, so that no thread works on after this method has returned. */
    private static <T> List<T> results(List<Future<T>> futures) {
        List<T> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof RuntimeException runtime
                        ? runtime
                        : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("The server is shutting down.");
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }
}
