package dev.pequel;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A PostgreSQL that one test has for itself, and can stop and start again with everything that is in it. */
public final class OwnPostgresql implements AutoCloseable {

    private final Path directory;
    private final Map<String, String> configuration;
    private EmbeddedPostgres server;
    private final int port;

    public OwnPostgresql(Path directory) throws IOException {
        this(directory, Map.of());
    }

    /**
     * @param directory what it holds is kept
     * @param configuration of the server, as in {@code postgresql.conf}
     */
    public OwnPostgresql(Path directory, Map<String, String> configuration) throws IOException {
        this.directory = directory;
        this.configuration = configuration;
        this.server = builder().start();
        this.port = server.getPort();
    }

    private EmbeddedPostgres.Builder builder() {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setDataDirectory(directory).setCleanDataDirectory(false);
        configuration.forEach(builder::setServerConfig);
        return builder;
    }

    /** The settings of the service that lead to this database. */
    public Map<String, String> settings() {
        return Map.of(
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:" + port + "/postgres",
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "pequel.authentication.open", "true",
                "pequel.tenant.default-organization", "dev@Pequel",
                "pequel.tenant.default-sandbox", "prod");
    }

    void stop() throws IOException {
        server.close();
    }

    void start() throws IOException {
        server = builder().setPort(port).start();
    }

    /** The number in the first row. */
    public long number(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    public void update(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
