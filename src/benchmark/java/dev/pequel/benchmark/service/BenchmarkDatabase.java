package dev.pequel.benchmark.service;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL with a database for each service. */
final class BenchmarkDatabase implements AutoCloseable {

    private final EmbeddedPostgres server;

    /**
     * Starts the server with room for the connection pools of all services. Commits wait for the disk, which is
     * PostgreSQL's default but not that of an embedded server.
     */
    BenchmarkDatabase() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "400")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    void create(ServicePackage service) throws SQLException {
        execute("postgres", "create database " + name(service));
        Optional<String> schema = service.application().schema();
        if (schema.isPresent()) {
            execute(name(service), schema.get());
        }
    }

    /** Collects the statistics that plans depend on; by itself PostgreSQL does so only after a minute. */
    void analyze(ServicePackage service) throws SQLException {
        execute(name(service), "vacuum analyze");
    }

    /** The environment variables that lead a service to its database. */
    Map<String, String> environment(ServicePackage service) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://localhost:" + server.getPort() + "/" + name(service),
                "QUARKUS_DATASOURCE_USERNAME",
                "postgres",
                "QUARKUS_DATASOURCE_PASSWORD",
                "postgres");
    }

    private static String name(ServicePackage service) {
        return service.name().replace('-', '_');
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
