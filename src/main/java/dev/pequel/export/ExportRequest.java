package dev.pequel.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.http.request.BodyFields;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The profiles, fields and destination of an export.
 *
 * @param fields paths of profiles to write; empty for everything
 * @param mergePolicyId empty for the sandbox's merge policy
 * @param audiences the audiences whose profiles are written; empty for all profiles
 * @param qualifiedFrom earliest time of qualification, inclusive; empty for no limit
 * @param qualifiedBefore latest time of qualification, exclusive; empty for no limit
 * @param changedAfter leaves out profiles that did not change after this time
 * @param emptyProfiles as sent; without effect, because every profile has a document
 * @param eventFields paths of events to write, none for everything; empty when events are not requested
 * @param segmentPerBatch whether each audience is a batch of its own
 */
record ExportRequest(
        List<String> fields,
        Optional<String> mergePolicyId,
        List<AudienceChoice> audiences,
        Optional<Instant> qualifiedFrom,
        Optional<Instant> qualifiedBefore,
        Optional<Instant> changedAfter,
        Optional<Boolean> emptyProfiles,
        Optional<List<String>> eventFields,
        String datasetId,
        boolean segmentPerBatch,
        Format format) {

    static final String SCHEMA = "_xdm.context.profile";
    static final Set<String> PROPERTIES =
            Set.of("fields", "mergePolicy", "filter", "additionalFields", "destination", "schema");
    static final Set<String> PROPERTIES_OF_DESTINATION = Set.of("datasetId", "segmentPerBatch", "format");

    private static final Set<String> FILTERS =
            Set.of("segments", "segmentQualificationTime", "fromIngestTimestamp", "emptyProfiles");
    private static final Pattern DATASET_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    static final String NAMESPACE = "ups";
    private static final int TEXT_LENGTH = 256;

    /**
     * An audience, and the statuses of the profiles to write.
     *
     * @param statuses at least one
     */
    record AudienceChoice(UUID id, Set<MembershipStatus> statuses) {
        AudienceChoice {
            statuses = Set.copyOf(statuses);
        }

        /** The statuses in the JSON of the API. */
        List<String> words() {
            return statuses.stream().sorted().map(MembershipStatus::word).toList();
        }
    }

    /**
     * Limits of the size of a request.
     *
     * @param audiences maximum number of audiences
     * @param fields maximum number of fields, of profiles and of events each
     * @param fieldsLength maximum length of all names of fields, of profiles and of events each
     */
    record Limits(int audiences, int fields, int fieldsLength) {

        /** For stored requests, which were checked when they were sent. */
        static final Limits NONE = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    ExportRequest {
        fields = List.copyOf(fields);
        audiences = List.copyOf(audiences);
        eventFields = eventFields.map(List::copyOf);
    }

    /**
     * Reads the body of {@code POST /export/jobs}.
     *
     * @throws InvalidRequest when a property is missing or wrong, or a filter does not exist
     */
    static ExportRequest read(JsonNode body, Limits limits) {
        List<Violation> violations = new ArrayList<>();
        BodyFields properties = BodyFields.ofBody(body, violations);
        List<String> fields = paths(properties, "fields", limits);
        BodyFields mergePolicy = properties.object("mergePolicy");
        Optional<String> mergePolicyId = mergePolicy.text("id", TEXT_LENGTH);
        // A policy never changes, so it has one version.
        mergePolicy.wholeNumber("version", 1, 1);
        requireKnown(body.path("filter"), "filter", FILTERS, violations);
        BodyFields filter = properties.object("filter");
        List<AudienceChoice> audiences =
                filter.has("segments") ? audiences(body.at("/filter/segments"), limits, violations) : List.of();
        requireKnown(
                body.at("/filter/segmentQualificationTime"),
                "filter.segmentQualificationTime",
                Set.of("startTime", "endTime"),
                violations);
        BodyFields qualification = filter.object("segmentQualificationTime");
        Optional<Instant> from = time(qualification, "startTime");
        Optional<Instant> before = time(qualification, "endTime");
        if (from.isPresent() && before.isPresent() && !from.get().isBefore(before.get())) {
            qualification.refuse("endTime", "must be later than startTime");
        }
        if (qualification.present() && !filter.has("segments")) {
            filter.refuse("segmentQualificationTime", "needs filter.segments");
        }
        BodyFields destination = properties.object("destination");
        Optional<String> datasetId = destination.required("datasetId", destination.text("datasetId", TEXT_LENGTH));
        if (datasetId.isPresent() && !DATASET_ID.matcher(datasetId.get()).matches()) {
            destination.refuse("datasetId", "must be 1 to 64 letters, digits, - and _");
        }
        boolean segmentPerBatch = destination.flag("segmentPerBatch").orElse(false);
        if (segmentPerBatch && !filter.has("segments")) {
            destination.refuse("segmentPerBatch", "needs filter.segments");
        }
        Optional<Format> format = format(destination);
        if (format.equals(Optional.of(Format.CSV)) && fields.isEmpty()) {
            properties.refuse("fields", "is required for the format csv: it defines the columns");
        }
        BodyFields schema = properties.object("schema");
        schema.required("name", schema.text("name", TEXT_LENGTH))
                .filter(name -> !name.equals(SCHEMA))
                .ifPresent(other -> schema.refuse("name", "must be " + SCHEMA));
        ExportRequest request = new ExportRequest(
                fields,
                mergePolicyId,
                audiences,
                from,
                before,
                time(filter, "fromIngestTimestamp"),
                filter.flag("emptyProfiles"),
                eventFields(body, properties, limits, violations),
                datasetId.orElse(""),
                segmentPerBatch,
                format.orElse(Format.NDJSON));
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return request;
    }

    /** Refuses unknown filters: ignoring one would export more than the client wants. */
    private static void requireKnown(JsonNode object, String place, Set<String> known, List<Violation> violations) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                violations.add(new Violation(place + "." + name, "is not a filter of an export"));
            }
        });
    }

    private static List<String> paths(BodyFields properties, String name, Limits limits) {
        List<String> paths = properties.text(name, limits.fieldsLength()).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .distinct()
                .toList();
        if (paths.equals(List.of(""))) {
            return List.of();
        }
        if (paths.size() > limits.fields()) {
            properties.refuse(
                    name, "has " + paths.size() + " fields, more than the " + limits.fields() + " that are allowed");
        }
        if (paths.stream().anyMatch(path -> List.of(path.split("\\.", -1)).contains(""))) {
            properties.refuse(name, "must be paths such as person.name.firstName, separated by commas");
        }
        return paths;
    }

    private static List<AudienceChoice> audiences(JsonNode list, Limits limits, List<Violation> violations) {
        List<AudienceChoice> choices = new ArrayList<>();
        if (!list.isArray() || list.isEmpty() || list.size() > limits.audiences()) {
            violations.add(new Violation(
                    "filter.segments",
                    "must be an array of 1 to " + limits.audiences()
                            + " objects; without it, all profiles are exported"));
            return choices;
        }
        for (int i = 0; i < list.size(); i++) {
            String place = "filter.segments[" + i + "]";
            BodyFields entry = BodyFields.of(list.get(i), place + ".", violations);
            requireKnown(list.get(i), place, Set.of("segmentId", "segmentNs", "status"), violations);
            if (!entry.text("segmentNs", TEXT_LENGTH).orElse(NAMESPACE).equals(NAMESPACE)) {
                entry.refuse("segmentNs", "must be " + NAMESPACE);
            }
            Set<MembershipStatus> statuses = statuses(entry);
            Optional<String> id = entry.required("segmentId", entry.text("segmentId", TEXT_LENGTH));
            Optional<UUID> parsed = id.flatMap(RequestText::id);
            if (id.isPresent() && parsed.isEmpty()) {
                entry.refuse("segmentId", "there is no audience with the id " + id.get());
            }
            if (parsed.isPresent()
                    && choices.stream().anyMatch(other -> other.id().equals(parsed.get()))) {
                entry.refuse("segmentId", "names the same audience as an earlier one");
            }
            parsed.ifPresent(audience -> choices.add(new AudienceChoice(audience, statuses)));
        }
        return choices;
    }

    private static Set<MembershipStatus> statuses(BodyFields entry) {
        if (!entry.has("status")) {
            return MembershipStatus.OF_MEMBERS;
        }
        Set<MembershipStatus> statuses = EnumSet.noneOf(MembershipStatus.class);
        List<String> words = entry.texts("status", MembershipStatus.values().length, TEXT_LENGTH)
                .orElse(List.of());
        words.forEach(word -> MembershipStatus.of(word).ifPresent(statuses::add));
        if (statuses.isEmpty()
                || words.stream().anyMatch(word -> MembershipStatus.of(word).isEmpty())) {
            entry.refuse("status", "must be a list of realized, existing and exited");
            return MembershipStatus.OF_MEMBERS;
        }
        return statuses;
    }

    private static Optional<Format> format(BodyFields destination) {
        Optional<String> word = destination.text("format", TEXT_LENGTH);
        Optional<Format> format = word.flatMap(Format::of);
        if (word.isPresent() && format.isEmpty()) {
            destination.refuse("format", "must be ndjson or csv");
        }
        return format;
    }

    private static Optional<List<String>> eventFields(
            JsonNode body, BodyFields properties, Limits limits, List<Violation> violations) {
        requireKnown(body.path("additionalFields"), "additionalFields", Set.of("eventList"), violations);
        requireKnown(
                body.at("/additionalFields/eventList"),
                "additionalFields.eventList",
                Set.of("fields", "filter"),
                violations);
        BodyFields events = properties.object("additionalFields").object("eventList");
        JsonNode filter = body.at("/additionalFields/eventList/filter");
        if (!filter.isMissingNode() && !filter.isNull() && !(filter.isObject() && filter.isEmpty())) {
            events.refuse("filter", "is not supported, because events have no import time");
        }
        return events.present() ? Optional.of(paths(events, "fields", limits)) : Optional.empty();
    }

    private static Optional<Instant> time(BodyFields fields, String name) {
        Optional<String> text = fields.text(name, TEXT_LENGTH);
        try {
            return text.map(value -> RequestText.time(name, value));
        } catch (InvalidRequest notATime) {
            fields.refuse(name, "must be a time such as 2026-08-28T10:00:00Z, but is " + text.orElse(""));
            return Optional.empty();
        }
    }

    /**
     * The request with its defaults, as it is stored and returned. {@link #read} reads it again.
     *
     * @param ownMergePolicy the sandbox's merge policy
     */
    ObjectNode json(UUID ownMergePolicy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!fields.isEmpty()) {
            json.put("fields", String.join(",", fields));
        }
        json.putObject("mergePolicy").put("id", ownMergePolicy.toString()).put("version", 1);
        ObjectNode filter = json.putObject("filter");
        if (!audiences.isEmpty()) {
            ArrayNode segments = filter.putArray("segments");
            audiences.forEach(audience -> putInto(segments.addObject(), audience));
        }
        if (qualifiedFrom.isPresent() || qualifiedBefore.isPresent()) {
            ObjectNode qualification = filter.putObject("segmentQualificationTime");
            qualifiedFrom.ifPresent(time -> qualification.put("startTime", time.toString()));
            qualifiedBefore.ifPresent(time -> qualification.put("endTime", time.toString()));
        }
        changedAfter.ifPresent(time -> filter.put("fromIngestTimestamp", time.toString()));
        emptyProfiles.ifPresent(flag -> filter.put("emptyProfiles", flag));
        eventFields.ifPresent(paths -> {
            ObjectNode events = json.putObject("additionalFields").putObject("eventList");
            if (!paths.isEmpty()) {
                events.put("fields", String.join(",", paths));
            }
        });
        json.putObject("destination")
                .put("datasetId", datasetId)
                .put("segmentPerBatch", segmentPerBatch)
                .put("format", format.word());
        json.putObject("schema").put("name", SCHEMA);
        return json;
    }

    /** Writes {@code {"segmentId", "segmentNs", "status"}}. */
    static void putInto(ObjectNode segment, AudienceChoice audience) {
        segment.put("segmentId", audience.id().toString()).put("segmentNs", NAMESPACE);
        ArrayNode statuses = segment.putArray("status");
        audience.words().forEach(statuses::add);
    }
}
