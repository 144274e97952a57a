package dev.pequel.profile.importing;

import dev.pequel.database.Sql;
import dev.pequel.profile.Identity;
import dev.pequel.profile.ProfileId;
import dev.pequel.profile.importing.line.Line.EventLine;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.profile.importing.line.LineError.Code;
import dev.pequel.profile.store.BinaryCopy;
import dev.pequel.profile.store.IdentityIndex;
import dev.pequel.profile.store.StoreTransaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Inserts events. An event belongs to the profile with its primary identity, or else with the first of its other
 * identities that a profile has. An event whose {@code _id} is stored already is left unchanged, without comparing the
 * two.
 */
final class EventBatch implements ImportBatch<EventLine> {

    private record Placed(int ordinal, EventLine line) {}

    @Override
    public Outcome write(StoreTransaction store, List<EventLine> lines, Instant now) throws SQLException {
        Set<Identity> mentioned =
                lines.stream().flatMap(line -> line.identities().stream()).collect(Collectors.toSet());
        Map<Identity, Integer> owners = new IdentityIndex(store.connection(), store.sandbox()).owners(mentioned);
        Set<String> known = knownIds(store, lines);

        List<Placed> events = new ArrayList<>(lines.size());
        List<LineError> errors = new ArrayList<>();
        int unchanged = 0;
        for (EventLine line : lines) {
            Optional<Integer> owner = line.identities().stream()
                    .filter(owners::containsKey)
                    .findFirst()
                    .map(owners::get);
            if (owner.isEmpty()) {
                errors.add(new LineError(
                        line.number(),
                        Code.UNKNOWN_IDENTITY,
                        "no profile has the identity " + line.identities().getFirst()));
            } else if (known.add(line.id())) {
                events.add(new Placed(owner.get(), line));
                store.touch(owner.get());
            } else {
                unchanged++;
            }
        }
        insert(store, events);
        return new Outcome(events.size(), 0, unchanged, errors);
    }

    private static Set<String> knownIds(StoreTransaction store, List<EventLine> lines) throws SQLException {
        return new HashSet<>(Sql.list(
                store.connection(),
                "select event_id from experience_event where sandbox_id = ? and event_id = any (?)",
                row -> row.getString(1),
                store.sandbox(),
                lines.stream().map(EventLine::id).toArray(String[]::new)));
    }

    private static void insert(StoreTransaction store, List<Placed> events) throws SQLException {
        // Stored by profile, in the order in which a snapshot reads them.
        events.sort(Comparator.comparingInt(Placed::ordinal)
                .thenComparing(event -> event.line().timestamp()));
        try (BinaryCopy copy = new BinaryCopy(
                store.connection(), "experience_event (sandbox_id, event_id, profile_id, timestamp, body)")) {
            for (Placed event : events) {
                copy.row(5)
                        .integer(store.sandbox())
                        .text(event.line().id())
                        .bigint(ProfileId.of(store.sandbox(), event.ordinal()))
                        .timestamp(event.line().timestamp())
                        .jsonb(event.line().document());
            }
            copy.finish();
        }
    }
}
