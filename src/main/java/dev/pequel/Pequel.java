package dev.pequel;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.PropertiesConfigSourceLoader;
import java.nio.file.Path;

/** The entry point of the production artifact. */
public final class Pequel {
    private static final String DATABASE = "quarkus.datasource.jdbc.url";
    /** Below that of the environment, as Quarkus has it. */
    private static final int FILE_ORDINAL = 260;

    private Pequel() {}

    /**
     * Starts the service. Where no database is configured it writes one line that says what to set, and ends with
     * status 1. With the argument {@code health} it asks a running service instead, and ends with status 0 if that is ready.
     */
    public static void main(String... args) {
        if (args.length == 1 && args[0].equals("health")) {
            System.exit(HealthProbe.ofEnvironment().isReady() ? 0 : 1);
        }
        // Asked before Quarkus starts: from there on a missing database is a page of stack traces.
        if (!isDatabaseConfigured()) {
            System.err.println("Pequel needs a PostgreSQL database: set QUARKUS_DATASOURCE_JDBC_URL"
                    + " (jdbc:postgresql://HOST:5432/DATABASE), QUARKUS_DATASOURCE_USERNAME and"
                    + " QUARKUS_DATASOURCE_PASSWORD.");
            System.exit(1);
        }
        // The framework would refuse malformed addresses without saying why; `error` does it instead.
        System.setProperty("vertx.disableURIValidation", "true");
        Quarkus.run(args);
    }

    /** A native executable has no configuration yet at this point, so the places where it may be are looked at one by one. */
    private static boolean isDatabaseConfigured() {
        String file = Path.of("config", "application.properties").toUri().toString();
        return System.getenv("QUARKUS_DATASOURCE_JDBC_URL") != null
                || System.getProperty(DATABASE) != null
                || ConfigUtils.emptyConfigBuilder()
                        .withSources(PropertiesConfigSourceLoader.inFileSystem(
                                file, FILE_ORDINAL, Pequel.class.getClassLoader()))
                        .build()
                        .isPropertyPresent(DATABASE);
    }
}
