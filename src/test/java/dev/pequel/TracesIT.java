package dev.pequel;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pequel.TraceCollector.Kind;
import dev.pequel.TraceCollector.Span;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the packaged service tells a collector of traces. Only a package of the Maven profile {@code traces} can; every other one
 * must tell nothing.
 */
@Timeout(180)
class TracesIT {

    private static final String BASE = "/data/core/ups";
    private static final String SECRET = "canary-4713";

    @TempDir
    Path directory;

    @Test
    void aRequestIsOneTraceFromParsingToSql() throws Exception {
        assumeTrue(canTrace(), "packaged without traces");
        try (TraceCollector collector = new TraceCollector()) {
            String log = run(collectedBy(collector));

            List<Span> spans = collector.spans();
            assertStages(spans, "POST " + BASE + "/audiences", Set.of("parse", "check"));
            assertStages(spans, "POST " + BASE + "/preview", Set.of("parse", "check", "evaluate"));
            assertStages(spans, "POST " + BASE + "/segment/jobs", Set.of());
            assertStages(spans, "segment job", Set.of("parse", "check", "evaluate"));
            assertEquals(
                    List.of(),
                    spans.stream()
                            .filter(span ->
                                    span.kind() == Kind.CLIENT && span.parent().isEmpty())
                            .toList(),
                    "SQL that belongs to nothing");
            assertTrue(collector.content().contains("pequel"), "the service is named");
            assertFalse(collector.content().contains(SECRET), "neither tokens nor values of expressions are told");
            assertTrue(log.contains("traceId"), log);
        }
    }

    @Test
    void switchedOffNothingIsTold() throws Exception {
        assumeTrue(canTrace(), "packaged without traces");
        try (TraceCollector collector = new TraceCollector()) {
            Map<String, String> settings = new HashMap<>(collectedBy(collector));
            settings.put("quarkus.otel.sdk.disabled", "true");

            String log = run(settings);

            assertEquals("", collector.content());
            assertFalse(log.contains("traceId"), log);
        }
    }

    @Test
    void aPackageWithoutTracesTellsNothing() throws Exception {
        assumeTrue(!canTrace(), "packaged with traces");
        try (TraceCollector collector = new TraceCollector()) {
            String log = run(collectedBy(collector));

            assertEquals("", collector.content());
            assertFalse(log.contains("traceId"), log);
        }
    }

    @Test
    void aPackageWithoutTracesHasNoneOfTheirLibraries() throws IOException {
        assumeTrue(!canTrace(), "packaged with traces");
        try (Stream<Path> libraries = Files.walk(PackagedService.libraries())) {
            assertEquals(
                    List.of(),
                    libraries
                            .map(library -> library.getFileName().toString())
                            .filter(name -> name.matches(".*(opentelemetry-(sdk|exporter|jdbc)|grpc|protobuf).*"))
                            .toList());
        }
    }

    /** All stages are in the trace of a request or other piece of work, and so is SQL. */
    private static void assertStages(List<Span> spans, String work, Set<String> stages) {
        Span first = spans.stream()
                .filter(span -> span.name().equals(work) && span.parent().isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError(work + " is not among " + spans));
        List<Span> trace = spans.stream()
                .filter(span -> span.trace().equals(first.trace()))
                .toList();
        Set<String> names = trace.stream().map(Span::name).collect(Collectors.toSet());
        assertTrue(names.containsAll(stages), work + ": " + names);
        assertTrue(trace.stream().anyMatch(span -> span.kind() == Kind.CLIENT), work + " has no SQL: " + names);
        Set<String> ids = trace.stream().map(Span::id).collect(Collectors.toSet());
        for (Span span : trace) {
            assertTrue(span.equals(first) || ids.contains(span.parent()), span + " is on its own in " + trace);
        }
    }

    private static Map<String, String> collectedBy(TraceCollector collector) {
        return Map.of(
                "quarkus.otel.exporter.otlp.endpoint",
                collector.address(),
                "quarkus.otel.exporter.otlp.protocol",
                "http/protobuf");
    }

    private String run(Map<String, String> settings) throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            return run(database, settings);
        }
    }

    /** Has a service do something of everything until it is stopped, by when it has told all, and answers its log. */
    private static String run(OwnPostgresql database, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(database.settings());
        all.putAll(settings);
        all.put("pequel.segmentation.job-poll", "200ms");
        StringBuffer log = new StringBuffer();
        try (PackagedService service =
                PackagedService.start(all, List.of(), line -> log.append(line).append('\n'))) {
            String address = service.address();
            String expression = "person.name.firstName = \\\"" + SECRET + "\\\"";
            String id = request(address)
                    .body("{\"name\": \"A\", \"expression\": {\"value\": \"" + expression + "\"}}")
                    .post(BASE + "/audiences")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("id");
            request(address)
                    .body("{\"predicateExpression\": \"" + expression + "\", \"predicateType\": \"pql/text\"}")
                    .post(BASE + "/preview")
                    .then()
                    .statusCode(201);
            String job = request(address)
                    .body("[{\"segmentId\": \"" + id + "\"}]")
                    .post(BASE + "/segment/jobs")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("id");
            eventually(() -> request(address)
                    .get(BASE + "/segment/jobs/" + job)
                    .path("status")
                    .equals("SUCCEEDED"));
            request(address)
                    .contentType("application/x-ndjson")
                    .body("{}".getBytes())
                    .post(BASE + "/profiles/import")
                    .then()
                    .statusCode(200);
            eventually(() -> log.indexOf("Imported") >= 0);
            service.terminate();
            service.status();
        }
        return log.toString();
    }

    private static Map<String, String> all(OwnPostgresql database, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(database.settings());
        all.put("pequel.segmentation.job-poll", "200ms");
        all.putAll(settings);
        return all;
    }

    private static RequestSpecification request(String address) {
        return PackagedService.request(address)
                .header("Authorization", "Bearer " + SECRET)
                .contentType("application/json");
    }

    private static boolean canTrace() throws IOException {
        try (Stream<Path> libraries = Files.walk(PackagedService.libraries())) {
            return libraries.anyMatch(
                    library -> library.getFileName().toString().contains("quarkus-opentelemetry-"));
        }
    }
}
