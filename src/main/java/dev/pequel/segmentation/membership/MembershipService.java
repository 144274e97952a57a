package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.answer.PageLinks;
import dev.pequel.audit.AudienceChange;
import dev.pequel.audit.AuditAction;
import dev.pequel.audit.AuditTrail;
import dev.pequel.audit.PropertyChange;
import dev.pequel.database.Database;
import dev.pequel.expression.limit.Deadline;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.expression.limit.EvaluationLimiter;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.Conflict;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.TookTooLong;
import dev.pequel.profile.Identity;
import dev.pequel.profile.importing.line.LineReader;
import dev.pequel.profile.importing.line.LineSource;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.profile.store.Profiles;
import dev.pequel.segmentation.Progress;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.evaluation.AudienceEvaluations;
import dev.pequel.segmentation.store.Membership;
import dev.pequel.segmentation.store.MembershipStore;
import dev.pequel.segmentation.store.MembershipStore.Generation;
import dev.pequel.segmentation.store.MembershipStore.New;
import dev.pequel.segmentation.store.MetricsStore;
import dev.pequel.segmentation.store.StoredMetrics;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Lists and changes the members of audiences. Members are those of the last segment job, or of the evaluation after the
 * audience was created or changed. Profiles that were deleted since are left out.
 */
@ApplicationScoped
public class MembershipService {

    private final SegmentDefinitions definitions;
    private final AudienceEvaluations evaluations;
    private final EvaluationLimiter turns;
    private final Deadlines deadlines;
    private final MembershipStore store;
    private final MetricsStore metrics;
    private final Profiles profiles;
    private final Snapshots snapshots;
    private final Sandboxes sandboxes;
    private final AuditTrail audit;
    private final Database database;
    private final SegmentationSettings settings;
    private final Clock clock;

