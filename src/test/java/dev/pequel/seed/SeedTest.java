package dev.pequel.seed;

import static dev.pequel.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.shutdown.GracePeriod;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory of seeds, loaded into sandboxes of an organization of its own. */
@QuarkusTest
class SeedTest {

    private static final String BASE = "/data/core/ups";
    private static final String SCHEMA = """
            {"type": "object", "properties": {
              "points": {"type": "integer"},
              "identityMap": {"type": "object"}}}
            """;
    private static final String PROFILES = """
            {"points": 10, "identityMap": {"crmid": [{"id": "C1"}]}}
            {"points": 20, "identityMap": {"crmid": [{"id": "C2"}]}}
            """;
    private static final String EVENTS = """
            {"_id": "E1", "timestamp": "2026-08-26T12:00:00Z", "eventType": "visit", "identityMap": {"crmid": [{"id": "C1"}]}}
            """;
    private static final String RICH = "11111111-1111-4111-8111-111111111111";
    private static final String AUDIENCES = """
            {"children": [
              {"name": "Not rich", "expression": {"value": "not inSegment(\\"%1$s\\")"}},
              {"id": "%1$s", "name": "Rich", "expression": {"value": "points > 15"}},
              {"name": "Listed", "type": "ExternalAudience", "audienceId": "listed"}
            ]}
            """.formatted(RICH);

    @Inject
    SeedFileLoader files;

    @Inject
    GracePeriod gracePeriod;

    @TempDir
    Path directory;

    private final String organization = "seeds-" + UUID.randomUUID();
    private Path folder;

