package dev.pequel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

/** How the service starts and ends, and what is said if it cannot start. */
@Timeout(240)
class StartTest {

    private static final Path JAR = Path.of(System.getProperty(PequelExtension.JAR_PARAMETER));

    @TempDir
    Path directory;

    @Test
    void theParameterComesBeforeTheVariable() throws IOException {
        Path one = Files.createFile(directory.resolve("one.jar"));
        Path other = Files.createFile(directory.resolve("other.jar"));
        Map<String, String> environment = Map.of(PequelExtension.JAR_VARIABLE, other.toString());

        assertEquals(one, PequelExtension.jar(Optional.of(one.toString()), environment));
        assertEquals(other, PequelExtension.jar(Optional.empty(), environment));
    }

    @Test
    void aMissingFileIsNamedWithWhatToDo() {
        String unknown = assertThrows(
                        ExtensionConfigurationException.class, () -> PequelExtension.jar(Optional.empty(), Map.of()))
                .getMessage();
        assertTrue(unknown.contains("./mvnw package -Plocal -DskipTests"), unknown);
        assertTrue(unknown.contains(PequelExtension.JAR_VARIABLE), unknown);

        Path missing = directory.resolve("missing.jar");
        String message = assertThrows(
                        ExtensionConfigurationException.class,
                        () -> PequelExtension.jar(Optional.of(missing.toString()), Map.of()))
                .getMessage();
        assertTrue(message.contains(missing.toString()), message);
    }

    @Test
    void aBrokenSeedIsNamedWithItsLine() throws IOException {
        Files.writeString(directory.resolve("profiles.ndjson"), "{\"person\": {}}\n");

        String message = assertThrows(
                        IllegalStateException.class,
                        () -> LocalService.start(JAR, Optional.of(directory)).close())
                .getMessage();

        assertTrue(message.contains("profiles.ndjson, line 1: "), message);
    }

    @Test
    void theOutputOfAFailedStartIsShown() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.jar"), "not a jar");

        String message = assertThrows(
                        IllegalStateException.class,
                        () -> LocalService.start(broken, Optional.empty()).close())
                .getMessage();

        assertTrue(message.contains("broken.jar"), message);
    }

    @Test
    void theServiceEndsWithTheTestsEvenIfTheyAreKilled() throws Exception {
        Process tests = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        JAR.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = tests.inputReader()) {
            ProcessHandle service =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            tests.destroyForcibly();

            service.onExit().get(120, TimeUnit.SECONDS);
        }
    }

    /** Starts the service, and says which process that is. */
    static final class Killed {

        public static void main(String... args) throws InterruptedException {
            LocalService.start(Path.of(args[0]), Optional.empty());
            System.out.println(
                    ProcessHandle.current().children().findFirst().orElseThrow().pid());
            Thread.currentThread().join();
        }
    }
}
