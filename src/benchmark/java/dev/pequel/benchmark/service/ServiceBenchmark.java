package dev.pequel.benchmark.service;

import dev.pequel.benchmark.Arguments;
import dev.pequel.benchmark.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures how fast packaged services start and respond: Pequel and the bare Panache application of {@code
 * src/benchmark/bare}, native and on a JVM, on one PostgreSQL. {@code src/benchmark/run} packages them and runs this.
 *
 * <p>Arguments, each {@code --name=value}: {@code services} (all), {@code parts} ({@code start,load}; also {@code
 * neighbour}), {@code runs} (20 starts), {@code seconds} (30 of load), {@code connections} (32).
 */
public final class ServiceBenchmark {

    private static final int ROWS = 1_000;
    private static final String ALL_SERVICES = "bare-native,pequel-native,bare-jvm,pequel-jvm,bare-cache,pequel-cache";

    private final Arguments arguments;
    private final BenchmarkDatabase database;
    private final ServiceLauncher launcher;

    private ServiceBenchmark(Arguments arguments, BenchmarkDatabase database) {
        this.arguments = arguments;
        this.database = database;
        this.launcher = new ServiceLauncher(database);
    }

    public static void main(String[] arguments) throws Exception {
        Arguments parsed = Arguments.parse(arguments, Set.of("services", "parts", "runs", "seconds", "connections"));
        try (BenchmarkDatabase database = new BenchmarkDatabase()) {
            new ServiceBenchmark(parsed, database).run();
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        Map<ServicePackage, List<Load>> loads = new LinkedHashMap<>();
        for (String name : arguments.list("services", ALL_SERVICES)) {
            ServicePackage service = ServicePackage.parse(name);
            loads.put(service, Load.of(service.application(), prepare(service)));
        }
        List<String> parts = arguments.list("parts", "start,load");
        int seconds = arguments.number("seconds", 30);
        Wrk wrk = new Wrk(Path.of("target", "benchmark").toAbsolutePath(), arguments.number("connections", 32));
        BareComparison comparison = new BareComparison();
        if (parts.contains("start")) {
            new StartMeasurement(launcher, arguments.number("runs", 20)).run(loads.keySet(), comparison);
        }
        if (parts.contains("load")) {
            new LoadMeasurement(launcher, wrk, seconds).run(loads, comparison);
        }
        if (parts.contains("neighbour")) {
            new NeighbourMeasurement(launcher, wrk, seconds).run(loads);
        }
        Report report = new Report();
        comparison.addTo(report);
        report.print();
    }

    /** Creates the database of a service and rows in it, over HTTP, and returns their ids. */
    private List<String> prepare(ServicePackage service) throws IOException, InterruptedException, SQLException {
        database.create(service);
        ComparedApplication application = service.application();
        List<String> ids = new ArrayList<>(ROWS);
        try (RunningService running = launcher.train(service)) {
            for (int i = 0; i < ROWS; i++) {
                ids.add(running.client()
                        .post(application.collection(), application.body("Customers in the United States, " + i))
                        .path("id")
                        .asText());
            }
        }
        database.analyze(service);
        return ids;
    }
}
