package dev.pequel.local;

import dev.pequel.BootstrapConfig;
import dev.pequel.Pequel;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The entry point of {@code pequel-local}: the service together with a PostgreSQL server of its own. */
public final class PequelLocal {

    private static final String DATABASE = "quarkus.datasource.jdbc.url";

    /** Longer than {@code quarkus.shutdown.timeout}, which limits the requests in progress. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(25);

    private PequelLocal() {}

    /**
     * Starts the service. The database starts at the same time; {@link DatabaseAwaited} waits for it before it is used.
     * If {@code quarkus.datasource.jdbc.url} is set, that database is used instead.
     *
     * <p>The argument {@code health} instead asks a running service whether it is ready, as {@link Pequel} does. The
     * argument {@code unpack} with a directory unpacks PostgreSQL there, for {@code PEQUEL_LOCAL_POSTGRESQL}.
     */
    public static void main(String... args) {
        try {
            start(args);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void start(String... args) throws IOException {
        if (args.length == 1 && args[0].equals("health")) {
            Pequel.main(args);
        }
        if (args.length == 2 && args[0].equals("unpack")) {
            PostgresqlBinaries.unpack(Path.of(args[1]));
            return;
        }
        BootstrapConfig settings = new BootstrapConfig();
        LocalOptions options = LocalOptions.read(args, settings);
        boolean ownDatabase = settings.find(DATABASE).isEmpty();
        System.out.println("This is pequel-local, for development and tests: access is not restricted. Data is "
                + (ownDatabase
                        ? options.whereDataIs()
                        : "in " + settings.find(DATABASE).orElseThrow()) + ".");
        options.parent().ifPresent(PequelLocal::endWith);
        options.settings().forEach(System::setProperty);
        System.setProperty(
                "pequel.authentication.open",
                settings.find("pequel.authentication.open").orElse("true"));
        // The framework would refuse malformed URIs without a reason; the package `http` gives one.
        System.setProperty("vertx.disableURIValidation", "true");
        CountDownLatch ended = new CountDownLatch(1);
        if (ownDatabase) {
            startDatabase(options.data(), settings, ended);
        }
        Quarkus.run(null, (status, failure) -> {
            ended.countDown();
            System.exit(status);
        });
    }

    /** Ends this process when another process has ended for any reason. */
    private static void endWith(long pid) {
        ProcessHandle.of(pid)
                .map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRunAsync(() -> System.exit(0));
    }

    /** Starts the database in the background, and stops it after the service has ended. */
    private static void startDatabase(Optional<Path> data, BootstrapConfig settings, CountDownLatch ended)
            throws IOException {
        LocalDirectory directory = LocalDirectory.open(data);
        LocalPostgresql database = new LocalPostgresql(
                directory, settings.find("pequel.local.postgresql").map(Path::of));
        System.setProperty(DATABASE, database.url());
        System.setProperty("quarkus.datasource.username", LocalPostgresql.USER);
        System.setProperty("quarkus.datasource.password", database.password());
        if (settings.find("pequel.export.directory").isEmpty()) {
            System.setProperty("pequel.export.directory", directory.exports().toString());
        }
        AtomicBoolean hasStarted = new AtomicBoolean();
        Thread.ofPlatform().name("postgresql").daemon().start(() -> {
            try {
                database.start();
                hasStarted.set(true);
            } catch (CancellationException stopped) {
                // The process is ending, so there is nothing to report.
            } catch (IOException | RuntimeException e) {
                System.err.println("PostgreSQL did not start: " + e.getMessage());
                database.stop();
                // `exit` would wait for the service, which waits for the database.
                Runtime.getRuntime().halt(1);
            }
        });
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop-postgresql").unstarted(() -> {
                    // Without a database, the service would wait for it, and never end.
                    if (hasStarted.get()) {
                        await(ended);
                    }
                    database.stop();
                }));
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
