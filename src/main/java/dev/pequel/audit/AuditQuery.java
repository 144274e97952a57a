package dev.pequel.audit;

import dev.pequel.http.request.Characters;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The query of a request for audit events of a sandbox.
 *
 * @param start id of the first event of the page, which reveals nothing about other events; empty for the newest
 * @param limit maximum number of events on the page
 * @param subject empty for all subjects
 * @param from the earliest time, inclusive
 * @param to the latest time, exclusive
 */
record AuditQuery(
        Optional<UUID> start,
        int limit,
        Optional<AuditSubject> subject,
        Optional<UUID> audience,
        Optional<AuditAction> action,
        Optional<String> caller,
        Optional<Instant> from,
        Optional<Instant> to) {

    /** Selects every subject. Without a subject, a request selects audiences, as before other subjects existed. */
    private static final String ALL = "all";

    static final List<String> PARAMETERS =
            List.of("start", "limit", "subject", "audience", "action", "caller", "from", "to");

    private static final List<String> FILTERS = PARAMETERS.subList(2, PARAMETERS.size());

    /**
     * @param parameters decoded
     * @throws InvalidRequest when a value is malformed, or sent more than once
     */
    static AuditQuery of(Map<String, List<String>> parameters, AuditSettings settings) {
        return new AuditQuery(
                single(parameters, "start").map(AuditQuery::start),
                single(parameters, "limit")
                        .map(text -> RequestText.wholeNumber("limit", text, 1, settings.maxEventsOnPage()))
                        .orElse(settings.eventsOnPage()),
                single(parameters, "subject").map(AuditQuery::subject).orElse(Optional.of(AuditSubject.AUDIENCE)),
                single(parameters, "audience").map(AuditQuery::audience),
                single(parameters, "action").map(AuditQuery::action),
                single(parameters, "caller"),
                single(parameters, "from").map(text -> RequestText.time("from", text)),
                single(parameters, "to").map(text -> RequestText.time("to", text)));
    }

    /** Returns the filters of the query for the link to the next page, each preceded by {@code &}. */
    static String passedOn(Map<String, List<String>> parameters) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        for (String name : FILTERS) {
            single(parameters, name).ifPresent(value -> filters.put(name, List.of(value)));
        }
        return RequestText.query(filters, Set.of());
    }

    /** Creates the failure for a start that is no event of the sandbox. */
    static InvalidRequest unknownStart(String start) {
        return new InvalidRequest("start", "must be the value from `next` of another page, but is " + start);
    }

    private static UUID start(String text) {
        return RequestText.id(text).orElseThrow(() -> unknownStart(text));
    }

    private static Optional<AuditSubject> subject(String text) {
        Optional<AuditSubject> subject = AuditSubject.of(text);
        if (subject.isEmpty() && !text.equals(ALL)) {
            throw new InvalidRequest(
                    "subject",
                    "must be one of "
                            + Stream.concat(
                                            Arrays.stream(AuditSubject.values()).map(AuditSubject::word),
                                            Stream.of(ALL))
                                    .collect(Collectors.joining(", "))
                            + ", but is " + text);
        }
        return subject;
    }

    private static UUID audience(String text) {
        return RequestText.id(text)
                .orElseThrow(() -> new InvalidRequest("audience", "must be the id of an audience, but is " + text));
    }

    private static AuditAction action(String text) {
        return AuditAction.of(text)
                .orElseThrow(
                        () -> new InvalidRequest("action", "must be one of created, changed, deleted, but is " + text));
    }

    private static Optional<String> single(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new InvalidRequest(name, "must not be sent more than once");
        }
        values.forEach(value -> Characters.unstorable(value).ifPresent(character -> {
            throw new InvalidRequest(name, "contains " + character);
        }));
        return values.stream().findFirst();
    }
}
