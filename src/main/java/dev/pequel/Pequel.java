package dev.pequel;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigUtils;

/** The entry point of the production artifact. */
public final class Pequel {
    private Pequel() {}

    /**
     * Starts the service. Where no database is configured it writes one line that says what to set, and ends with
     * status 1.
     */
    public static void main(String... args) {
        // Asked before Quarkus starts: from there on a missing database is a page of stack traces.
        if (!ConfigUtils.isPropertyPresent("quarkus.datasource.jdbc.url")) {
            System.err.println("Pequel needs a PostgreSQL database: set QUARKUS_DATASOURCE_JDBC_URL"
                    + " (jdbc:postgresql://HOST:5432/DATABASE), QUARKUS_DATASOURCE_USERNAME and"
                    + " QUARKUS_DATASOURCE_PASSWORD.");
            System.exit(1);
        }
        Quarkus.run(args);
    }
}
