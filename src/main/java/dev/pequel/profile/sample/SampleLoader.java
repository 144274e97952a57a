package dev.pequel.profile.sample;

import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.Imports;
import dev.pequel.shutdown.GracePeriod;
import dev.pequel.tenant.Tenant;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Iterator;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Loads the sample population in the background when the application starts. What an earlier start has loaded is kept.
 * The application is not ready before the population is loaded.
 */
@Readiness
@ApplicationScoped
public class SampleLoader implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(SampleLoader.class);

    private final SampleSettings settings;
    private final Imports imports;
    private final Clock clock;
    private final GracePeriod gracePeriod;
    private volatile boolean finished;
    private volatile boolean failed;
    private Optional<Thread> loading = Optional.empty();

    SampleLoader(SampleSettings settings, Imports imports, Clock clock, GracePeriod gracePeriod) {
        this.settings = settings;
        this.imports = imports;
        this.clock = clock;
        this.gracePeriod = gracePeriod;
    }

    void start(@Observes StartupEvent started) {
        begin();
    }

    /** Starts to load the sample population again, if it is enabled and not stored. Returns at once. */
    public synchronized void reload() throws InterruptedException {
        if (loading.isPresent()) {
            loading.get().interrupt();
            loading.get().join();
        }
        begin();
    }

    private void begin() {
        if (settings.enabled()) {
            finished = false;
            failed = false;
            loading = Optional.of(
                    Thread.ofPlatform().name("sample-loader").daemon().start(this::loadAll));
        } else {
            finished = true;
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        if (loading.isPresent()) {
            gracePeriod.end(loading.get());
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Sample profiles")
                .status(finished)
                .withData("state", state())
                .build();
    }

    private String state() {
        if (!settings.enabled()) {
            return "not requested";
        }
        // Health is public, and messages of the database may be confidential.
        return failed ? "failed; see the log" : finished ? "loaded" : "loading";
    }

    private void loadAll() {
        Tenant tenant = new Tenant(settings.organization(), settings.sandbox());
        SamplePopulation population = new SamplePopulation(settings.seed(), settings.profiles(), clock.instant());
        try {
            load(tenant, Content.PROFILES, population.profiles());
            load(tenant, Content.EVENTS, population.events());
            finished = true;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.info("Loading of sample profiles was interrupted. It continues at the next start.");
                return;
            }
            failed = true;
            LOG.error("The sample profiles could not be loaded.", e);
        }
    }

    private void load(Tenant tenant, Content content, Iterator<byte[]> documents) {
        if (!imports.hasSample(tenant, content)) {
            LOG.infof("Loading sample %s into %s.", content.word(), tenant);
            imports.runSample(tenant, content, documents);
        }
    }
}
