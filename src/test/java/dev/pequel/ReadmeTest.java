package dev.pequel;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tour in README.md: its commands are run, one after the other, and what it shows of an answer must be in the answer. */
@QuarkusTest
@TestProfile(ReadmeTest.OwnTenant.class)
class ReadmeTest {
    private static final Pattern STEP =
            Pattern.compile("```sh\\n(curl .*?)```\\n\\n```json\\n(.*?)```", Pattern.DOTALL);

    @TestHTTPResource
    URI service;

    /** The reader is alone with the sample profiles, so the test is too. */
    public static final class OwnTenant implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pequel.tenant.default-organization", "tour@Pequel", "pequel.sample.organization", "tour@Pequel");
        }
    }

    /** The sample profiles are loaded in the background. */
    @BeforeEach
    void waitUntilReady() throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            if (given().get("/q/health/ready").statusCode() == 200) {
                return;
            }
            Thread.sleep(100);
        }
        fail("not ready after a minute");
    }

    @Test
    void everyAnswerOfTheTourIsTrue() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String tour = readme.substring(readme.indexOf("## Five minutes"), readme.indexOf("## Where to look"));
        List<MatchResult> steps = STEP.matcher(tour).results().toList();
        assertFalse(steps.isEmpty());
        assertEquals(tour.split("```sh").length - 1, steps.size(), "commands whose answer is shown");

        var json = new ObjectMapper();
        String id = "";
        for (MatchResult step : steps) {
            JsonNode answer = json.readTree(run(step.group(1), id));
            assertShown(json.readTree(step.group(2)), answer, step.group(1) + "\n" + answer.toPrettyString() + "\n");
            id = answer.path("id").asText(id);
        }
    }

    private String run(String command, String id) throws IOException, InterruptedException {
        var shell = new ProcessBuilder(
                        "sh", "-ec", command.replace("localhost:8080", service.getHost() + ":" + service.getPort()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        shell.environment().put("ID", id);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), command);
        return output;
    }

    private static void assertShown(JsonNode shown, JsonNode answer, String where) {
        if (shown.isObject()) {
            shown.properties()
                    .forEach(field ->
                            assertShown(field.getValue(), answer.path(field.getKey()), where + "/" + field.getKey()));
        } else if (shown.isArray()) {
            assertEquals(shown.size(), answer.size(), where);
            for (int i = 0; i < shown.size(); i++) {
                assertShown(shown.get(i), answer.get(i), where + "/" + i);
            }
        } else if (shown.asText().equals("...")) {
            assertTrue(answer.isValueNode() && !answer.asText().isEmpty(), where);
        } else {
            assertEquals(shown, answer, where);
        }
    }
}
