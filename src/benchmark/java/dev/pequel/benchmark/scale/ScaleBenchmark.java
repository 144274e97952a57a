package dev.pequel.benchmark.scale;

import dev.pequel.OwnPostgresql;
import dev.pequel.benchmark.Arguments;
import dev.pequel.benchmark.Report;
import dev.pequel.profile.sample.SamplePopulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures what Pequel claims about millions of profiles. Starts a PostgreSQL and the packaged service as an operator
 * does, imports the sample population over HTTP, counts audiences and runs segment jobs over HTTP, and counts the same
 * in SQL.
 *
 * <p>Arguments, each {@code name=value}: {@code profiles} (1000000; there are five events for each), {@code directory}
 * ({@code target/scale}; what was imported there before is measured again without importing), {@code heap} ({@code
 * 2g}), {@code seed} (1), {@code jobs} ({@code 1,10,100,1000} audiences), {@code only} ({@code load} stops after the
 * import).
 */
public final class ScaleBenchmark {

    /** As an administrator would set it on a machine for this purpose; the defaults are meant for a tiny one. */
    private static final Map<String, String> POSTGRESQL = Map.of(
            "synchronous_commit", "on",
            "shared_buffers", "1GB",
            "work_mem", "64MB",
            "maintenance_work_mem", "256MB",
            "max_wal_size", "4GB",
            "random_page_cost", "1.1");

    private static final double MEBIBYTE = 1 << 20;

    private final Arguments arguments;
    private final int profiles;
    private final Path directory;
    private final Report report = new Report();

    private ScaleBenchmark(Arguments arguments) {
        this.arguments = arguments;
        this.profiles = arguments.number("profiles", 1_000_000);
        this.directory = Path.of(arguments.text("directory", "target/scale"))
                .resolve(String.valueOf(profiles))
                .toAbsolutePath();
    }

    public static void main(String[] arguments) throws Exception {
        new ScaleBenchmark(Arguments.parse(arguments, Set.of("profiles", "directory", "heap", "seed", "jobs", "only")))
                .run();
        // Connections and samplers of other processes may have left threads behind.
        System.exit(0);
    }

    private void run() throws Exception {
        Files.createDirectories(directory);
        ProgressMessages.print("PostgreSQL starts in %s", directory);
        try (OwnPostgresql database = new OwnPostgresql(directory.resolve("postgresql"), POSTGRESQL)) {
            importPopulation(database);
            if (!arguments.text("only", "").equals("load")) {
                database.update("vacuum analyze");
                measure(database);
            }
        }
        report.print();
    }

    private void importPopulation(OwnPostgresql database) throws Exception {
        ImportMeasurement measurement = new ImportMeasurement(directory, database, report);
        try (MeasuredService service = start(database)) {
            if (measurement.isDone()) {
                ProgressMessages.print("What was imported before is used again.");
            } else {
                measurement.run(service, new SamplePopulation(arguments.number("seed", 1), profiles, Instant.now()));
            }
        }
        measurement.reportRates();
    }

    private void measure(OwnPostgresql database) throws Exception {
        List<Integer> sizes = arguments.list("jobs", "1,10,100,1000").stream()
                .map(Integer::valueOf)
                .toList();
        try (MeasuredService service = start(database)) {
            readSnapshot(service);
            new CountMeasurement(service.client(), database, report).run();
            new JobMeasurement(service.client(), database, report).run(sizes);
            service.reportPeaks(report, "at most");
            report.atMost("  heap at the end, without garbage", service.heap().live() / MEBIBYTE, 2048, " MiB");
        }
    }

    private void readSnapshot(MeasuredService service) throws IOException, InterruptedException {
        ProgressMessages.print("The snapshot is read");
        AudienceClient client = service.client();
        MeasuredService.SnapshotReading snapshot =
                service.snapshotAfter(() -> client.totalProfiles(client.create("Nobody", "person.birthYear > 9999")));
        report.note("snapshot, time to read", snapshot.seconds() + " s");
        report.note(
                "  bytes for a profile with its events",
                Report.number(snapshot.bytes() / (double) Math.max(snapshot.profiles(), 1)));
    }

    private MeasuredService start(OwnPostgresql database) throws IOException {
        return MeasuredService.start(database, arguments.text("heap", "2g"));
    }
}
