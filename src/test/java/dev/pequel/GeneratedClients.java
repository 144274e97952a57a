package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients generated from the OpenAPI document of the packaged service compile, and their calls succeed. They are projects of their
 * own in {@code src/clients}.
 *
 * <p>{@code ./mvnw -Pclients verify} runs it. It needs Node.js and npm.
 */
@Timeout(600)
class GeneratedClients {

    private static final Path OUTPUT = Path.of("target", "clients");

    @TempDir
    static Path directory;

    private static OwnPostgresql database;
    private static PackagedService service;

    @BeforeAll
    static void start() throws IOException {
        database = new OwnPostgresql(directory);
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("pequel.segmentation.job-poll", "200ms");
        service = PackagedService.start(settings);
        Files.createDirectories(OUTPUT);
        Files.write(
                OUTPUT.resolve("openapi.json"),
                PackagedService.request(service.address())
                        .get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray());
    }

    @AfterAll
    static void stop() throws Exception {
        try (OwnPostgresql closedLast = database;
                PackagedService closedFirst = service) {
            // Both are closed even if one of them fails.
        }
    }

    @Test
    void inJava() throws Exception {
        run(Path.of(""), "./mvnw", "--batch-mode", "--no-transfer-progress", "-f", "src/clients/java", "test");
    }

    @Test
    void inTypeScript() throws Exception {
        Path project = Path.of("src", "clients", "typescript");
        run(project, "npm", "ci");
        run(project, "npm", "test");
    }

    private static void run(Path directory, String... command) throws Exception {
        Path output = OUTPUT.resolve(Path.of(command[0]).getFileName() + "-" + command[command.length - 1] + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PEQUEL_ADDRESS", service.address());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw new AssertionError(
                    "Cannot run " + command[0] + ". The clients in TypeScript need Node.js 20.19 or newer with npm.",
                    missing);
        }
        try {
            assertEquals(0, process.waitFor(), () -> Arrays.toString(command) + ":\n" + contents(output));
        } finally {
            process.destroy();
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
