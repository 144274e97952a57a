package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.expression.limit.Deadline;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.NotFound;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.store.MembershipStore.Generation;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/** Counts the profiles that audiences have in common. */
@ApplicationScoped
class Overlaps {

    private final MembershipService members;
    private final Snapshots snapshots;
    private final Deadlines deadlines;
    private final SegmentationSettings settings;

    Overlaps(MembershipService members, Snapshots snapshots, Deadlines deadlines, SegmentationSettings settings) {
        this.members = members;
        this.snapshots = snapshots;
        this.deadlines = deadlines;
        this.settings = settings;
    }

    /**
     * Counts the members of each audience, of each pair and of all together, from the audiences' bitmaps.
     *
     * @param body {@code ["<id>", ...]}, or {@code {"ids": [...]}} with ids or objects such as {@code {"id": "..."}}
     * @throws NotFound when the tenant does not have one of the audiences
     */
    OverlapCounts of(Tenant tenant, JsonNode body) {
        List<UUID> ids = read(body);
        Deadline deadline = deadlines.start();
        RoaringBitmap profiles = snapshots.of(tenant, deadline.left()).profiles();
        List<MembershipService.Audience> audiences = members.of(tenant, ids, deadline);
        List<RoaringBitmap> bitmaps = audiences.stream()
                .map(audience -> RoaringBitmap.and(audience.members(), profiles))
                .toList();
        List<OverlapCounts.Size> sizes = new ArrayList<>();
        List<OverlapCounts.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Optional<Long> evaluationTime =
                    audiences.get(i).generation().map(Generation::evaluatedAt).map(Instant::toEpochMilli);
            sizes.add(new OverlapCounts.Size(ids.get(i).toString(), count(bitmaps.get(i)), evaluationTime));
            for (int j = i + 1; j < ids.size(); j++) {
                pairs.add(pair(ids, bitmaps, i, j));
            }
        }
        RoaringBitmap all = bitmaps.getFirst().clone();
        RoaringBitmap any = new RoaringBitmap();
        for (RoaringBitmap bitmap : bitmaps) {
            all.and(bitmap);
            any.or(bitmap);
        }
        return new OverlapCounts(sizes, pairs, new OverlapCounts.Total(count(all), count(any)));
    }

    private static OverlapCounts.Pair pair(List<UUID> ids, List<RoaringBitmap> bitmaps, int i, int j) {
        long both = RoaringBitmap.andCardinality(bitmaps.get(i), bitmaps.get(j));
        long either = count(bitmaps.get(i)) + count(bitmaps.get(j)) - both;
        return new OverlapCounts.Pair(
                List.of(ids.get(i).toString(), ids.get(j).toString()),
                both,
                either,
                either == 0 ? 0 : (double) both / either);
    }

    private static long count(RoaringBitmap bitmap) {
        return bitmap.getLongCardinality();
    }

    private List<UUID> read(JsonNode body) {
        JsonNode list = body.isArray() ? body : body.path("ids");
        if (!list.isArray() || list.isEmpty()) {
            throw new InvalidRequest("ids", "must be an array with the id of at least one audience");
        }
        if (list.size() > settings.overlapAudiences()) {
            throw new InvalidRequest(
                    "ids",
                    "has " + list.size() + " items, more than the " + settings.overlapAudiences()
                            + " that are allowed");
        }
        Set<UUID> ids = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i).isObject() ? list.get(i).path("id") : list.get(i);
            if (!item.isTextual()) {
                throw new InvalidRequest("ids[" + i + "]", "must be the id of an audience");
            }
            ids.add(RequestText.id(item.textValue())
                    .orElseThrow(() -> new NotFound("There is no audience with the id " + item.textValue() + ".")));
        }
        return new ArrayList<>(ids);
    }
}
