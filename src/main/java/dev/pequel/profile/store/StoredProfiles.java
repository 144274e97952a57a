package dev.pequel.profile.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.Sql;
import dev.pequel.profile.ProfileId;
import dev.pequel.profile.store.ExperienceEvents.StoredEvent;
import dev.pequel.profile.store.Profiles.StoredProfile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads many profiles and events from the tables, and writes them as the entity endpoint does. */
@ApplicationScoped
public class StoredProfiles {

    /** Number of documents in memory at a time, each of at most {@code pequel.import.max-line-bytes}. */
    private static final int ROWS_AT_A_TIME = 50;

    private final EntityDocument document;

    StoredProfiles(EntityDocument document) {
        this.document = document;
    }

    /**
     * An event of a profile as it is stored.
     *
     * @param ordinal the profile
     * @param body the document as JSON text
     */
    public record EventOfProfile(int ordinal, String id, Instant timestamp, String body) {}

    /** The number of ordinals that were assigned in the sandbox. Each is lower than this. */
    public int ordinals(Connection connection, int sandbox) throws SQLException {
        return Sql.first(
                        connection,
                        "select next_ordinal from profile_store where sandbox_id = ?",
                        row -> row.getInt(1),
                        sandbox)
                .orElse(0);
    }

    /**
     * Reads profiles in the order of their ordinals. Ordinals without a profile are left out.
     *
     * @param connection a connection in a transaction
     * @param changedAfter leaves out profiles that did not change after this time
     */
    public void profiles(
            Connection connection,
            int sandbox,
            int[] ordinals,
            Optional<Instant> changedAfter,
            Consumer<StoredProfile> consumer)
            throws SQLException {
        Sql.stream(
                connection,
                ROWS_AT_A_TIME,
                """
                select ordinal, attributes, modified_at from profile
                where id = any (?) and (? or modified_at > ?) order by id
                """,
                row -> consumer.accept(
                        new StoredProfile(row.getInt(1), row.getString(2), Sql.instant(row, "modified_at"))),
                ids(sandbox, ordinals),
                changedAfter.isEmpty(),
                changedAfter.orElse(Instant.EPOCH));
    }

    /**
     * Reads the events of profiles, ordered by profile and time.
     *
     * @param connection a connection in a transaction
     */
    public void events(Connection connection, int sandbox, int[] ordinals, Consumer<EventOfProfile> consumer)
            throws SQLException {
        Sql.stream(
                connection,
                ROWS_AT_A_TIME,
                """
                select profile_id, event_id, timestamp, body from experience_event
                where profile_id = any (?) order by profile_id, timestamp, event_id
                """,
                row -> consumer.accept(new EventOfProfile(
                        ProfileId.ordinal(row.getLong(1)),
                        row.getString(2),
                        Sql.instant(row, "timestamp"),
                        row.getString(4))),
                (Object) ids(sandbox, ordinals));
    }

    private static Long[] ids(int sandbox, int[] ordinals) {
        return Arrays.stream(ordinals)
                .mapToObj(ordinal -> ProfileId.of(sandbox, ordinal))
                .toArray(Long[]::new);
    }

    /**
     * Writes a profile as the property {@code entity} of the entity endpoint.
     *
     * @param audiences the profile's {@code segmentMembership.ups}
     * @param fields paths to write, such as {@code person.name}; empty for everything
     */
    public void write(StoredProfile profile, ObjectNode audiences, List<String> fields, JsonGenerator to)
            throws IOException {
        document.writeEntity(profile, Optional.of(audiences), fields, to);
    }

    /**
     * Writes an event as the entity endpoint does: {@code {"relatedEntityId", "entityId", "timestamp", "entity"}}.
     *
     * @param fields paths of the entity to write; empty for everything
     */
    public void write(EventOfProfile event, List<String> fields, JsonGenerator to) throws IOException {
        document.write(event.ordinal(), new StoredEvent(event.id(), event.timestamp(), event.body()), fields, to);
    }
}
