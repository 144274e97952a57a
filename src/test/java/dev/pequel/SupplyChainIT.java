package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the production artifact is made of is written down: every library, its version and its licence. */
class SupplyChainIT {

    private static final Path LIBRARIES = Path.of("target", "quarkus-app", "lib", "main");

    @Test
    void theSbomListsEveryLibraryOfTheArtifact() throws IOException {
        JsonNode sbom = sbom();
        List<String> listed = StreamSupport.stream(sbom.get("components").spliterator(), false)
                .map(component -> component.get("group").asText() + "."
                        + component.get("name").asText() + "-"
                        + component.get("version").asText())
                .toList();

        Set<String> missing = new TreeSet<>(libraries());
        // The name of a file may go on with a classifier.
        missing.removeIf(library -> listed.stream()
                .anyMatch(component -> library.equals(component) || library.startsWith(component + "-")));

        assertEquals("CycloneDX", sbom.get("bomFormat").asText());
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyComponentOfTheSbomHasALicence() throws IOException {
        for (JsonNode component : sbom().get("components")) {
            assertTrue(
                    component.path("licenses").size() > 0, component.get("purl").asText());
        }
    }

    @Test
    void theListOfLicencesNamesEveryLibrary() throws IOException {
        String licences = Files.readString(Path.of("target", "licenses", "THIRD-PARTY.txt"));

        assertFalse(libraries().isEmpty());
        long listed = licences.lines().filter(line -> line.startsWith("     (")).count();
        assertTrue(listed >= libraries().size(), listed + " of " + libraries().size());
    }

    private static JsonNode sbom() throws IOException {
        Path file = Path.of("target", "pequel-sbom.json");
        assumeTrue(Files.exists(file), "Maven's option -o leaves the SBOM out");
        return new ObjectMapper().readTree(Files.readString(file));
    }

    /** The libraries of the artifact, as {@code group.name-version}. */
    private static Set<String> libraries() throws IOException {
        assumeFalse(PackagedService.isNative(), "a native executable has its libraries in it");
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.jar$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
