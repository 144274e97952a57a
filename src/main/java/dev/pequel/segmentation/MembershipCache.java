package dev.pequel.segmentation;

import dev.pequel.segmentation.MembershipStore.Generation;
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
 * The memberships of all audiences of a sandbox, as of now. Bitmaps stay in memory as long as there is room, so that a look at
 * one profile does not read those of all audiences each time.
 */
@ApplicationScoped
class MembershipCache {

    private final MembershipStore store;
    private final Sandboxes sandboxes;
    private final SegmentationSettings settings;
    private final Map<Key, SoftReference<Generation>> kept = new ConcurrentHashMap<>();

    /** Sandboxes may have audiences with the same id. */
    private record Key(int sandbox, UUID audience) {}

    MembershipCache(MembershipStore store, Sandboxes sandboxes, SegmentationSettings settings) {
        this.store = store;
        this.sandboxes = sandboxes;
        this.settings = settings;
    }

    /** The present generations of all audiences that have members, in the order of their ids. */
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
