package dev.pequel.benchmark.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the throughput of services, each on its own while all of them run. */
final class LoadMeasurement {

    /** An odd number, so that one of the turns is the median. */
    private static final int TURNS = 5;

    private static final int MIN_WARM_UP_SECONDS = 5;

    private final ServiceLauncher launcher;
    private final Wrk wrk;
    private final int seconds;

    /** @param seconds of all turns of one service with one kind of request */
    LoadMeasurement(ServiceLauncher launcher, Wrk wrk, int seconds) {
        this.launcher = launcher;
        this.wrk = wrk;
        this.seconds = seconds;
    }

    static int warmUpSeconds(int seconds) {
        return Math.max(MIN_WARM_UP_SECONDS, seconds / 2);
    }

    /** Every service must have the same kinds of loads in the same order. */
    void run(Map<ServicePackage, List<Load>> loads, BareComparison comparison)
            throws IOException, InterruptedException {
        System.out.printf(
                "%nRequests a second, %d connections, median of %d turns of %d s, warm:%n%n",
                wrk.connections(), TURNS, turnSeconds());
        System.out.println("| service | request | requests/s | min to max | 99% within | MiB after it | failed |");
        System.out.println("|---|---|---|---|---|---|---|");
        List<RunningService> services = new ArrayList<>();
        try {
            for (ServicePackage service : loads.keySet()) {
                services.add(launcher.start(service));
            }
            int kinds = loads.values().iterator().next().size();
            for (int i = 0; i < kinds; i++) {
                Map<RunningService, Load> kind = new LinkedHashMap<>();
                for (RunningService service : services) {
                    kind.put(service, loads.get(service.service()).get(i));
                }
                measure(kind, comparison);
            }
        } finally {
            for (RunningService service : services) {
                service.close();
            }
        }
    }

    private int turnSeconds() {
        return Math.max(1, seconds / TURNS);
    }

    /** Asks the services in turns, so that disturbances of the machine affect all of them alike. */
    private void measure(Map<RunningService, Load> loads, BareComparison comparison)
            throws IOException, InterruptedException {
        for (Map.Entry<RunningService, Load> load : loads.entrySet()) {
            wrk.run(load.getKey(), load.getValue(), warmUpSeconds(seconds));
        }
        Map<RunningService, List<WrkResult>> results = new LinkedHashMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            for (Map.Entry<RunningService, Load> load : loads.entrySet()) {
                results.computeIfAbsent(load.getKey(), key -> new ArrayList<>())
                        .add(wrk.run(load.getKey(), load.getValue(), turnSeconds()));
            }
        }
        for (Map.Entry<RunningService, List<WrkResult>> result : results.entrySet()) {
            print(result.getKey(), loads.get(result.getKey()).measure(), result.getValue(), comparison);
        }
    }

    private static void print(RunningService service, Measure measure, List<WrkResult> turns, BareComparison comparison)
            throws IOException {
        List<WrkResult> byRate = turns.stream()
                .sorted(Comparator.comparingDouble(WrkResult::rate))
                .toList();
        WrkResult median = byRate.get(TURNS / 2);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f to %.0f | %s | %.0f | %s |%n",
                service.service().name(),
                measure.label(),
                median.rate(),
                byRate.getFirst().rate(),
                byRate.getLast().rate(),
                median.p99(),
                service.residentMebibytes(),
                turns.stream()
                        .map(WrkResult::failed)
                        .filter(failed -> !failed.equals(WrkResult.NONE_FAILED))
                        .findFirst()
                        .orElse(WrkResult.NONE_FAILED));
        comparison.add(measure, service.service(), median.rate());
    }
}
