package dev.pequel.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code pequel check}: each page in {@code src/test/resources/command} has files, and what is found in them. */
class CheckCommandTest {

    private static final Path PAGES = Path.of("src/test/resources/command");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> everyPageIsTrue() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES).filter(Files::isRegularFile)) {
            return pages.sorted().toList().stream()
                    .map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> {
                        Path own = Files.createTempDirectory(directory, "page");
                        String shown = Files.readString(page);
                        assertEquals(shown, new CommandSession(own, Map.of(), Map.of()).run(shown));
                    }));
        }
    }

    @Test
    void sarifHasRulesPlacesAndFixes() throws IOException {
        Files.writeString(directory.resolve("a b.pql"), "person.name.firstName.startWith(\"Jo\")\n");
        Files.writeString(directory.resolve("c.json"), "{}");

        JsonNode run = sarif().at("/runs/0");

        JsonNode rules = run.at("/tool/driver/rules");
        Set<String> ids = new HashSet<>();
        rules.forEach(rule -> {
            assertTrue(ids.add(rule.path("id").asText()));
            assertTrue(rule.path("shortDescription").path("text").isTextual());
            assertTrue(Set.of("error", "warning")
                    .contains(rule.at("/defaultConfiguration/level").asText()));
        });
        assertEquals("utf16CodeUnits", run.path("columnKind").asText());
        assertEquals(3, run.path("results").size());
        run.path("results")
                .forEach(result -> assertEquals(
                        result.path("ruleId"),
                        rules.get(result.path("ruleIndex").intValue()).path("id")));
        JsonNode typo = run.at("/results/0");
        assertEquals("PQL2002", typo.path("ruleId").asText());
        assertEquals("error", typo.path("level").asText());
        assertTrue(typo.at("/message/text").asText().contains("`startWith`"));
        JsonNode place = typo.at("/locations/0/physicalLocation");
        assertTrue(place.at("/artifactLocation/uri").asText().endsWith("/a%20b.pql"));
        String region = "{\"startLine\":1,\"startColumn\":23,\"endLine\":1,\"endColumn\":32}";
        assertEquals(region, place.path("region").toString());
        JsonNode replacement = typo.at("/fixes/0/artifactChanges/0/replacements/0");
        assertEquals(region, replacement.path("deletedRegion").toString());
        assertEquals("startsWith", replacement.at("/insertedContent/text").asText());
    }

    @Test
    void sarifOfNothingIsARunWithoutResults() throws IOException {
        Files.writeString(directory.resolve("a.pql"), "person.birthYear > 1990");

        JsonNode sarif = sarif();

        assertEquals("2.1.0", sarif.path("version").asText());
        assertEquals("[]", sarif.at("/runs/0/results").toString());
    }

    /** Code scanning takes them as within the repository. */
    @Test
    void pathsInSarifAreRelativeWhereTheyWereGivenSo() throws IOException {
        Path file = Path.of("target", "command test", "a.pql");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "person.birthYear >");

        JsonNode sarif = sarif("./" + file);

        assertEquals(
                "target/command%20test/a.pql",
                sarif.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText());
    }

    /** Of {@code docs/examples}; a wrong option ends with status 2 even where help is asked for. */
    @Test
    void commandsOfTheExampleWorkflowExist() throws IOException {
        String workflow = Files.readString(Path.of("docs/examples/check-audiences.yml"));
        List<String> commands = Pattern.compile("\"\\$PEQUEL_IMAGE\" ([^>|]+?)\\s*(?:>|\\n\\n|\\n +-|\\z)")
                .matcher(workflow)
                .results()
                .map(command -> command.group(1) + " --help")
                .toList();

        assertEquals(3, commands.size());
        for (String command : commands) {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            int status = Commands.run(
                    Terminal.of(InputStream.nullInputStream(), output, output, Map.of()), command.split("\\s+"));
            assertEquals(0, status, () -> command + "\n" + output);
        }
    }

    private JsonNode sarif() throws IOException {
        return sarif(directory.toString());
    }

    private static JsonNode sarif(String... files) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Terminal terminal =
                Terminal.of(InputStream.nullInputStream(), output, OutputStream.nullOutputStream(), Map.of());
        Commands.run(
                terminal,
                Stream.concat(Stream.of("check", "--format", "sarif"), Stream.of(files))
                        .toArray(String[]::new));
        return new ObjectMapper().readTree(output.toByteArray());
    }
}
