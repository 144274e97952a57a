package dev.pequel;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.time.Duration;
import java.util.Map;

/**
 * Limits so low that a test reaches them, for each organization by itself: a test needs one of its own. The console is
 * disabled.
 */
public final class LowLimits implements QuarkusTestProfile {

    public static final Duration UNREAD_BODY_TIMEOUT = Duration.ofMillis(100);

    /** More than the pool has connections to the database. */
    public static final int ALL_IMPORTS = 60;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("pequel.tenant.requests-per-second", "0.01"),
                Map.entry("pequel.tenant.request-burst", "400"),
                Map.entry("pequel.tenant.requests-at-a-time", "10"),
                Map.entry("pequel.request.body-timeout", "4s"),
                Map.entry("pequel.audience.per-sandbox", "3"),
                Map.entry("pequel.tenant.sandboxes", "3"),
                Map.entry("pequel.import.kept-jobs", "3"),
                Map.entry("pequel.audience.max-on-page", "2"),
                Map.entry("pequel.request.unread-body-timeout", UNREAD_BODY_TIMEOUT.toMillis() + "ms"),
                Map.entry("pequel.import.at-a-time", "1"),
                Map.entry("pequel.import.all-at-a-time", String.valueOf(ALL_IMPORTS)),
                Map.entry("pequel.export.waiting-jobs", "1"),
                Map.entry("pequel.export.kept-jobs", "2"),
                Map.entry("pequel.export.job-bytes", "1K"),
                Map.entry("pequel.export.audiences", "2"),
                Map.entry("pequel.export.fields", "3"),
                Map.entry("pequel.export.fields-length", "20"),
                Map.entry("pequel.segmentation.evaluations-at-a-time", "1"),
                Map.entry("pequel.segmentation.waiting-evaluations", "0"),
                Map.entry("pequel.segmentation.evaluation-timeout", "1s"),
                Map.entry("pequel.preview.per-sandbox", "2"),
                Map.entry("pequel.fields.values", "false"),
                Map.entry("pequel.segmentation.schedules-per-sandbox", "2"),
                Map.entry("pequel.segmentation.audiences-per-schedule", "1"),
                Map.entry("pequel.snapshot.memory", "4M"),
                Map.entry("pequel.database.statement-timeout", "2s"),
                Map.entry("pequel.console.enabled", "false"),
                Map.entry("pequel.sample.enabled", "false"));
    }
}
