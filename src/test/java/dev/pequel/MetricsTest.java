package dev.pequel;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see: metrics, the dashboard and alerts made of them, and health. */
@QuarkusTest
class MetricsTest {

    private static final Pattern METRIC = Pattern.compile("\\b(?:pequel|http_server|agroal|jvm)_[a-z0-9_]+");

    private final String organization = "organization-" + UUID.randomUUID();
    private final String sandbox = "metrics-" + UUID.randomUUID();

    @TestHTTPResource
    URI service;

    /** So that every meter has something to tell. */
    @BeforeEach
    void work() {
        request()
                .contentType("application/x-ndjson")
                .body("""
                        {"identityMap": {"crmid": [{"id": "C1"}]}, "homeAddress": {"countryCode": "US"}}
                        {"identityMap": {"crmid": [{"id": "C2"}]}}
                        not JSON
                        """.getBytes(StandardCharsets.UTF_8))
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200);
        String id = request()
                .contentType(ContentType.JSON)
                .body("""
                        {"name": "A", "expression": {"value": "homeAddress.countryCode = \\"US\\""}}
                        """)
                .post("/data/core/ups/audiences")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        request()
                .queryParam("withMetrics", true)
                .get("/data/core/ups/audiences/" + id)
                .then()
                .statusCode(200)
                .body("metrics.data.totalProfiles", equalTo(1));
    }

    @Test
    void linesOfImportsAreCountedByWhatBecameOfThem() {
        double created = value("pequel_import_lines_total{content=\"profiles\",outcome=\"created\"}");
        double failed = value("pequel_import_lines_total{content=\"profiles\",outcome=\"failed\"}");

        work();

        assertTrue(value("pequel_import_lines_total{content=\"profiles\",outcome=\"updated\"}") >= 0);
        assertEquals(created, value("pequel_import_lines_total{content=\"profiles\",outcome=\"created\"}"));
        assertEquals(failed + 1, value("pequel_import_lines_total{content=\"profiles\",outcome=\"failed\"}"));
    }

    @Test
    void evaluationsAreMeasured() {
        assertTrue(value("pequel_evaluation_seconds_count") >= 1);
        assertTrue(value("pequel_evaluation_audiences_total") >= 1);
        assertTrue(value("pequel_evaluation_profiles_total") >= 2);
        assertTrue(value("pequel_snapshots") >= 1);
        assertTrue(value("pequel_snapshot_profiles") >= 2);
        assertTrue(value("pequel_snapshot_size_bytes") > 0);
        assertTrue(value("pequel_snapshot_reading_seconds_count") >= 1);
    }

    @Test
    void requestsAreCountedByTheirPathsPattern() {
        String metrics = metrics();

        assertTrue(metrics.contains("uri=\"/data/core/ups/audiences/{id}\""), metrics);
    }

    /** What is sent by whoever has no token must not fill the memory. */
    @Test
    void madeUpMethodsAndAddressesAreNoSeries() throws Exception {
        String madeUp = "madeup" + UUID.randomUUID().toString().replace("-", "");
        String path = "/data/core/ups/audiences/" + madeUp;
        for (String line : List.of(
                madeUp.toUpperCase(Locale.ROOT) + " /x",
                madeUp.toUpperCase(Locale.ROOT) + " /data/core/ups/audiences",
                "GET /{" + madeUp + "}",
                "GET /" + madeUp + "?x={",
                "GET /" + madeUp + "/{id}",
                "GET /" + madeUp,
                "GET /" + madeUp + "/%zz",
                "GET /" + madeUp + "/" + "x".repeat(70_000),
                "GET //" + madeUp,
                "GET *" + madeUp,
                "GET http://x/" + madeUp,
                "GET " + path,
                "HEAD " + path,
                "OPTIONS " + path,
                "OPTIONS /" + madeUp,
                "TRACE " + path,
                "TRACE /" + madeUp,
                "DELETE " + path,
                "PROPFIND " + path,
                "FOO /q/" + madeUp)) {
            send(line, "Connection: close");
        }
        // Without a body the answer does not come before the connection ends.
        send("POST /data/core/ups/audiences", "Content-Length: 100");
        send("POST /data/core/ups/audiences/" + madeUp, "Content-Length: 100");
        send("PUT " + path, "Content-Length: 100");

        String metrics = metrics();

        assertEquals(
                List.of(),
                metrics.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).contains(madeUp))
                        .toList());
        assertTrue(metrics.contains("method=\"OTHER\""));
        assertTrue(metrics.contains("uri=\"OTHER\""));
    }

    /** Sends a request by hand, and waits for the answer where there will be one. */
    private void send(String line, String header) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: x\r\nx-gw-ims-org-id: " + organization + "\r\nx-sandbox-name: "
                                    + sandbox + "\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            if (header.startsWith("Connection")) {
                socket.getInputStream().readAllBytes();
            }
        }
    }

    @Test
    void metricsNameNoTenantAndNoAudience() {
        String metrics = metrics();

        assertFalse(metrics.contains(organization));
        assertFalse(metrics.contains(sandbox));
    }

    @Test
    void whateverTheDashboardAndTheAlertsNameIsThere() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Files.readString(Path.of("docker", "grafana", "dashboards", "pequel.json")));
        String alerts = Files.readString(Path.of("docker", "prometheus", "alerts.yaml"));
        Set<String> named = metricsIn(dashboard.toString());
        named.addAll(metricsIn(alerts));
        assertTrue(named.size() > 20, named.toString());

        Set<String> missing = new TreeSet<>(named);
        missing.removeAll(metricsIn(metrics()));

        assertEquals(Set.of(), missing);
    }

    @Test
    void everyMeterOfPequelIsOnTheDashboard() throws IOException {
        String dashboard = Files.readString(Path.of("docker", "grafana", "dashboards", "pequel.json"));

        Set<String> families = metricsIn(metrics()).stream()
                .filter(name -> name.startsWith("pequel_"))
                .map(name -> name.replaceFirst("_(count|sum|max|bucket)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        families.removeIf(dashboard::contains);

        assertEquals(Set.of(), families);
    }

    @Test
    void healthTellsItsReasons() {
        given().get("/q/health/live")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItems("Segment jobs"))
                .body("checks.find {it.name == 'Segment jobs'}.data.lastLook", notNullValue());
        // Ready only once the sample profiles are loaded.
        given().get("/q/health/ready").then().statusCode(oneOf(200, 503)).body("checks.name", hasItems("Migrations"));
    }

    private static Set<String> metricsIn(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static double value(String series) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series + " ") || line.startsWith(series + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + series));
    }

    private static String metrics() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }

    private RequestSpecification request() {
        return given().header("x-gw-ims-org-id", organization).header("x-sandbox-name", sandbox);
    }
}
