package dev.pequel.profile.store;

import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.profile.ProfileId;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads the events of a profile, page by page. */
@ApplicationScoped
class ExperienceEvents {

    private static final Instant BEGINNING_OF_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final Database database;

    ExperienceEvents(Database database) {
        this.database = database;
    }

    /**
     * The events to read.
     *
     * @param from earliest time, inclusive; empty for no limit
     * @param to latest time, exclusive; empty for no limit
     * @param descending whether the latest events come first
     * @param limit number of events on a page
     */
    record Query(Optional<Instant> from, Optional<Instant> to, boolean descending, int limit) {}

    /**
     * A page of events.
     *
     * @param next the first event of the next page; empty on the last page
     */
    record Page(List<String> ids, Optional<String> next) {}

    /**
     * An event as it is stored.
     *
     * @param body the document as JSON text
     */
    record StoredEvent(String id, Instant timestamp, String body) {}

    /**
     * The ids of a page. The events themselves may exceed memory.
     *
     * @param start the first event of the page, from {@link Page#next}; empty for the first page
     */
    Page page(Sandbox sandbox, int ordinal, Query query, Optional<String> start) {
        String order = query.descending() ? "desc" : "asc";
        String beginning = query.descending() ? "<=" : ">=";
        List<String> found = database.call(connection -> Sql.list(
                connection,
                """
                select e.event_id from experience_event e
                where e.profile_id = ? and e.timestamp >= ? and e.timestamp < ?
                    and (? or (e.timestamp, e.event_id) %s (
                        select s.timestamp, s.event_id from experience_event s
                        where s.sandbox_id = ? and s.event_id = ? and s.profile_id = ?))
                order by e.timestamp %s, e.event_id %s
                limit ?
                """.formatted(beginning, order, order),
                row -> row.getString(1),
                ProfileId.of(sandbox.id(), ordinal),
                query.from().orElse(BEGINNING_OF_TIME).atOffset(ZoneOffset.UTC),
                query.to().orElse(END_OF_TIME).atOffset(ZoneOffset.UTC),
                start.isEmpty(),
                sandbox.id(),
                start.orElse(""),
                ProfileId.of(sandbox.id(), ordinal),
                query.limit() + 1));
        boolean isLast = found.size() <= query.limit();
        return new Page(
                isLast ? found : found.subList(0, query.limit()),
                isLast ? Optional.empty() : Optional.of(found.getLast()));
    }

    /** Reads an event. Empty if it was deleted with its profile meanwhile. */
    Optional<StoredEvent> find(Sandbox sandbox, String id) {
        return database.call(connection -> Sql.first(
                connection,
                "select event_id, timestamp, body from experience_event where sandbox_id = ? and event_id = ?",
                row -> new StoredEvent(row.getString(1), Sql.instant(row, "timestamp"), row.getString(3)),
                sandbox.id(),
                id));
    }
}
