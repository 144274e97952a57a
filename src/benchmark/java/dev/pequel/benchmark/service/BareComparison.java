package dev.pequel.benchmark.service;

import dev.pequel.benchmark.Report;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Divides Pequel's results by those of the bare application in the same packaging. */
final class BareComparison {

    private final Map<Measure, Map<ServicePackage, Double>> results = new EnumMap<>(Measure.class);

    void add(Measure measure, ServicePackage service, double result) {
        results.computeIfAbsent(measure, key -> new LinkedHashMap<>()).put(service, result);
    }

    /** Adds a row for each measure and each packaging in which both applications were measured. */
    void addTo(Report report) {
        for (Packaging packaging : Packaging.values()) {
            results.forEach((measure, byService) -> {
                Optional<Double> pequel = result(byService, ComparedApplication.PEQUEL, packaging);
                Optional<Double> bare = result(byService, ComparedApplication.BARE, packaging);
                if (pequel.isPresent() && bare.isPresent()) {
                    add(report, measure, packaging, pequel.get(), bare.get());
                }
            });
        }
    }

    private static Optional<Double> result(
            Map<ServicePackage, Double> byService, ComparedApplication application, Packaging packaging) {
        return Optional.ofNullable(byService.get(new ServicePackage(application, packaging)));
    }

    /** The bounds of start and memory are those of native executables. */
    private static void add(Report report, Measure measure, Packaging packaging, double pequel, double bare) {
        String unit = measure.unit();
        String what =
                "%s, %s: %,.0f%s, bare %,.0f%s".formatted(packaging.label(), measure.label(), pequel, unit, bare, unit);
        double ratio = pequel / bare;
        if (!measure.isCost()) {
            report.atLeast(what, ratio, measure.bound(), " times");
        } else if (packaging == Packaging.NATIVE) {
            report.atMost(what, ratio, measure.bound(), " times");
        } else {
            report.note(what, Report.number(ratio) + " times");
        }
    }
}
