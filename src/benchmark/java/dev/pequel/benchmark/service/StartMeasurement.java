package dev.pequel.benchmark.service;

import dev.pequel.benchmark.Median;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the time from the start of a process to its first response, and the memory after it. */
final class StartMeasurement {

    private final ServiceLauncher launcher;
    private final int runs;

    StartMeasurement(ServiceLauncher launcher, int runs) {
        this.launcher = launcher;
        this.runs = runs;
    }

    private record Start(double millis, double mebibytes) {}

    /** Starts the services in turns, so that disturbances of the machine affect all of them alike. */
    void run(Iterable<ServicePackage> services, BareComparison comparison) throws IOException, InterruptedException {
        Map<ServicePackage, List<Start>> starts = new LinkedHashMap<>();
        for (int i = 0; i < runs; i++) {
            for (ServicePackage service : services) {
                try (RunningService running = launcher.start(service)) {
                    starts.computeIfAbsent(service, key -> new ArrayList<>())
                            .add(new Start(running.startMillis(), running.residentMebibytes()));
                }
            }
        }
        System.out.printf(
                "%nFrom the start of the process to its first response (200, a page of 20), %d starts:%n%n", runs);
        System.out.println("| service | ms, median | ms, min to max | MiB after it, median |");
        System.out.println("|---|---|---|---|");
        starts.forEach((service, measured) -> print(service, measured, comparison));
    }

    private static void print(ServicePackage service, List<Start> starts, BareComparison comparison) {
        List<Double> millis = starts.stream().map(Start::millis).sorted().toList();
        double median = Median.of(millis);
        double mebibytes = Median.of(starts.stream().map(Start::mebibytes).toList());
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f to %.0f | %.0f |%n",
                service.name(),
                median,
                millis.getFirst(),
                millis.getLast(),
                mebibytes);
        comparison.add(Measure.START, service, median);
        comparison.add(Measure.MEMORY, service, mebibytes);
    }
}
