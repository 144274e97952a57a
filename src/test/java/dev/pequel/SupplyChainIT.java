package dev.pequel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        JsonNode sbom = new ObjectMapper().readTree(Files.readString(Path.of("target", "pequel-sbom.json")));
        Set<String> listed = StreamSupport.stream(sbom.get("components").spliterator(), false)
                .map(component -> component.get("group").asText() + "."
                        + component.get("name").asText() + "-"
                        + component.get("version").asText())
                .collect(Collectors.toSet());

        Set<String> missing = new TreeSet<>(libraries());
        missing.removeAll(listed);

        assertEquals("CycloneDX", sbom.get("bomFormat").asText());
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyComponentOfTheSbomHasALicence() throws IOException {
        JsonNode sbom = new ObjectMapper().readTree(Files.readString(Path.of("target", "pequel-sbom.json")));

        for (JsonNode component : sbom.get("components")) {
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

    /** The libraries of the artifact, as {@code group.name-version}. */
    private static Set<String> libraries() throws IOException {
        assumeFalse(PackagedService.isNative(), "a native executable has its libraries in it");
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.jar$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
