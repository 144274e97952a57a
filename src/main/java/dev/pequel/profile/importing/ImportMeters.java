package dev.pequel.profile.importing;

import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.ImportJob.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** Meters of imports, of all tenants together. */
@ApplicationScoped
class ImportMeters {

    private final MeterRegistry registry;

    ImportMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Content content : Content.values()) {
            written(content, ImportTally.NOTHING, ImportTally.NOTHING);
            for (Status status : Status.values()) {
                if (status != Status.PROCESSING) {
                    ended(content, status);
                }
            }
        }
    }

    /**
     * Records a chunk that was written.
     *
     * @param after the tally after the chunk
     * @param before the tally before the chunk
     */
    void written(Content content, ImportTally after, ImportTally before) {
        lines(content, "created", after, before, ImportTally::created);
        lines(content, "updated", after, before, ImportTally::updated);
        lines(content, "unchanged", after, before, ImportTally::unchanged);
        lines(content, "failed", after, before, ImportTally::failed);
        registry.counter("pequel.import.bytes", "content", content.word()).increment(after.bytes() - before.bytes());
    }

    private void lines(
            Content content, String outcome, ImportTally after, ImportTally before, ToLongFunction<ImportTally> count) {
        registry.counter("pequel.import.lines", "content", content.word(), "outcome", outcome)
                .increment(count.applyAsLong(after) - count.applyAsLong(before));
    }

    void ended(Content content, Status status, Duration time) {
        ended(content, status).record(time);
    }

    private Timer ended(Content content, Status status) {
        return Timer.builder("pequel.imports")
                .description("Imports that have ended")
                .tag("content", content.word())
                .tag("status", status.name())
                .register(registry);
    }
}
