package dev.pequel.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.request.BodyFields;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import dev.pequel.schedule.Schedule.State;
import dev.pequel.schedule.Schedule.Type;
import dev.pequel.segmentation.RequestedAudiences;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads and validates the properties of a schedule that a client sets. */
@ApplicationScoped
class ScheduleReader {

    private static final int NAME_LENGTH = 255;
    private static final int WORD_LENGTH = 255;

    private final RequestedAudiences audiences;
    private final ScheduleSettings settings;
    private final Clock clock;

    ScheduleReader(RequestedAudiences audiences, ScheduleSettings settings, Clock clock) {
        this.audiences = audiences;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param present the stored schedule, of which unchanged parts are not checked again; empty for a new schedule
     * @throws InvalidRequest when a property is missing or has the wrong form, the expression cannot be used, or an
     *     audience is not evaluated
     */
    ScheduleContent read(Tenant tenant, JsonNode body, Optional<ScheduleContent> present) {
        List<Violation> violations = new ArrayList<>();
        BodyFields fields = BodyFields.ofBody(body, violations);
        Optional<String> name = fields.required("name", fields.word("name", NAME_LENGTH));
        checkType(fields);
        State state = state(fields);
        Optional<String> cron = cron(fields, state, present);
        Map<String, String> segments = segments(fields);
        Optional<List<UUID>> requested = present.map(ScheduleContent::audiences)
                .filter(stored -> isUnchanged(stored, segments))
                .orElseGet(() -> audiences.read(tenant, segments, violations));
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return new ScheduleContent(name.orElseThrow(), state, cron.orElseThrow(), requested);
    }

    private static void checkType(BodyFields fields) {
        fields.required("type", fields.text("type", WORD_LENGTH))
                .filter(type -> !type.equals(Type.BATCH_SEGMENTATION.word()))
                .ifPresent(type -> fields.refuse(
                        "type", "must be " + Type.BATCH_SEGMENTATION.word() + ", as only that is supported"));
    }

    private static State state(BodyFields fields) {
        Optional<String> word = fields.text("state", WORD_LENGTH);
        Optional<State> state = word.flatMap(State::of);
        if (word.isPresent() && state.isEmpty()) {
            fields.refuse("state", "must be active or inactive");
        }
        return state.orElse(State.INACTIVE);
    }

    private Optional<String> cron(BodyFields fields, State state, Optional<ScheduleContent> present) {
        Optional<String> cron = fields.required("schedule", fields.text("schedule", Integer.MAX_VALUE));
        boolean isSame =
                present.isPresent() && present.map(ScheduleContent::cron).equals(cron);
        boolean isActivated =
                state == State.ACTIVE && present.map(ScheduleContent::state).equals(Optional.of(State.INACTIVE));
        if (cron.isPresent() && (!isSame || isActivated)) {
            try {
                // The interval of a stored expression was checked when it was sent, or was set by the operator.
                CronTimes.of(cron.get())
                        .check(clock.instant(), isSame ? Duration.ZERO : settings.minScheduleInterval());
            } catch (CronException unusable) {
                fields.refuse("schedule", unusable.getMessage());
            }
        }
        return cron;
    }

    /** The entries of {@code properties.segments}, by their positions in the body. */
    private Map<String, String> segments(BodyFields fields) {
        if (!fields.has("properties")) {
            fields.refuse("properties", "is required");
            return Map.of();
        }
        BodyFields properties = fields.object("properties");
        if (!properties.present()) {
            return Map.of();
        }
        Optional<List<String>> words = properties.required(
                "segments", properties.texts("segments", settings.audiencesPerSchedule(), WORD_LENGTH));
        if (words.isPresent() && words.get().isEmpty()) {
            properties.refuse("segments", "must name an audience, or be [\"*\"] for all");
        }
        Map<String, String> segments = new LinkedHashMap<>();
        for (String word : words.orElse(List.of())) {
            segments.put("properties.segments[" + segments.size() + "]", word);
        }
        return segments;
    }

    private static boolean isUnchanged(Optional<List<UUID>> stored, Map<String, String> segments) {
        List<String> words =
                stored.map(ids -> ids.stream().map(UUID::toString).toList()).orElse(List.of(RequestedAudiences.ALL));
        return List.copyOf(segments.values()).equals(words);
    }
}
