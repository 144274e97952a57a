package dev.pequel.segmentation.membership;

import dev.pequel.segmentation.SegmentationSettings;
import dev.pequel.segmentation.store.MembershipStore;
import dev.pequel.segmentation.store.MembershipStore.Generation;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Caches the memberships of all audiences, so that reading one profile does not read the bitmaps of all audiences.
 * Generations are checked on each call, so results are always current. Entries are removed when memory runs short.
 */
@ApplicationScoped
class MembershipCache {

    private final MembershipStore store;
    private final Sandboxes sandboxes;
    private final SegmentationSettings settings;
    private final Map<Key, SoftReference<Generation>> kept = new ConcurrentHashMap<>();

    private record Key(int sandbox, UUID audience) {}

    MembershipCache(MembershipStore store, Sandboxes sandboxes, SegmentationSettings settings) {
        this.store = store;
        this.sandboxes = sandboxes;
        this.settings = settings;
    }

    /** The current generations of all audiences with members, ordered by id. */
    List<Generation> all(Tenant tenant) {
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        if (sandbox.isEmpty()) {
            return List.of();
        }
        int number = sandbox.get().id();
        Map<UUID, Generation> all = new TreeMap<>();
        List<UUID> missing = new ArrayList<>();
        store.generations(number).forEach((id, generation) -> {
            Optional<Generation> found =
                    Optional.ofNullable(kept.get(new Key(number, id))).map(SoftReference::get);
            if (found.isPresent() && found.get().generation() == generation) {
                all.put(id, found.get());
            } else {
                missing.add(id);
            }
        });
        for (int from = 0; from < missing.size(); from += settings.batch()) {
            List<UUID> some = missing.subList(from, Math.min(missing.size(), from + settings.batch()));
            store.read(number, some).forEach((id, generation) -> {
                all.put(id, generation);
                kept.put(new Key(number, id), new SoftReference<>(generation));
            });
        }
        kept.values().removeIf(reference -> reference.get() == null);
        return List.copyOf(all.values());
    }
}
