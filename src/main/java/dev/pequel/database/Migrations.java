package dev.pequel.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables up to date before the first request. Flyway takes longer to find out that there is nothing to do than
 * everything else at the start, so its history is read first: where it names every migration, Flyway is left alone.
 */
@ApplicationScoped
class Migrations {

    private static final Pattern FILE = Pattern.compile("V(\\d+)__\\w+\\.sql");
    private static final String FIRST = "/db/migration/V1__sandbox.sql";
    private static final String UNDEFINED_TABLE = "42P01";

    /** In a native executable found out when it is built, because there are no directories in it. */
    static final Set<String> VERSIONS = versions();

    private final Database database;
    private final Instance<Flyway> flyway;

    Migrations(Database database, Instance<Flyway> flyway) {
        this.database = database;
        this.flyway = flyway;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started) {
        if (!applied().containsAll(VERSIONS)) {
            flyway.get().migrate();
        }
    }

    /** The versions of the migrations that the database has seen; none where it is new. */
    Set<String> applied() {
        try {
            return database.call(connection -> new HashSet<>(Sql.list(
                    connection,
                    "select version from flyway_schema_history where success and version is not null",
                    row -> row.getString(1))));
        } catch (DatabaseException e) {
            if (UNDEFINED_TABLE.equals(e.getCause().getSQLState())) {
                return Set.of();
            }
            throw e;
        }
    }

    private static Set<String> versions() {
        try {
            URI first = Migrations.class.getResource(FIRST).toURI();
            if (!first.getScheme().equals("jar")) {
                return versions(Path.of(first).getParent());
            }
            String file = first.getSchemeSpecificPart().split("!", 2)[0];
            try (FileSystem jar = FileSystems.newFileSystem(Path.of(URI.create(file)))) {
                return versions(jar.getPath(FIRST).getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> versions(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(file -> file.group(1))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