    MembershipService(
            SegmentDefinitions definitions,
            AudienceEvaluations evaluations,
            EvaluationLimiter turns,
            Deadlines deadlines,
            MembershipStore store,
            MetricsStore metrics,
            Profiles profiles,
            Snapshots snapshots,
            Sandboxes sandboxes,
            AuditTrail audit,
            Database database,
            SegmentationSettings settings,
            Clock clock) {
        this.definitions = definitions;
        this.evaluations = evaluations;
        this.turns = turns;
        this.deadlines = deadlines;
        this.store = store;
        this.metrics = metrics;
        this.profiles = profiles;
        this.snapshots = snapshots;
        this.sandboxes = sandboxes;
        this.audit = audit;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    record Audience(SegmentDefinition definition, Optional<Generation> generation) {
        RoaringBitmap members() {
            return generation
                    .map(Generation::membership)
                    .orElse(Membership.NONE)
                    .members();
        }
    }

    /**
     * Returns audiences with their members. Audiences that have not been evaluated since they changed are evaluated
     * first.
     *
     * @throws NotFound when the tenant does not have all of the audiences
     * @throws Conflict when an audience cannot be evaluated
     * @throws TookTooLong when the deadline passes first
     */
    List<Audience> of(Tenant tenant, Collection<UUID> ids, Deadline deadline) {
        Map<UUID, SegmentDefinition> found = new TreeMap<>();
        definitions.some(tenant, ids).forEach(definition -> found.put(definition.id(), definition));
        for (UUID id : ids) {
            if (!found.containsKey(id)) {
                throw notFound(id.toString());
            }
        }
        Sandbox sandbox = sandboxes.of(tenant);
        if (!evaluations.unevaluated(sandbox, found.values()).isEmpty()) {
            turns.take(tenant, deadline, () -> {
                evaluations.evaluate(sandbox, found.values(), Progress.until(deadline));
                return found;
            });
            requireEvaluated(sandbox, found.values());
        }
        Map<UUID, Generation> generations = store.read(sandbox.id(), ids);
        return ids.stream()
                .map(id -> new Audience(found.get(id), Optional.ofNullable(generations.get(id))))
                .toList();
    }

    private void requireEvaluated(Sandbox sandbox, Collection<SegmentDefinition> definitions) {
        List<SegmentDefinition> failed = evaluations.unevaluated(sandbox, definitions);
        if (!failed.isEmpty()) {
            UUID id = failed.getFirst().id();
            String reason = Optional.ofNullable(
                            metrics.read(sandbox.id(), failed).get(id))
                    .flatMap(StoredMetrics::failure)
                    .orElse("It was changed just now; try again.");
            throw new Conflict("The members of the audience " + id + " are not known. " + reason);
        }
    }

    /**
     * A page of members.
     *
     * @param start the page, from 0
     * @param generation the generation to list; empty for the current one
     * @throws Conflict when the generation is neither the current nor the previous one
     */
    MemberList list(Tenant tenant, String id, int start, Optional<Integer> limit, Optional<Long> generation) {
        UUID audienceId = RequestText.id(id).orElseThrow(() -> notFound(id));
        Deadline deadline = deadlines.start();
        Audience audience = of(tenant, List.of(audienceId), deadline).getFirst();
        long present = audience.generation().map(Generation::generation).orElse(0L);
        long wanted = generation.orElse(present);
        RoaringBitmap members = generation(audience, present, wanted);
        int size = limit.orElse(settings.membersOnPage());
        RoaringBitmap page = page(members, (long) start * size, size);
        List<MemberList.Member> children = new TreeMap<>(profiles.identities(tenant, ordinals(page)))
                .values().stream().map(MemberList.Member::of).toList();
        long total = RoaringBitmap.andCardinality(
                members, snapshots.of(tenant, deadline.left()).profiles());
        boolean isLast = (start + 1L) * size >= members.getLongCardinality();
        Optional<String> next = isLast ? Optional.empty() : Optional.of(String.valueOf(start + 1));
        return new MemberList(
                children,
                new MemberList.Numbers(total, children.size(), start, size, wanted, next),
                PageLinks.next(next.map(number -> "@/audiences/" + audienceId + "/members?start=" + number + "&limit="
                        + size + "&generation=" + wanted)));
    }

    private static RoaringBitmap generation(Audience audience, long present, long wanted) {
        if (wanted == present) {
            return audience.members();
        }
        if (wanted == present - 1 && wanted > 0) {
            return audience.generation().orElseThrow().membership().previous();
        }
        throw new Conflict("The current generation of members is " + present + ", and generation " + wanted
                + " is no longer available; start again with the first page.");
    }

    private static RoaringBitmap page(RoaringBitmap members, long from, int size) {
        RoaringBitmap page = new RoaringBitmap();
        if (from < members.getLongCardinality()) {
            PeekableIntIterator ordinals = members.getIntIterator();
            ordinals.advanceIfNeeded(members.select((int) from));
            for (int i = 0; i < size && ordinals.hasNext(); i++) {
                page.add(ordinals.next());
            }
        }
        return page;
    }

    private static List<Integer> ordinals(RoaringBitmap bitmap) {
        List<Integer> ordinals = new ArrayList<>(bitmap.getCardinality());
        bitmap.forEach((int ordinal) -> ordinals.add(ordinal));
        return ordinals;
    }

    /**
     * Changes the members of an external audience by a list. The change is atomic.
     *
     * @param changedBy the caller's name
     * @throws InvalidRequest when a line is malformed; nothing is changed
     * @throws Conflict when the audience is a segment definition
     */
    public MemberChangeResult change(
            Tenant tenant, String changedBy, String id, MemberChange change, MemberLine.Format format, InputStream body)
            throws IOException {
        UUID audience = RequestText.id(id).orElseThrow(() -> notFound(id));
        requireExternal(tenant, id, audience);
        Listing listing = new Listing(tenant);
        LineReader lines = new LineReader(body, lineBytes());
        for (Optional<LineSource.RawLine> line = lines.next(); line.isPresent(); line = lines.next()) {
            listing.add(format, line.get());
        }
        listing.requireWellFormed();
        return change(tenant, changedBy, audience, change, listing);
    }

    /**
     * Removes the profile with an identity from the members of an external audience.
     *
     * @param changedBy the caller's name
     * @throws Conflict when the audience is a segment definition
     */
    MemberChangeResult remove(Tenant tenant, String changedBy, String id, Identity identity) {
        UUID audience = RequestText.id(id).orElseThrow(() -> notFound(id));
        requireExternal(tenant, id, audience);
        Listing listing = new Listing(tenant);
        listing.add(identity);
        return change(tenant, changedBy, audience, MemberChange.REMOVE, listing);
    }

    private void requireExternal(Tenant tenant, String id, UUID audience) {
        SegmentDefinition present = definitions.one(tenant, audience).orElseThrow(() -> notFound(id));
        if (!(present.source() instanceof SegmentDefinition.External)) {
            throw new Conflict("The members of the audience " + id
                    + " are determined by its expression; only those of an external audience can be changed.");
        }
    }

    private MemberChangeResult change(
            Tenant tenant, String changedBy, UUID audience, MemberChange change, Listing listing) {
        Sandbox sandbox = sandboxes.of(tenant);
        listing.lookUp();
        long dataVersion = snapshots.version(tenant);
        RoaringBitmap members = database.inNewTransaction(
                () -> change(sandbox, audience, changedBy, change, listing.members, dataVersion));
        evaluations.changed(tenant, audience);
        return listing.answer(
                audience, store.generations(sandbox.id(), List.of(audience)).get(audience), members);
    }

    /**
     * Applies the change in the current transaction. The audience is read again, because it may have changed while the
     * list was read.
     *
     * @return the members after the change
     */
    private RoaringBitmap change(
            Sandbox sandbox,
            UUID audience,
            String changedBy,
            MemberChange change,
            RoaringBitmap listed,
            long dataVersion) {
        database.runBeside(connection -> MembershipStore.lock(connection, sandbox.id()));
        SegmentDefinitions.Locked locked =
                definitions.lock(sandbox.tenant(), audience).orElseThrow(() -> notFound(audience.toString()));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.callBeside(connection -> {
            Optional<RoaringBitmap> before = Optional.ofNullable(store.read(connection, sandbox.id(), List.of(audience))
                            .get(audience))
                    .map(generation -> generation.membership().members());
            RoaringBitmap members = change.apply(before.orElseGet(RoaringBitmap::new), listed);
            if (change != MemberChange.REPLACE && before.equals(Optional.of(members))) {
                // Without a new generation, the exited profiles of the last change stay visible.
                return members;
            }
            New generation = New.listed(locked.definition(), dataVersion, now, members);
            store.write(connection, sandbox.id(), List.of(generation));
            audit.record(
                    sandbox,
                    new AudienceChange(
                            audience, locked.name(), AuditAction.CHANGED, changedBy, now, changes(before, members)));
            return members;
        });
    }

    /** The change for the audit trail: counts instead of members, because a list can be very long. */
    private static List<PropertyChange> changes(Optional<RoaringBitmap> before, RoaringBitmap after) {
        RoaringBitmap old = before.orElseGet(RoaringBitmap::new);
        return List.of(
                new PropertyChange(
                        "members",
                        before.map(RoaringBitmap::getLongCardinality).map(MembershipService::number),
                        Optional.of(number(after.getLongCardinality()))),
                new PropertyChange(
                        "members.added",
                        Optional.empty(),
                        Optional.of(number(RoaringBitmap.andNotCardinality(after, old)))),
                new PropertyChange(
                        "members.removed",
                        Optional.empty(),
                        Optional.of(number(RoaringBitmap.andNotCardinality(old, after)))));
    }

    private static JsonNode number(long members) {
        return JsonNodeFactory.instance.numberNode(members);
    }

    private int lineBytes() {
        return Math.toIntExact(settings.memberLineBytes().asLongValue());
    }

    static NotFound notFound(String id) {
        return new NotFound("There is no audience with the id " + id + ".");
    }

    /** Collects a list of members while it is read. Its memory does not grow with the list, bitmap excepted. */
    private final class Listing {
        private final Tenant tenant;
        private final RoaringBitmap members = new RoaringBitmap();
        private final List<Violation> malformed = new ArrayList<>();
        private final List<Identity> unknownOnes = new ArrayList<>();
        private final Set<Identity> batch = new LinkedHashSet<>();
        private long received;
        private long unknown;
        private long malformedLines;

        Listing(Tenant tenant) {
            this.tenant = tenant;
        }

        void add(MemberLine.Format format, LineSource.RawLine line) {
            MemberLine.Read read = line.text()
                    .map(text -> MemberLine.read(format, line.number(), text))
                    .orElseGet(() ->
                            new MemberLine.Malformed("has more than the " + lineBytes() + " bytes that are allowed"));
            switch (read) {
                case MemberLine.Heading heading -> {}
                case MemberLine.Malformed wrong -> {
                    malformedLines++;
                    if (malformed.size() < settings.reportedMembers()) {
                        malformed.add(new Violation("line " + line.number(), wrong.message()));
                    }
                }
                case MemberLine.Member member -> add(member.identity());
            }
        }

        void add(Identity identity) {
            received++;
            batch.add(identity);
            if (batch.size() >= settings.memberBatch()) {
                lookUp();
            }
        }

        void lookUp() {
            Map<Identity, Integer> found = batch.isEmpty() ? Map.of() : profiles.ordinals(tenant, batch);
            for (Identity identity : batch) {
                Integer ordinal = found.get(identity);
                if (ordinal != null) {
                    members.add(ordinal);
                } else {
                    unknown++;
                    if (unknownOnes.size() < settings.reportedMembers()) {
                        unknownOnes.add(identity);
                    }
                }
            }
            batch.clear();
        }

        void requireWellFormed() {
            if (malformedLines > malformed.size()) {
                malformed.add(new Violation(
                        "further lines", (malformedLines - malformed.size()) + " more are malformed as well"));
            }
            if (!malformed.isEmpty()) {
                throw new InvalidRequest(malformed);
            }
        }

        MemberChangeResult answer(UUID id, long generation, RoaringBitmap after) {
            return new MemberChangeResult(
                    id.toString(),
                    generation,
                    received,
                    after.getLongCardinality(),
                    unknown,
                    unknownOnes.stream()
                            .map(identity ->
                                    new MemberChangeResult.UnknownIdentity(identity.namespace(), identity.id()))
                            .toList());
        }
    }
}
