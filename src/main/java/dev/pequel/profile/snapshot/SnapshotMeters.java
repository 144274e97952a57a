package dev.pequel.profile.snapshot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Meters of the snapshots in memory, of all tenants together. */
@ApplicationScoped
class SnapshotMeters {

    private final MeterRegistry registry;
    private final Timer reading;
    private final Counter failures;

    SnapshotMeters(MeterRegistry registry) {
        this.registry = registry;
        reading = Timer.builder("pequel.snapshot.reading")
                .description("Reads of snapshots from the database, complete or incremental")
                .register(registry);
        failures = Counter.builder("pequel.snapshot.failures")
                .description("Reads of snapshots that failed")
                .register(registry);
    }

    void watch(Snapshots snapshots) {
        gauge(snapshots, "pequel.snapshots", "Snapshots in memory", null, Snapshots::count);
        gauge(snapshots, "pequel.snapshot.profiles", "Profiles in memory", null, Snapshots::profiles);
        gauge(snapshots, "pequel.snapshot.size", "Heap used by all snapshots", "bytes", Snapshots::bytes);
        gauge(snapshots, "pequel.snapshot.budget", "Heap that all snapshots may use", "bytes", Snapshots::budget);
        gauge(
                snapshots,
                "pequel.snapshot.age",
                "Time since the oldest snapshot was read",
                "seconds",
                Snapshots::ageInSeconds);
    }

    private void gauge(
            Snapshots snapshots, String name, String description, String unit, ToDoubleFunction<Snapshots> value) {
        Gauge.builder(name, snapshots, value)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    <T> T reading(Supplier<T> work) {
        try {
            return reading.record(work);
        } catch (CancellationException givenUp) {
            throw givenUp;
        } catch (RuntimeException failed) {
            failures.increment();
            throw failed;
        }
    }
}
