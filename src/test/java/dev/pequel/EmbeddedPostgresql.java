package dev.pequel;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A real, empty PostgreSQL for the tests of one run. {@link DatabaseTest} gives it to every Quarkus test, {@link PackagedIT} to
 * every test of the packaged service.
 */
public final class EmbeddedPostgresql implements QuarkusTestResourceLifecycleManager, AutoCloseable {
    /**
     * Marks a field of type {@link DataSource} of a test that looks into the service's database. Unlike a bean of the service,
     * it is there too when the service is another process.
     */
    @Target(ElementType.FIELD)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Connections {}

    private EmbeddedPostgres server;

    /** The settings of the service that lead to this database. */
    @Override
    public Map<String, String> start() {
        try {
            server = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "pequel.authentication.open", "true");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                server.getPostgresDatabase(),
                new TestInjector.AnnotatedAndMatchesType(Connections.class, DataSource.class));
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
