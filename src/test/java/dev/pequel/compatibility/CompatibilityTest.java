package dev.pequel.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pequel.FilledSandbox;
import dev.pequel.compatibility.CompatibilityRow.Contained;
import dev.pequel.compatibility.CompatibilityRow.Equal;
import dev.pequel.compatibility.CompatibilityRow.Expectation;
import dev.pequel.compatibility.CompatibilityRow.Given;
import dev.pequel.compatibility.CompatibilityRow.Header;
import dev.pequel.compatibility.CompatibilityRow.Parameter;
import dev.pequel.compatibility.CompatibilityRow.Present;
import dev.pequel.compatibility.CompatibilityRow.Request;
import dev.pequel.compatibility.CompatibilityRow.Status;
import dev.pequel.compatibility.CompatibilityRow.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What Pequel has of the hosted service: every row of {@code src/test/resources/compatibility} holds, every documented operation and
 * parameter has a row, and {@code docs/compatibility.md} is what the rows say.
 */
@QuarkusTest
class CompatibilityTest {

    private static final String BASE = "/data/core/ups";
    private static final Path TABLE = Path.of("docs", "compatibility.md");
    private static final String WRITE = "compatibility.write";
    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
    private static final String IGNORED = "Pequel-Ignored";

    private final List<CompatibilityRow> rows = CompatibilityRows.read();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> names = new HashMap<>();

    @Test
    void everyRowHolds() throws Exception {
        FilledSandbox sandbox = FilledSandbox.fresh();
        names.putAll(Map.ofEntries(
                Map.entry("organization", sandbox.organization()),
                Map.entry("sandbox", sandbox.name()),
                Map.entry("secret", sandbox.secret()),
                Map.entry("audience", sandbox.audience()),
                Map.entry("referring", sandbox.referring()),
                Map.entry("external", sandbox.external()),
                Map.entry("job", sandbox.job()),
                Map.entry("schedule", sandbox.schedule()),
                Map.entry("export", String.valueOf(sandbox.export())),
                Map.entry("preview", sandbox.preview()),
                Map.entry("entity", sandbox.entity()),
                Map.entry("mergePolicy", sandbox.mergePolicy())));

        List<String> failures = new ArrayList<>();
        for (CompatibilityRow row : rows) {
            if (row.request().isPresent()) {
                findings(row, row.request().get())
                        .forEach(finding -> failures.add(row.key().replace('\t', ' ') + ": " + finding));
            }
        }

        assertTrue(failures.isEmpty(), () -> String.join("\n", failures));
    }

    @Test
    void everyDocumentedOperationAndParameterHasARow() {
        List<String> keys = rows.stream().map(CompatibilityRow::key).toList();

        assertEquals(
                CompatibilityRows.hosted().stream().sorted().collect(Collectors.joining("\n")),
                keys.stream().filter(key -> !key.equals("*")).sorted().collect(Collectors.joining("\n")));
    }

