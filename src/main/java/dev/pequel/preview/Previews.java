package dev.pequel.preview;

import dev.pequel.expression.CheckResult;
import dev.pequel.expression.ExpressionService;
import dev.pequel.pql.term.Purpose;
import dev.pequel.problem.InvalidExpression;
import dev.pequel.problem.NotFound;
import dev.pequel.profile.Identity;
import dev.pequel.profile.store.Profiles;
import dev.pequel.segmentation.evaluation.AdHocEvaluation;
import dev.pequel.segmentation.evaluation.AdHocEvaluation.Condition;
import dev.pequel.segmentation.evaluation.AdHocEvaluation.Selection;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Creates, finds and deletes previews: the profiles that an expression selects. The result is exact, and is kept for
 * a while so that clients can page through it.
 */
@ApplicationScoped
class Previews {

    private final ExpressionService expressions;
    private final References references;
    private final AdHocEvaluation selections;
    private final PreviewRepository previews;
    private final Profiles profiles;
    private final Sandboxes sandboxes;
    private final PreviewSettings settings;
    private final Clock clock;

    Previews(
            ExpressionService expressions,
            References references,
            AdHocEvaluation selections,
            PreviewRepository previews,
            Profiles profiles,
            Sandboxes sandboxes,
            PreviewSettings settings,
            Clock clock) {
        this.expressions = expressions;
        this.references = references;
        this.selections = selections;
        this.previews = previews;
        this.profiles = profiles;
        this.sandboxes = sandboxes;
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws InvalidExpression when the expression has errors */
    Preview create(Tenant tenant, PreviewRequest request) {
        CheckResult examined = expressions.require(tenant, request.expression(), Purpose.SEGMENT);
        Sandbox sandbox = sandboxes.of(tenant);
        Selection selection = selections.select(
                sandbox,
                new Condition(examined.checked().expression().orElseThrow(), references.resolve(tenant, examined)));
        previews.removeBefore(oldest());
        return previews.add(
                sandbox, selection.profiles(), selection.members(), selection.membersByNamespace(), clock.instant());
    }

    /** @throws NotFound when the tenant has no such preview, or it has expired */
    Preview find(Tenant tenant, String id) {
        return PreviewId.parse(id)
                .flatMap(parsed -> sandboxes.find(tenant).flatMap(sandbox -> previews.find(parsed, oldest())))
                .orElseThrow(() -> notFound(id));
    }

    /** @throws NotFound when the tenant has no such preview, or it has expired */
    void delete(Tenant tenant, String id) {
        boolean deleted = PreviewId.parse(id)
                .flatMap(parsed -> sandboxes.find(tenant).map(sandbox -> previews.remove(parsed, oldest())))
                .orElse(false);
        if (!deleted) {
            throw notFound(id);
        }
    }

    /**
     * Returns the identities of a range of members, a set for each member. Members that were deleted in the meantime
     * are left out.
     */
    List<Set<Identity>> members(Tenant tenant, Preview preview, int offset, int limit) {
        List<Integer> ordinals = page(preview.members(), offset, limit);
        Map<Integer, Set<Identity>> identities = profiles.identities(tenant, ordinals);
        return ordinals.stream()
                .filter(identities::containsKey)
                .map(identities::get)
                .toList();
    }

    private static List<Integer> page(RoaringBitmap members, int offset, int limit) {
        List<Integer> page = new ArrayList<>();
        if (offset < members.getCardinality()) {
            PeekableIntIterator rest = members.getIntIterator();
            rest.advanceIfNeeded(members.select(offset));
            while (rest.hasNext() && page.size() < limit) {
                page.add(rest.next());
            }
        }
        return page;
    }

    private Instant oldest() {
        return clock.instant().minus(settings.keep());
    }

    private static NotFound notFound(String id) {
        return new NotFound("There is no preview with the id " + id + ".");
    }
}
