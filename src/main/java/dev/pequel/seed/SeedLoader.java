package dev.pequel.seed;

import dev.pequel.shutdown.GracePeriod;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Loads the seed directory in the background when the application starts. The application is not ready before that is
 * done. Loading stops at the first file that fails; the next start tries that file again.
 */
@Readiness
@ApplicationScoped
public class SeedLoader implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(SeedLoader.class);

    /** @param reason the reason of a failure, which may be public */
    private record State(boolean isReady, String text, Optional<String> reason) {}

    private static final State NONE = new State(true, "not requested", Optional.empty());
    private static final State LOADING = new State(false, "loading", Optional.empty());
    private static final State LOADED = new State(true, "loaded", Optional.empty());

    private final SeedSettings settings;
    private final SeedFileLoader files;
    private final GracePeriod gracePeriod;
    private volatile State state = LOADING;
    private Optional<Thread> loading = Optional.empty();

    SeedLoader(SeedSettings settings, SeedFileLoader files, GracePeriod gracePeriod) {
        this.settings = settings;
        this.files = files;
        this.gracePeriod = gracePeriod;
    }

    void start(@Observes StartupEvent started) {
        if (settings.directory().isEmpty()) {
            state = NONE;
            return;
        }
        loading = Optional.of(Thread.ofPlatform().name("seed-loader").daemon().start(this::load));
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        if (loading.isPresent()) {
            gracePeriod.end(loading.get());
        }
    }

    /**
     * Loads all files that have not been loaded, and returns when that is done. A failure is logged and shown by the
     * readiness check.
     *
     * @return the reason of a failure
     */
    public synchronized Optional<String> load() {
        if (settings.directory().isEmpty()) {
            return Optional.empty();
        }
        state = LOADING;
        state = load(settings.directory().get());
        return state.reason();
    }

    private State load(Path directory) {
        try {
            for (SeedFile file : SeedFile.in(directory, settings)) {
                if (Thread.currentThread().isInterrupted()) {
                    return LOADING;
                }
                load(file);
            }
            return LOADED;
        } catch (SeedFailure e) {
            LOG.errorf("A seed could not be loaded: %s", e.getMessage());
            return new State(false, "failed", Optional.of(e.getMessage()));
        }
    }

    private void load(SeedFile file) {
        try {
            files.load(file);
        } catch (SeedFailure e) {
            throw e;
        } catch (RuntimeException e) {
            // Health is public, and messages of the database may be confidential.
            LOG.errorf(e, "Seed %s could not be loaded.", file.name());
            throw new SeedFailure(file.name(), "it failed; see the log");
        }
    }

    @Override
    public HealthCheckResponse call() {
        State now = state;
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("Seeds").status(now.isReady()).withData("state", now.text());
        now.reason().ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