    @Test
    void whatIsUnsupportedIsSaidToBe() {
        Set<String> unsupported =
                UnsupportedOperations.ALL.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                unsupported,
                rows.stream()
                        .filter(row -> row.parameter().isEmpty() && row.verdict() == Verdict.NO)
                        .map(row -> row.operation().replaceFirst("\\{\\w+}", "{ID}"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** A row that says yes without looking at the answer would hold whatever the service does. */
    @Test
    void everyRowProvesSomething() {
        for (CompatibilityRow row : rows) {
            assertTrue(row.verdict() != Verdict.DIFFERS || !row.note().isEmpty(), row.key() + " does not say how");
            if (row.request().isPresent()) {
                Request request = row.request().get();
                assertTrue(
                        (request.method() + " " + request.address().split("\\?")[0])
                                .matches(
                                        row.operation().equals("*")
                                                ? ".+"
                                                : row.operation().replaceAll("\\{\\w+}", "[^/]+")),
                        row.key() + " is shown by another operation");
                row.parameter()
                        .ifPresent(parameter ->
                                assertTrue(isIn(parameter, request), row.key() + " is not in its request"));
                assertTrue(expectsSomething(row), row.key() + " expects nothing");
            } else {
                assertEquals("*", row.key());
            }
        }
    }

    @Test
    void theTableIsThatOfTheRows() throws IOException {
        String expected = CompatibilityTable.of(rows);
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(TABLE, expected);
        }

        assertEquals(expected, Files.readString(TABLE), TABLE + " is out of date; -D" + WRITE + "=true writes it");
    }

    @Test
    void theServiceHasTheTable() throws IOException {
        assumeFalse(Boolean.getBoolean(WRITE), "The service was built with the table from before.");
        String served = RestAssured.given()
                .get("/compatibility.md")
                .then()
                .statusCode(200)
                .contentType("text/plain;charset=UTF-8")
                .header("Cache-Control", "private, no-cache")
                .extract()
                .asString();

        assertEquals(Files.readString(TABLE), served);
    }

    /** That a request with a parameter succeeds would not show that the parameter is read. */
    private static boolean expectsSomething(CompatibilityRow row) {
        return switch (row.verdict()) {
            case YES, DIFFERS ->
                row.expectations().stream()
                        .anyMatch(expectation -> !(expectation instanceof Status status)
                                || row.parameter().isEmpty()
                                || status.code() >= 400);
            case IGNORED, NO -> row.expectations().isEmpty();
        };
    }

    private static boolean isIn(Parameter parameter, Request request) {
        String name = parameter.name().replace("[]", "");
        return switch (parameter.place()) {
            case "query" -> request.address().matches(".*[?&]" + Pattern.quote(name) + "=.*");
            case "header" -> request.headers().containsKey(name) || isAlwaysSent(name);
            default -> request.body().contains("\"" + name + "\":");
        };
    }

    private static boolean isAlwaysSent(String header) {
        return header.equals("x-gw-ims-org-id") || header.equals("x-sandbox-name");
    }

    /** Everything that is not as a row says. */
    private List<String> findings(CompatibilityRow row, Request request) throws IOException, InterruptedException {
        for (Given given : row.givens()) {
            HttpResponse<String> first = send(given.request());
            String value = tree(first).at(given.pointer()).asText();
            if (value.isEmpty()) {
                return List.of(given.name() + " is not given: " + shown(first));
            }
            names.put(given.name(), value);
        }
        HttpResponse<String> answer = send(request);
        List<String> findings = new ArrayList<>();
        boolean isNamed = row.parameter().stream()
                .anyMatch(parameter -> ignored(answer).contains(parameter.name().replace("[]", "")));
        switch (row.verdict()) {
            case YES, DIFFERS -> {
                for (Expectation expectation : row.expectations()) {
                    if (!holds(expectation, answer)) {
                        findings.add(expectation + " is not " + shown(answer));
                    }
                }
                if (isNamed) {
                    findings.add("is ignored");
                }
            }
            case IGNORED -> {
                if (!isNamed || answer.statusCode() >= 300) {
                    findings.add("is not ignored: " + shown(answer));
                }
            }
            case NO -> {
                int status = row.parameter().isPresent() ? 400 : 501;
                boolean isTold = row.parameter()
                        .map(parameter -> "`" + parameter.name() + "`")
                        .map(answer.body()::contains)
                        .orElse(answer.headers().firstValue("Link").isPresent());
                if (answer.statusCode() != status || !isTold) {
                    findings.add("is not refused: " + shown(answer));
                }
            }
        }
        return findings;
    }

    private boolean holds(Expectation expectation, HttpResponse<String> answer) throws JsonProcessingException {
        JsonNode tree = tree(answer);
        return switch (expectation) {
            case Status status -> answer.statusCode() == status.code();
            case Header header ->
                answer.headers().firstValue(header.name()).equals(Optional.of(filled(header.value())));
            case Equal equal -> tree.at(filled(equal.pointer())).equals(json.readTree(filled(equal.json())));
            case Contained contained ->
                tree.at(filled(contained.pointer())).asText().contains(filled(contained.text()));
            case Present present -> tree.at(filled(present.pointer())).isMissingNode() != present.present();
        };
    }

    private HttpResponse<String> send(Request request) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + BASE + filled(request.address())))
                .method(
                        request.method(),
                        request.body().isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(filled(request.body())))
                .setHeader("x-gw-ims-org-id", names.get("organization"))
                .setHeader("x-sandbox-name", names.get("sandbox"))
                .setHeader("Content-Type", "application/json");
        request.headers().forEach((name, value) -> builder.setHeader(name, filled(value)));
        return client.send(builder.build(), BodyHandlers.ofString());
    }

    /** A text with names in braces replaced by what they stand for. */
    private String filled(String text) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(
                        Optional.ofNullable(names.get(name.group(1))).orElse(name.group())));
    }

    private JsonNode tree(HttpResponse<String> answer) throws JsonProcessingException {
        return answer.body().isEmpty() ? MissingNode.getInstance() : json.readTree(answer.body());
    }

    private static Set<String> ignored(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue(IGNORED)
                .map(value -> Set.of(value.split(", ")))
                .orElse(Set.of());
    }

    private static String shown(HttpResponse<String> answer) {
        return answer.statusCode() + " " + ignored(answer) + " " + answer.body();
    }
}
