package dev.pequel.pql.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.BareRequests;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The language as the packaged service speaks it: every case of the {@code .test} files is sent to {@code /pql/evaluate}, or to
 * {@code /pql/check} where there is nothing to evaluate. So every function, operator and diagnostic is tried in it.
 */
@QuarkusIntegrationTest
@Tag("native")
class LanguageIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PQL = "/data/core/ups/pql/";

    private final String sandbox = "language-" + UUID.randomUUID();
    private final BareRequests requests = new BareRequests("dev@Pequel", sandbox);

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(LanguageTest.CASES)) {
            return files.filter(file -> file.toString().endsWith(".test"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyCaseOfAFile(Path path) throws IOException {
        TestFile file = TestFile.read(path);
        if (file.schema().isPresent()) {
            RestAssured.given()
                    .header("x-sandbox-name", sandbox)
                    .contentType(ContentType.JSON)
                    .body(file.schema().get())
                    .put("/data/core/ups/config/schema")
                    .then()
                    .statusCode(200);
        }
        List<String> wrong = new ArrayList<>();
        for (TestFile.Case c : file.cases()) {
            try {
                check(file, c);
                if (c.result().isPresent() && canBeSaid(file, c)) {
                    evaluate(file, c);
                }
            } catch (AssertionError e) {
                wrong.add(file.name() + ":" + c.line() + " " + c.expression() + ": " + e.getMessage());
            }
        }
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    private void check(TestFile file, TestFile.Case c) throws IOException {
        ObjectNode body = body(c);
        file.inputs().keySet().forEach(body.withArray("inputs")::add);
        JsonNode answer = requests.post(PQL + "check", body.toString(), 200);

        // The audiences of the cases are given with the profiles, and are none of the sandbox.
        boolean refersToAudiences =
                answer.get("diagnostics").findValuesAsText("code").contains("PQL2006");
        assertEquals(c.accepted() && !refersToAudiences, answer.get("valid").booleanValue(), answer::toPrettyString);
        List<String> found = new ArrayList<>();
        answer.get("diagnostics")
                .forEach(diagnostic -> found.add(diagnostic.get("severity").asText() + " "
                        + diagnostic.get("code").asText() + " at " + diagnostic.get("line") + ":"
                        + diagnostic.get("column")));
        for (TestFile.Expected expected : c.diagnostics()) {
            String start = (expected.isError() ? "error " : "warning ") + expected.code() + " at "
                    + expected.place().orElse("");
            assertTrue(
                    found.stream()
                            .anyMatch(one -> expected.place().isPresent() ? one.equals(start) : one.startsWith(start)),
                    () -> start + " is not among " + found);
        }
    }

    private void evaluate(TestFile file, TestFile.Case c) throws IOException {
        ObjectNode body = body(c);
        body.put("now", c.now().toString());
        body.set("profile", profile(file, c));
        for (Map.Entry<String, String> input : file.inputs().entrySet()) {
            body.withObject("/inputs").set(input.getKey(), JSON.readTree(input.getValue()));
        }
        ObjectNode context = body.putObject("context");
        for (Map.Entry<String, String> entry : file.context().entrySet()) {
            context.set(entry.getKey(), JSON.readTree(entry.getValue()));
        }
        JsonNode expected = JSON.readTree(c.result().orElseThrow());
        JsonNode value = requests.post(PQL + "evaluate", body.toString(), 200).get("value");
        if (!LanguageTest.same(expected, value)) {
            assertEquals(expected, value);
        }
    }

    private static ObjectNode body(TestFile.Case c) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("expression").put("value", c.expression());
        body.put("purpose", c.segment() ? "segment" : "value");
        return body;
    }

    /** Where the file gives memberships beside a profile with another {@code segmentMembership}, no request can say that. */
    private static boolean canBeSaid(TestFile file, TestFile.Case c) throws IOException {
        JsonNode own =
                JSON.readTree(file.profiles().get(c.profile().orElseThrow())).path("segmentMembership");
        return file.audiences().isEmpty()
                || own.isMissingNode()
                || own.isObject() && !own.path("ups").isValueNode();
    }

    /** Memberships that a file gives are part of the profile, where a request can say them. */
    private static JsonNode profile(TestFile file, TestFile.Case c) throws IOException {
        String name = c.profile().orElseThrow();
        JsonNode profile = JSON.readTree(file.profiles().get(name));
        for (Map.Entry<String, TestFile.Audience> audience : file.audiences().entrySet()) {
            if (!c.expression().contains(audience.getKey())) {
                continue;
            }
            ObjectNode memberships =
                    ((ObjectNode) profile).withObject("/segmentMembership").withObject("/ups");
            memberships.remove(audience.getKey());
            if (audience.getValue().members().contains(name)) {
                memberships.putObject(audience.getKey()).put("status", "realized");
            } else if (audience.getValue().exited().contains(name)) {
                memberships.putObject(audience.getKey()).put("status", "exited");
            }
        }
        return profile;
    }
}