    /** @param directory that is loaded */
    private record Settings(Optional<Path> directory, String organization, String sandbox) implements SeedSettings {}

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(directory.resolve("shop"));
    }

    @Test
    void everyKindIsLoadedInAlphabeticalOrder() throws IOException {
        write("01-schema.json", SCHEMA);
        write("02-profiles.ndjson", PROFILES);
        write("03-events.ndjson", EVENTS);
        write("04-audiences.json", AUDIENCES);
        write("05-members-listed.csv", "namespace,id\ncrmid,C1\n");
        write("README.md", "not a seed");

        assertLoaded();

        request()
                .get(BASE + "/config/schema")
                .then()
                .statusCode(200)
                .body("properties.points.type", equalTo("integer"));
        request()
                .get(BASE + "/audiences?sort=name:asc")
                .then()
                .body("children.name", contains("Listed", "Not rich", "Rich"))
                .body("children.createdBy", contains("seed", "seed", "seed"));
        request()
                .get(BASE + "/audiences/{id}/members", RICH)
                .then()
                .body("children.identityMap.crmid.id.flatten()", contains("C2"));
        String listed =
                request().get(BASE + "/audiences?property=audienceId==listed").path("children[0].id");
        request()
                .get(BASE + "/audiences/{id}/members", listed)
                .then()
                .body("children.identityMap.crmid.id.flatten()", contains("C1"));
        assertEquals(1, (int) request().get(BASE + "/events/import").path("_page.totalCount"));
    }

    @Test
    void aFileIsLoadedOnceAndAgainWhenItChanges() throws IOException {
        write("profiles.ndjson", PROFILES);
        write("w-audiences.json", AUDIENCES);
        assertLoaded();
        assertLoaded();
        assertEquals(1, (int) request().get(BASE + "/profiles/import").path("_page.totalCount"));

        write("w-audiences.json", AUDIENCES.replace("points > 15", "points > 5").replace("\"Listed\"", "\"Named\""));
        assertLoadedAfter(AUDIENCES);

        assertEquals(1, (int) request().get(BASE + "/profiles/import").path("_page.totalCount"));
        request()
                .get(BASE + "/audiences")
                .then()
                .body("children.name", containsInAnyOrder("Named", "Not rich", "Rich"));
        eventually(() -> request()
                .get(BASE + "/audiences/{id}/members", RICH)
                .path("_page.totalCount")
                .equals(2));
    }

    private void assertLoadedAfter(String before) throws IOException {
        assertTrue(!Files.readString(folder.resolve("w-audiences.json")).equals(before));
        assertLoaded();
    }

    @Test
    void foldersNameSandboxesAndOrganizations() throws IOException {
        String other = "seeds-" + UUID.randomUUID();
        Path nested = Files.createDirectories(directory.resolve(other).resolve("lab"));
        Files.writeString(directory.resolve("profiles.ndjson"), PROFILES);
        Files.writeString(nested.resolve("profiles.ndjson"), PROFILES);
        Files.createDirectories(directory.resolve(".git"));

        assertLoaded();

        assertEquals(1, (int) request("home").get(BASE + "/profiles/import").path("_page.totalCount"));
        assertEquals(1, (int) given().headers(Map.of("x-gw-ims-org-id", other, "x-sandbox-name", "lab"))
                .get(BASE + "/profiles/import")
                .path("_page.totalCount"));
    }

    @Test
    void aBrokenLineIsNamedAndKeepsTheServiceFromBeingReady() throws IOException {
        write("01-profiles.ndjson", PROFILES + "\n{\"points\": }\n");
        write("02-audiences.json", AUDIENCES);

        assertFails("shop/01-profiles.ndjson, line 4: ");
        // What comes after it may need it.
        request().get(BASE + "/audiences").then().body("children.name", empty());

        write("01-profiles.ndjson", PROFILES);
        assertLoaded();
        assertEquals(3, (int) request().get(BASE + "/audiences").path("_page.totalCount"));
    }

    @Test
    void anAudienceThatIsRefusedIsNamedByItsLineAndNoneOfItsFileIsStored() throws IOException {
        write("audiences.json", AUDIENCES.replace("points > 15", "points >"));

        assertFails("shop/audiences.json, line 3: its expression, line 1, column ");
        request().get(BASE + "/audiences").then().body("children.name", empty());
    }

    @Test
    void whatIsNotJsonIsNamedByItsLine() throws IOException {
        write("audiences.json", "[\n{\"name\": \"A\",\n}]");
        assertFails("shop/audiences.json, line 3: is not JSON: ");
    }

    @Test
    void aSchemaIsNamedByTheLineOfItsFirstProblem() throws IOException {
        write("schema.json", "{\"type\": \"object\",\n\"properties\": {\n\"a\": {\"type\": 1}}}");
        assertFails("shop/schema.json, line 3: ");
    }

    @Test
    void membersNeedAnAudience() throws IOException {
        write("members-nobody.csv", "crmid,C1");
        assertFails("shop/members-nobody.csv: there is no external audience with the audienceId or name nobody");
        Files.delete(folder.resolve("members-nobody.csv"));

        write("01-audiences.json", AUDIENCES);
        write("members-listed.csv", "crmid,C1\ncrmid");
        assertFails("shop/members-listed.csv: `line 2`: must have two fields, namespace and id, but has 1");
    }

    @Test
    void aFolderThatNoRequestCanNameIsRefused() throws IOException {
        Files.createDirectories(directory.resolve("what is this"));
        Files.writeString(directory.resolve("what is this").resolve("profiles.ndjson"), PROFILES);
        assertFails(
                "what is this/profiles.ndjson: requests cannot address the sandbox what is this of " + organization);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private SeedLoader loader() {
        return new SeedLoader(new Settings(Optional.of(directory), organization, "home"), files, gracePeriod);
    }

    private void assertLoaded() {
        SeedLoader loader = loader();
        assertEquals(Optional.empty(), loader.load());
        assertEquals(HealthCheckResponse.Status.UP, loader.call().getStatus());
    }

    private void assertFails(String begin) {
        SeedLoader loader = loader();
        String reason = loader.load().orElseThrow();
        assertTrue(reason.startsWith(begin), reason);
        HealthCheckResponse health = loader.call();
        assertEquals(HealthCheckResponse.Status.DOWN, health.getStatus());
        assertEquals(reason, health.getData().orElseThrow().get("reason"));
    }

    private RequestSpecification request() {
        return request("shop");
    }

    private RequestSpecification request(String sandbox) {
        return given().headers(Map.of("x-gw-ims-org-id", organization, "x-sandbox-name", sandbox));
    }
}
