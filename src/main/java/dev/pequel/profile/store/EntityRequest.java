package dev.pequel.profile.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.request.BodyFields;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request for profiles, or for the events of profiles.
 *
 * @param ofEvents whether to return the events of the profiles
 * @param fields paths to return; empty for everything
 * @param mergePolicyId empty for the sandbox's merge policy
 */
record EntityRequest(
        boolean ofEvents,
        List<Named> identities,
        List<String> fields,
        Optional<String> mergePolicyId,
        ExperienceEvents.Query events) {

    static final String PROFILE = "_xdm.context.profile";
    static final String EVENT = "_xdm.context.experienceevent";
    static final int MOST_EVENTS = 1000;

    static final Set<String> PROPERTIES = Set.of(
            "schema",
            "relatedSchema",
            "identities",
            "fields",
            "mergePolicyId",
            "timeFilter",
            "limit",
            "orderby",
            "orderBy");

    /** The end of the year 9999, in milliseconds since 1970. */
    static final long MOST_MILLISECONDS = 253_402_300_799_999L;

    static final String ORDERS = "must be timestamp, +timestamp or -timestamp";

    private static final int MOST_IDENTITIES = 100;
    private static final int MOST_FIELDS = 1000;
    private static final int TEXT_LENGTH = 2048;

    /**
     * A profile, named by an identity or by the entity id of an earlier response.
     *
     * @param namespace empty if the id is an entity id
     * @param start the first event of the page; empty for the first page
     */
    record Named(Optional<String> namespace, String id, Optional<String> start) {}

    /**
     * Reads the body of {@code POST /access/entities}.
     *
     * @throws InvalidRequest when a property is missing or wrong
     */
    static EntityRequest read(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.ofBody(body, violations);
        boolean ofEvents = schema(fields, "schema").equals(EVENT);
        if (ofEvents && !schema(fields, "relatedSchema").equals(PROFILE)) {
            fields.refuse("relatedSchema.name", "must be " + PROFILE);
        }
        List<Named> identities = identities(fields, body.path("identities"), ofEvents, violations);
        BodyFields times = fields.object("timeFilter");
        EntityRequest request = new EntityRequest(
                ofEvents,
                identities,
                fields.texts("fields", MOST_FIELDS, TEXT_LENGTH).orElse(List.of()),
                fields.text("mergePolicyId", TEXT_LENGTH),
                new ExperienceEvents.Query(
                        time(times, "startTime"),
                        time(times, "endTime"),
                        isDescending(fields),
                        fields.wholeNumber("limit", 1, MOST_EVENTS).orElse(MOST_EVENTS)));
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return request;
    }

    private static String schema(BodyFields fields, String name) {
        String schema = fields.object(name).text("name", TEXT_LENGTH).orElse(PROFILE);
        if (!schema.equals(PROFILE) && !schema.equals(EVENT)) {
            fields.refuse(name + ".name", "must be " + PROFILE + " or " + EVENT);
        }
        return schema;
    }

    private static List<Named> identities(
            BodyFields fields, JsonNode list, boolean ofEvents, List<Violation> violations) {
        List<Named> identities = new ArrayList<>();
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_IDENTITIES) {
            fields.refuse("identities", "must be an array of 1 to " + MOST_IDENTITIES + " objects");
            return identities;
        }
        String idName = ofEvents ? "relatedEntityId" : "entityId";
        String namespaceName = ofEvents ? "relatedEntityIdNS" : "entityIdNS";
        for (int i = 0; i < list.size(); i++) {
            BodyFields entry = BodyFields.of(list.get(i), "identities[" + i + "].", violations);
            Optional<String> namespace = entry.object(namespaceName).text("code", TEXT_LENGTH);
            Optional<String> start = entry.text("start", TEXT_LENGTH);
            entry.required(idName, entry.text(idName, TEXT_LENGTH))
                    .ifPresent(id -> identities.add(new Named(namespace, id, start)));
        }
        return identities;
    }

    private static Optional<Instant> time(BodyFields fields, String name) {
        return fields.wholeNumber(name, 0L, MOST_MILLISECONDS).map(Instant::ofEpochMilli);
    }

    /**
     * Accepts both names: the guide of the hosted service writes {@code orderby}, its OpenAPI document {@code orderBy}.
     */
    private static boolean isDescending(BodyFields fields) {
        Optional<Boolean> descending = isDescending(fields, "orderby");
        Optional<Boolean> sameByOtherName = isDescending(fields, "orderBy");
        if (descending.isPresent() && sameByOtherName.isPresent() && !descending.equals(sameByOtherName)) {
            fields.refuse("orderBy", "differs from orderby, which is an alias of it");
        }
        return descending.or(() -> sameByOtherName).orElse(false);
    }

    private static Optional<Boolean> isDescending(BodyFields fields, String name) {
        Optional<String> order = fields.text(name, TEXT_LENGTH);
        Optional<Boolean> descending = order.flatMap(EntityRequest::isDescending);
        if (order.isPresent() && descending.isEmpty()) {
            fields.refuse(name, ORDERS);
        }
        return descending;
    }

    /** Whether {@code orderby} requests the latest events first. Empty for an unknown order. */
    static Optional<Boolean> isDescending(String orderBy) {
        // A plus sign in a URL is decoded to a space.
        return switch (orderBy.strip()) {
            case "timestamp", "+timestamp" -> Optional.of(false);
            case "-timestamp" -> Optional.of(true);
            default -> Optional.empty();
        };
    }
}
