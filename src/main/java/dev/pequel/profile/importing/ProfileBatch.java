package dev.pequel.profile.importing;

import dev.pequel.database.Sql;
import dev.pequel.profile.Identity;
import dev.pequel.profile.ProfileId;
import dev.pequel.profile.importing.line.Line.ProfileLine;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.profile.importing.line.LineError.Code;
import dev.pequel.profile.store.BinaryCopy;
import dev.pequel.profile.store.IdentityIndex;
import dev.pequel.profile.store.StoreTransaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Inserts and replaces profiles. If a profile has one of the document's identities, the document replaces that
 * profile's document and identities. If no profile has one, the document is a new profile. If several have, the
 * document is refused.
 *
 * <p>The owners of identities are computed in memory, line by line; the tables are then changed in bulk.
 */
final class ProfileBatch implements ImportBatch<ProfileLine> {

    @Override
    public Outcome write(StoreTransaction store, List<ProfileLine> lines, Instant now) throws SQLException {
        IdentityIndex index = new IdentityIndex(store.connection(), store.sandbox());
        Map<Identity, Integer> stored = storedOwners(index, lines);
        Map<Integer, Set<Identity>> identities = new HashMap<>();
        stored.forEach((identity, ordinal) ->
                identities.computeIfAbsent(ordinal, key -> new HashSet<>()).add(identity));
        Set<Integer> known = Set.copyOf(identities.keySet());
        Map<Identity, Integer> owners = new HashMap<>(stored);

        SortedMap<Integer, ProfileLine> documents = new TreeMap<>();
        List<LineError> errors = new ArrayList<>();
        int created = 0;
        int updated = 0;
        for (ProfileLine line : lines) {
            Set<Integer> candidates = new HashSet<>();
            line.identities().stream()
                    .map(owners::get)
                    .filter(ordinal -> ordinal != null)
                    .forEach(candidates::add);
            if (candidates.size() > 1) {
                errors.add(conflict(line, owners));
                continue;
            }
            boolean isNew = candidates.isEmpty();
            int ordinal = isNew ? store.newOrdinal() : candidates.iterator().next();
            owners.keySet().removeAll(identities.getOrDefault(ordinal, Set.of()));
            identities.put(ordinal, Set.copyOf(line.identities()));
            line.identities().forEach(identity -> owners.put(identity, ordinal));
            documents.put(ordinal, line);
            created += isNew ? 1 : 0;
            updated += isNew ? 0 : 1;
        }

        List<Identity> gone = stored.keySet().stream()
                .filter(identity -> !stored.get(identity).equals(owners.get(identity)))
                .toList();
        owners.entrySet().removeAll(stored.entrySet());
        // Sorted while the database writes the documents.
        CompletableFuture<List<Identity>> added = CompletableFuture.supplyAsync(
                () -> owners.keySet().stream().sorted().toList());
        documents.keySet().forEach(store::touch);
        replace(store, documents, known, now);
        index.remove(gone);
        index.add(added.join(), owners);
        return new Outcome(created, updated, 0, errors);
    }

    /** The owners of all identities of the lines, with all identities of those owners. */
    private static Map<Identity, Integer> storedOwners(IdentityIndex index, List<ProfileLine> lines)
            throws SQLException {
        Set<Identity> mentioned =
                lines.stream().flatMap(line -> line.identities().stream()).collect(Collectors.toSet());
        Map<Identity, Integer> owners = new HashMap<>(index.owners(mentioned));
        if (!owners.isEmpty()) {
            index.identitiesOf(Set.copyOf(owners.values()))
                    .forEach((ordinal, identities) -> identities.forEach(identity -> owners.put(identity, ordinal)));
        }
        return owners;
    }

    private static LineError conflict(ProfileLine line, Map<Identity, Integer> owners) {
        Map<Integer, Identity> examples = new TreeMap<>();
        for (Identity identity : line.identities()) {
            Integer owner = owners.get(identity);
            if (owner != null) {
                examples.putIfAbsent(owner, identity);
            }
        }
        return new LineError(
                line.number(),
                Code.CONFLICTING_IDENTITIES,
                "the identities " + examples.values() + " belong to different profiles");
    }

    private static void replace(
            StoreTransaction store, SortedMap<Integer, ProfileLine> documents, Set<Integer> known, Instant now)
            throws SQLException {
        Long[] replaced = documents.keySet().stream()
                .filter(known::contains)
                .map(ordinal -> ProfileId.of(store.sandbox(), ordinal))
                .toArray(Long[]::new);
        if (replaced.length > 0) {
            // This is what an update does internally, but in one statement for all rows, and with COPY for the new
            // rows.
            Sql.update(store.connection(), "delete from profile where id = any (?)", (Object) replaced);
        }
        try (BinaryCopy copy =
                new BinaryCopy(store.connection(), "profile (id, sandbox_id, ordinal, attributes, modified_at)")) {
            for (Map.Entry<Integer, ProfileLine> entry : documents.entrySet()) {
                copy.row(5)
                        .bigint(ProfileId.of(store.sandbox(), entry.getKey()))
                        .integer(store.sandbox())
                        .integer(entry.getKey())
                        .jsonb(entry.getValue().document())
                        .timestamp(now);
            }
            copy.finish();
        }
    }
}
