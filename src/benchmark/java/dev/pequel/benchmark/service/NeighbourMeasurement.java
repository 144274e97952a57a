package dev.pequel.benchmark.service;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures one tenant's requests alone, and while another tenant asks for more heavy previews than it may have at
 * once.
 */
final class NeighbourMeasurement {

    private final ServiceLauncher launcher;
    private final Wrk wrk;
    private final int seconds;

    NeighbourMeasurement(ServiceLauncher launcher, Wrk wrk, int seconds) {
        this.launcher = launcher;
        this.wrk = wrk;
        this.seconds = seconds;
    }

    /** Measures Pequel only; the bare application has neither tenants nor previews. */
    void run(Map<ServicePackage, List<Load>> loads) throws IOException, InterruptedException {
        System.out.printf(
                "%nRequests a second of one tenant, %d connections for %d s, warm, and beside %d clients of another tenant that"
                        + " ask for heavy previews all the time:%n%n",
                wrk.connections(), seconds, PreviewingTenant.CLIENTS);
        System.out.println(
                "| service | request | alone | 99% within | beside previews | 99% within | failed | previews |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Map.Entry<ServicePackage, List<Load>> service : loads.entrySet()) {
            if (service.getKey().application() == ComparedApplication.PEQUEL) {
                measure(service.getKey(), service.getValue());
            }
        }
    }

    private void measure(ServicePackage service, List<Load> loads) throws IOException, InterruptedException {
        try (RunningService running = launcher.start(service);
                PreviewingTenant neighbour = new PreviewingTenant(running.address())) {
            neighbour.fill();
            for (Load load : loads) {
                wrk.run(running, load, LoadMeasurement.warmUpSeconds(seconds));
                WrkResult alone = wrk.run(running, load, seconds);
                neighbour.begin();
                WrkResult beside = wrk.run(running, load, seconds);
                String previews = neighbour.end();
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %.0f | %s | %.0f | %s | %s | %s |%n",
                        service.name(),
                        load.measure().label(),
                        alone.rate(),
                        alone.p99(),
                        beside.rate(),
                        beside.p99(),
                        beside.failed(),
                        previews);
            }
        }
    }
}
