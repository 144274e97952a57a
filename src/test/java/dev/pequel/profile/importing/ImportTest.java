package dev.pequel.profile.importing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pequel.EmbeddedPostgresql;
import dev.pequel.database.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ImportTest {

    private static final String PROFILES = "/data/core/ups/profiles/import";
    private static final String EVENTS = "/data/core/ups/events/import";
    private static final String OF_SANDBOX =
            " where sandbox_id = (select id from sandbox where organization = 'dev@Pequel' and name = ?)";

    /** A sandbox that no other test knows. */
    private final String sandbox = "import-" + UUID.randomUUID();

    @EmbeddedPostgresql.Connections
    DataSource database;

    @Test
    void importsProfiles() {
        importing(
                        PROFILES,
                        "{\"person\":{\"name\":{\"firstName\":\"Joe\"}},\"identityMap\":{\"email\":[{\"id\":\"joe@example.com\"}]}}",
                        "{\"identityMap\":{\"crmid\":[{\"id\":\"C1\",\"primary\":true}],\"email\":[{\"id\":\"ada@example.com\"}]}}")
                .body("id", notNullValue())
                .body("imsOrgId", equalTo("dev@Pequel"))
                .body("sandbox.sandboxName", equalTo(sandbox))
                .body("content", equalTo("profiles"))
                .body("status", equalTo("SUCCEEDED"))
                .body("metrics.linesRead", equalTo(2))
                .body("metrics.created", equalTo(2))
                .body("metrics.updated", equalTo(0))
                .body("metrics.failed", equalTo(0))
                .body("errors", empty());

        assertEquals(List.of("0 Joe", "1 null"), profiles("attributes #>> '{person,name,firstName}'"));
        assertEquals(List.of("crmid C1 1", "email ada@example.com 1", "email joe@example.com 0"), identities());
    }

    @Test
    void theJobCanBeLookedUpAndListed() {
        String id = importing(PROFILES, "{\"identityMap\":{\"email\":[{\"id\":\"joe@example.com\"}]}}")
                .extract()
                .path("id");

        request().get(PROFILES + "/" + id).then().statusCode(200).body("metrics.created", equalTo(1));
        request()
                .get(PROFILES)
                .then()
                .statusCode(200)
                .body("children.id", contains(id))
                .body("_page.totalCount", equalTo(1));
        request().get(EVENTS + "/" + id).then().statusCode(404);
        request().get(PROFILES + "/nonsense").then().statusCode(404);
        request()
                .get(PROFILES + "?limit=0")
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("limit"));
    }

    @Test
    void aProfileReplacesTheOneWithTheSameIdentity() {
        importing(
                PROFILES,
                "{\"n\":1,\"identityMap\":{\"ecid\":[{\"id\":\"1\"}],\"email\":[{\"id\":\"old@example.com\"}]}}",
                "{\"n\":2,\"identityMap\":{\"ecid\":[{\"id\":\"2\"}]}}");

        importing(PROFILES, "{\"n\":3,\"identityMap\":{\"ecid\":[{\"id\":\"1\"}],\"crmid\":[{\"id\":\"C1\"}]}}")
                .body("metrics.created", equalTo(0))
                .body("metrics.updated", equalTo(1));

        assertEquals(List.of("0 3", "1 2"), profiles("attributes ->> 'n'"));
        assertEquals(List.of("crmid C1 0", "ecid 1 0", "ecid 2 1"), identities());
    }

    @Test
    void anIdentityThatWasGivenUpIsFreeForAnotherProfile() {
        importing(PROFILES, "{\"n\":1,\"identityMap\":{\"ecid\":[{\"id\":\"1\"}],\"phone\":[{\"id\":\"555\"}]}}");
        importing(
                        PROFILES,
                        "{\"n\":2,\"identityMap\":{\"ecid\":[{\"id\":\"1\"}]}}",
                        "{\"n\":3,\"identityMap\":{\"ecid\":[{\"id\":\"9\"}],\"phone\":[{\"id\":\"555\"}]}}")
                .body("metrics.created", equalTo(1))
                .body("metrics.updated", equalTo(1));

        assertEquals(List.of("ecid 1 0", "ecid 9 1", "phone 555 1"), identities());
    }

    @Test
    void profilesAreNotMerged() {
        importing(
                PROFILES,
                "{\"identityMap\":{\"ecid\":[{\"id\":\"1\"}]}}",
                "{\"identityMap\":{\"crmid\":[{\"id\":\"C2\"}]}}");

        importing(PROFILES, "{\"identityMap\":{\"ecid\":[{\"id\":\"1\"}],\"crmid\":[{\"id\":\"C2\"}]}}")
                .body("metrics.failed", equalTo(1))
                .body("errors[0].line", equalTo(1))
                .body("errors[0].code", equalTo("CONFLICTING_IDENTITIES"))
                .body("errors[0].message", containsString("ecid:1"))
                .body("errors[0].message", containsString("crmid:C2"));
    }

    @Test
    void goodLinesAreKeptAndBadOnesReportedWithTheirNumbers() {
        importing(
                        PROFILES,
                        "",
                        "{\"n\":2,\"identityMap\":{\"ecid\":[{\"id\":\"2\"}]}}",
                        "{\"n\":3,",
                        "[]",
                        "{\"n\":5}",
                        "{\"n\":6,\"identityMap\":{\"ecid\":\"6\"}}",
                        "{\"n\":7,\"identityMap\":{\"ecid\":[{\"id\":7}]}}",
                        "{\"n\":8,\"identityMap\":{\"ecid\":[{\"id\":\"8\"}]}} {}",
                        "{\"n\":\"\\u0000\",\"identityMap\":{\"ecid\":[{\"id\":\"9\"}]}}",
                        "{\"n\":1e999999,\"identityMap\":{\"ecid\":[{\"id\":\"10\"}]}}",
                        "{\"n\":\"\\ud800\",\"identityMap\":{\"ecid\":[{\"id\":\"11\"}]}}",
                        "{\"n\":12,\"identityMap\":{\"ecid\":[{\"id\":\"12\"}]}}")
                .body("status", equalTo("SUCCEEDED"))
                .body("metrics.linesRead", equalTo(12))
                .body("metrics.created", equalTo(2))
                .body("metrics.failed", equalTo(9))
                .body("errors.line", contains(3, 4, 5, 6, 7, 8, 9, 10, 11))
                .body(
                        "errors.code",
                        contains(
                                "INVALID_JSON",
                                "INVALID_JSON",
                                "NO_IDENTITY",
                                "INVALID_IDENTITY",
                                "INVALID_IDENTITY",
                                "INVALID_JSON",
                                "NOT_STORABLE",
                                "NOT_STORABLE",
                                "NOT_STORABLE"));

        assertEquals(List.of("0 2", "1 12"), profiles("attributes ->> 'n'"));
    }

    @Test
    void whatCannotBeStoredOfALineIsReplacedInItsError() {
        importing(PROFILES, "{\"n\":1}a\0b", "{\"identityMap\":{\"ecid\":[{\"id\":\"1\"}]}}")
                .body("metrics.created", equalTo(1))
                .body("errors.code", contains("INVALID_JSON"))
                .body("errors[0].message", containsString("a\ufffdb"));
    }

    @Test
    void whatIsWrongWithALineIsSaidWithoutNamesOfTheParser() {
        importing(PROFILES, "{\"n\":NaN}")
                .body("errors.code", contains("INVALID_JSON"))
                .body("errors[0].message", equalTo("Non-standard token 'NaN'"));
    }

    @Test
    void importsEventsOfProfiles() {
        importing(PROFILES, "{\"identityMap\":{\"email\":[{\"id\":\"joe@example.com\"}]}}");

        importing(
                        EVENTS,
                        event("e1", "\"2026-01-01T10:00:00.123Z\"", "joe@example.com"),
                        event("e2", "1767261600000", "joe@example.com"),
                        event("e3", "\"2026-01-01T12:00:00+02:00\"", "joe@example.com"),
                        event("e4", "1767261600000.0", "joe@example.com"),
                        event("e5", "1.7672616E12", "joe@example.com"))
                .body("metrics.created", equalTo(5));

        assertEquals(
                List.of(
                        "e1 0 2026-01-01 10:00:00.123",
                        "e2 0 2026-01-01 10:00:00",
                        "e3 0 2026-01-01 10:00:00",
                        "e4 0 2026-01-01 10:00:00",
                        "e5 0 2026-01-01 10:00:00"),
                rows(
                        "select event_id || ' ' || (profile_id & 4294967295) || ' ' || timestamp at time zone 'UTC' from experience_event"
                                + OF_SANDBOX + " order by event_id"));
    }

    @Test
    void anEventSentTwiceIsOneEvent() {
        importing(PROFILES, "{\"identityMap\":{\"email\":[{\"id\":\"joe@example.com\"}]}}");
        String event = event("e1", "\"2026-01-01T10:00:00Z\"", "joe@example.com");

        importing(EVENTS, event, event).body("metrics.created", equalTo(1)).body("metrics.unchanged", equalTo(1));
        importing(EVENTS, event).body("metrics.created", equalTo(0)).body("metrics.unchanged", equalTo(1));

        assertEquals(List.of("1"), rows("select count(*)::text from experience_event" + OF_SANDBOX));
    }

    @Test
    void eventsWithoutWhatTheyNeedAreReported() {
        importing(PROFILES, "{\"identityMap\":{\"email\":[{\"id\":\"joe@example.com\"}]}}");

        importing(
                        EVENTS,
                        event("e1", "\"yesterday\"", "joe@example.com"),
                        event("e2", "1767261600000.5", "joe@example.com"),
                        event("", "\"2026-01-01T10:00:00Z\"", "joe@example.com"),
                        event("e3", "\"2026-01-01T10:00:00Z\"", "nobody@example.com"),
                        "{\"timestamp\":\"2026-01-01T10:00:00Z\",\"_id\":\"e4\"}")
                .body("metrics.created", equalTo(0))
                .body(
                        "errors.code",
                        contains(
                                "INVALID_TIMESTAMP",
                                "INVALID_TIMESTAMP",
                                "INVALID_EVENT_ID",
                                "UNKNOWN_IDENTITY",
                                "NO_IDENTITY"))
                .body("errors[3].message", containsString("email:nobody@example.com"));
    }

    @Test
    void eventsOfSecondsThatAreReadAsMillisecondsAreStoredWithAWarning() {
        importing(PROFILES, "{\"identityMap\":{\"email\":[{\"id\":\"joe@example.com\"}]}}");

        importing(
                        EVENTS,
                        event("e1", "1767261600000", "joe@example.com"),
                        event("e2", "1767261600", "joe@example.com"),
                        event("e3", "1767261601", "joe@example.com"))
                .body("metrics.created", equalTo(3))
                .body("errors", empty())
                .body("warnings.line", contains(2))
                .body("warnings.code", contains("EARLY_TIMESTAMP"))
                .body("warnings[0].message", containsString("milliseconds"));
        importing(EVENTS, event("e4", "\"1980-01-01T00:00:00Z\"", "joe@example.com"))
                .body("metrics.created", equalTo(1))
                .body("$", not(hasKey("warnings")));
    }

    @Test
    void sandboxesAreSeparate() {
        importing(PROFILES, "{\"identityMap\":{\"email\":[{\"id\":\"joe@example.com\"}]}}");

        given().header("x-sandbox-name", sandbox + "-2")
                .body(event("e1", "\"2026-01-01T10:00:00Z\"", "joe@example.com"))
                .post(EVENTS)
                .then()
                .statusCode(200)
                .body("errors.code", contains("UNKNOWN_IDENTITY"));
    }

    @Test
    void readsGzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"identityMap\":{\"email\":[{\"id\":\"joe@example.com\"}]}}\r\n"
                    .getBytes(StandardCharsets.UTF_8));
        }

        request()
                .contentType("application/x-ndjson")
                .body(bytes.toByteArray())
                .post(PROFILES)
                .then()
                .statusCode(200)
                .body("metrics.created", equalTo(1));
    }

    @Test
    void aTruncatedGzipStreamFailsTheJob() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(
                    "{\"identityMap\":{\"email\":[{\"id\":\"joe@example.com\"}]}}\n".getBytes(StandardCharsets.UTF_8));
        }

        request()
                .contentType("application/x-ndjson")
                .body(Arrays.copyOf(bytes.toByteArray(), bytes.size() - 6))
                .post(PROFILES)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("could not be read completely"));
        request()
                .get(PROFILES)
                .then()
                .body("children.status", hasItem("FAILED"))
                .body("children[0].reason", startsWith("The gzip stream is malformed or incomplete"));
    }

    /** What the database says of a failure may name files of the server, and is for its operator alone. */
    @ParameterizedTest
    @CsvSource({"disk_full, 503", "io_error, 500"})
    void anImportThatTheDatabaseFailsTellsNoPathOfTheServer(String failure, int status) throws SQLException {
        importing(PROFILES, "{\"identityMap\":{\"email\":[{\"id\":\"a\"}]}}");
        String id = rows("select id::text from sandbox where name = ?").getFirst();
        update("""
                create function fail_import() returns trigger language plpgsql as $$
                begin
                    raise exception 'could not extend file "base/16384/16421"' using errcode = '%s';
                end
                $$;
                create trigger fail_import before insert on profile
                    for each row when (new.sandbox_id = %s) execute function fail_import();
                """.formatted(failure, id));
        try {
            String answer = request()
                    .contentType("application/x-ndjson")
                    .body("{\"identityMap\":{\"email\":[{\"id\":\"b\"}]}}".getBytes(StandardCharsets.UTF_8))
                    .post(PROFILES)
                    .then()
                    .statusCode(status)
                    .extract()
                    .asString();
            assertFalse(answer.contains("base/"), answer);
            request()
                    .get(PROFILES)
                    .then()
                    .body("children[0].status", equalTo("FAILED"))
                    .body("children[0].reason", startsWith("The database failed during the import."))
                    .body("children[0].reason", not(containsString("base/")));
        } finally {
            update("drop trigger fail_import on profile; drop function fail_import()");
        }
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aGzipHeaderThatIsCutOffOrUnknownIsRefused() {
        for (byte[] header :
                List.of(new byte[] {0x1f, (byte) 0x8b, 8, 0}, new byte[] {0x1f, (byte) 0x8b, 7, 0, 0, 0})) {
            request()
                    .contentType("application/x-ndjson")
                    .body(header)
                    .post(PROFILES)
                    .then()
                    .statusCode(400)
                    .body("errors.'400'[0].message", containsString("gzip"));
        }
    }

    @Test
    void anEmptyBodyImportsNothing() {
        importing(PROFILES).body("status", equalTo("SUCCEEDED")).body("metrics.linesRead", equalTo(0));
    }

    @Test
    void aLineThatIsTooLongIsReported() {
        String longLine = "{\"text\":\"" + "x".repeat(2_000_000) + "\",\"identityMap\":{\"email\":[{\"id\":\"a\"}]}}";

        importing(PROFILES, longLine, "{\"identityMap\":{\"email\":[{\"id\":\"b\"}]}}")
                .body("metrics.created", equalTo(1))
                .body("errors.code", contains("LINE_TOO_LONG"));
    }

    /** Each nested name would be a column with a place for every profile. */
    @Test
    void linesWithMoreAttributesThanASandboxMayHaveAreReported() {
        String[] lines = IntStream.range(0, 60)
                .mapToObj(line -> IntStream.range(0, 250)
                        .mapToObj(name -> "\"n" + name + "\":1")
                        .collect(Collectors.joining(
                                ",", "{\"identityMap\":{\"a\":[{\"id\":\"" + line + "\"}]},\"o" + line + "\":{", "}}")))
                .toArray(String[]::new);

        importing(PROFILES, lines)
                .body("metrics.created", equalTo(39))
                .body("metrics.failed", equalTo(21))
                .body("errors[0].line", equalTo(40))
                .body("errors.code", everyItem(equalTo("TOO_MANY_ATTRIBUTES")))
                .body("errors[0].message", containsString("o39.n207 "));
        importing(PROFILES, lines[0], lines[59])
                .body("metrics.updated", equalTo(1))
                .body("metrics.failed", equalTo(1));
        assertEquals(List.of("9792"), rows("select count(*)::text from attribute_path" + OF_SANDBOX));
    }

    @Test
    void aLineWhoseNumbersTakeTooMuchIsReported() {
        String numbers = "1e300,".repeat(4_000) + "1";

        importing(PROFILES, "{\"n\":[" + numbers + "],\"identityMap\":{\"a\":[{\"id\":\"1\"}]}}")
                .body("errors.code", contains("NOT_STORABLE"))
                .body("errors[0].message", containsString("without exponent"));
    }

    private static String event(String id, String timestamp, String email) {
        return "{\"_id\":\"%s\",\"timestamp\":%s,\"identityMap\":{\"email\":[{\"id\":\"%s\"}]}}"
                .formatted(id, timestamp, email);
    }

    private ValidatableResponse importing(String path, String... lines) {
        return request()
                .contentType("application/x-ndjson")
                .body(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON);
    }

    private io.restassured.specification.RequestSpecification request() {
        return given().header("x-sandbox-name", sandbox);
    }

    private List<String> profiles(String expression) {
        return rows("select ordinal || ' ' || coalesce(" + expression + ", 'null') from profile" + OF_SANDBOX
                + " order by ordinal");
    }

    private List<String> identities() {
        return rows("select namespace || ' ' || id || ' ' || ordinal from profile_identity" + OF_SANDBOX
                + " order by namespace, id");
    }

    private List<String> rows(String sql) {
        try (Connection connection = database.getConnection()) {
            return Sql.list(connection, sql, row -> row.getString(1), sandbox);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
