package dev.pequel.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.expression.CheckResult;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.expression.ExpressionService;
import dev.pequel.expression.limit.Deadline;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.expression.limit.EvaluationLimiter;
import dev.pequel.pql.compile.EvaluationLimitException;
import dev.pequel.pql.compile.Explanation;
import dev.pequel.pql.compile.Memberships;
import dev.pequel.pql.term.Purpose;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.TooManyRequests;
import dev.pequel.problem.TookTooLong;
import dev.pequel.profile.Identity;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.profile.store.Profiles;
import dev.pequel.profile.store.SegmentMemberships;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.tenant.Tenant;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Explains the value of an expression for a stored profile. */
@ApplicationScoped
class Explanations {

    private final ExpressionService expressions;
    private final References references;
    private final SegmentDefinitions definitions;
    private final Profiles profiles;
    private final Instance<SegmentMemberships> memberships;
    private final Snapshots snapshots;
    private final EvaluationLimiter turns;
    private final Deadlines deadlines;
    private final Clock clock;

    Explanations(
            ExpressionService expressions,
            References references,
            SegmentDefinitions definitions,
            Profiles profiles,
            Instance<SegmentMemberships> memberships,
            Snapshots snapshots,
            EvaluationLimiter turns,
            Deadlines deadlines,
            Clock clock) {
        this.expressions = expressions;
        this.references = references;
        this.definitions = definitions;
        this.profiles = profiles;
        this.memberships = memberships;
        this.snapshots = snapshots;
        this.turns = turns;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /**
     * @throws NotFound when the audience or the profile does not exist
     * @throws InvalidRequest when the audience has no expression, or the expression visits or produces too many
     *     combinations of items
     * @throws TooManyRequests when too many evaluations of the organization are waiting already
     * @throws TookTooLong when waiting and evaluation together exceed the deadline
     */
    ExplainAnswer explain(Tenant tenant, ExplainRequest request) {
        CheckResult examined = request.audienceId()
                .map(id -> expressions.require(tenant, ofAudience(tenant, id), Purpose.SEGMENT))
                .orElseGet(
                        () -> expressions.require(tenant, request.expression().orElseThrow(), Purpose.VALUE));
        references.resolve(tenant, examined);
        CheckResult inText = expressions.inText(tenant, examined);
        int ordinal = ordinal(tenant, request.identity());
        Deadline deadline = deadlines.start();
        ProfileSnapshot snapshot = snapshots.of(tenant, deadline.left());
        for (ProfileSnapshot.Part part : snapshot.parts()) {
            OptionalInt row = part.row(ordinal);
            if (row.isPresent()) {
                Memberships known = known(tenant, ordinal);
                return turns.take(tenant, deadline, () -> explain(inText, part, row.getAsInt(), known, deadline));
            }
        }
        throw notFound(request.identity());
    }

    @WithSpan("evaluate")
    ExplainAnswer explain(
            CheckResult examined, ProfileSnapshot.Part part, int row, Memberships known, Deadline deadline) {
        try {
            Explanation explanation = Explanation.of(
                    examined.checked().expression().orElseThrow(),
                    part.columns(),
                    row,
                    clock.instant(),
                    known,
                    deadline::isCancelled);
            return ExplainAnswer.of(examined.document().value(), explanation);
        } catch (EvaluationLimitException tooMuch) {
            throw new InvalidRequest("expression", tooMuch.getMessage());
        }
    }

    private ExpressionDocument ofAudience(Tenant tenant, UUID id) {
        SegmentDefinition definition = definitions
                .one(tenant, id)
                .orElseThrow(() -> new NotFound("There is no audience with the id " + id + "."));
        return switch (definition.source()) {
            case SegmentDefinition.Evaluated evaluated -> evaluated.expression();
            case SegmentDefinition.Paused paused -> paused.expression();
            case SegmentDefinition.External external ->
                throw new InvalidRequest("audienceId", "is an external audience, which has no expression");
        };
    }

    private int ordinal(Tenant tenant, Identity identity) {
        return Optional.ofNullable(profiles.ordinals(tenant, List.of(identity)).get(identity))
                .orElseThrow(() -> notFound(identity));
    }

    private static NotFound notFound(Identity identity) {
        return new NotFound("No profile has the identity " + identity + ".");
    }

    /** Returns the memberships of the profile as of the last evaluation of each audience. */
    private Memberships known(Tenant tenant, int ordinal) {
        Optional<ObjectNode> statuses = memberships.stream().findFirst().map(provider -> provider.of(tenant, ordinal));
        return audienceId -> {
            JsonNode status = statuses.<JsonNode>map(known -> known)
                    .orElseGet(MissingNode::getInstance)
                    .path(audienceId.toLowerCase(Locale.ROOT))
                    .path("status");
            return Optional.of(new Memberships.Membership() {
                @Override
                public boolean isMember(int row) {
                    return status.asText().equals("realized");
                }

                @Override
                public boolean hasExited(int row) {
                    return status.asText().equals("exited");
                }
            });
        };
    }
}
