package dev.pequel;

import static dev.pequel.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour in README.md: its commands are run in order, and what it shows of an answer must be in the answer. */
class ReadmeIT {
    private static final Pattern STEP =
            Pattern.compile("```sh\\n(curl .*?)```\\n\\n```json\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void everyAnswerOfTheTourIsTrue() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String tour = readme.substring(readme.indexOf("## Five minutes"), readme.indexOf("## Where to look"));
        List<MatchResult> steps = STEP.matcher(tour).results().toList();
        assertFalse(steps.isEmpty());
        assertEquals(tour.split("```sh").length - 1, steps.size(), "commands whose answer is shown");

        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("pequel.sample.enabled", "true");
            try (PackagedService service = PackagedService.start(settings)) {
                String address = service.address();
                // The sample profiles are loaded in the background.
                eventually(() -> given().get(address + "/q/health/ready").statusCode() == 200);
                take(steps, address);
            }
        }
    }

    private static void take(List<MatchResult> steps, String address) throws IOException, InterruptedException {
        var json = new ObjectMapper();
        String id = "";
        for (MatchResult step : steps) {
            JsonNode answer = json.readTree(run(step.group(1), address, id));
            assertShown(json.readTree(step.group(2)), answer, step.group(1) + "\n" + answer.toPrettyString() + "\n");
            id = answer.path("id").asText(id);
        }
    }

    private static String run(String command, String address, String id) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("sh", "-ec", command.replace("localhost:8080", address))
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
