package dev.pequel.export;

import static dev.pequel.export.ExportingSandbox.BASE;
import static dev.pequel.export.ExportingSandbox.JOBS;
import static dev.pequel.export.ExportingSandbox.body;
import static dev.pequel.export.ExportingSandbox.segment;
import static dev.pequel.export.ExportingSandbox.segments;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /export/jobs}: what is asked for, what is in the files, and how a job ends. */
@QuarkusTest
class ExportJobsTest {

    private static final String CSV = "{\"datasetId\": \"people\", \"format\": \"csv\"}";

    private final ExportingSandbox sandbox = ExportingSandbox.fresh();

    @Test
    void aNewJobIsAnsweredAsTheContractSays() {
        sandbox.profile("C1", "Rome");
        String audience = sandbox.livingIn("Rome");

        int id = sandbox.create(body("\"fields\": \"identityMap, homeAddress.city\", " + segments(segment(audience))))
                .statusCode(200)
                .header("X-Location", matchesPattern("/data/core/ups/export/jobs/\\d+"))
                .header("Pequel-Ignored", equalTo(null))
                .body("jobType", equalTo("BATCH"))
                .body("destination.datasetId", equalTo("people"))
                .body("destination.segmentPerBatch", equalTo(false))
                .body("destination.format", equalTo("ndjson"))
                .body("destination.batchId", matchesPattern("[0-9a-f]{32}"))
                .body("fields", equalTo("identityMap,homeAddress.city"))
                .body("schema.name", equalTo("_xdm.context.profile"))
                .body("imsOrgId", equalTo(sandbox.organization()))
                .body("status", equalTo("NEW"))
                .body("filter.segments", hasSize(1))
                .body("filter.segments[0].segmentId", equalTo(audience))
                .body("filter.segments[0].segmentNs", equalTo("ups"))
                .body("filter.segments[0].status", contains("realized", "existing"))
                .body("mergePolicy.id", notNullValue())
                .body("mergePolicy.version", equalTo(1))
                .body("profileInstanceId", equalTo("ups"))
                .body("progress.percent", equalTo(0))
                .body("requestId", notNullValue())
                .body("_links.cancel.href", startsWith("/export/jobs/"))
                .extract()
                .path("id");
        assertEquals(1, id);

        JsonPath job = sandbox.ended(id);
        assertEquals("SUCCEEDED", job.getString("status"));
        assertEquals(100, job.getInt("progress.percent"));
        assertEquals(1, job.getInt("metrics.totalProfiles"));
        assertEquals(
                job.getLong("metrics.totalTime.endTimeInMs") - job.getLong("metrics.totalTime.startTimeInMs"),
                job.getLong("metrics.totalTime.totalTimeInMs"),
                1);
        assertNotNull(job.getString("metrics.profileExportTime.totalTimeInMs"));
        assertEquals("/export/jobs/1/files", job.getString("_links.files.href"));
    }

    @Test
    void aLineIsTheProfileAsTheEntityEndpointShowsIt() {
        sandbox.profiles("""
                {"n": 1.50, "homeAddress": {"city": "Rome"}, "tags": ["a", {"b": null}], "identityMap": {"crmid": [{"id": "C1"}]}}""");
        String audience = sandbox.livingIn("Rome");
        sandbox.evaluate();

        String entity = sandbox.request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .get(BASE + "/access/entities")
                .asString();
        String line = sandbox.exported(body(segments(segment(audience))));

        assertEquals(
                entity.substring(entity.indexOf("\"entity\":") + 9, entity.indexOf(",\"lastModifiedAt\"")) + "\n",
                line);
    }

    @Test
    void fieldsLimitWhatIsWritten() {
        sandbox.profiles("""
                {"person": {"name": {"firstName": "Jo", "lastName": "X"}}, "identityMap": {"crmid": [{"id": "C1"}]}}""", """
                {"other": 1, "identityMap": {"crmid": [{"id": "C2"}]}}""");

        assertEquals(
                "{\"person\":{\"name\":{\"firstName\":\"Jo\"}}}\n{}\n",
                sandbox.exported(body("\"fields\": \"person.name.firstName\"")));
    }

    @Test
    void withoutAudiencesAllProfilesAreExported() {
        sandbox.profile("C1", "Rome");
        sandbox.profile("C2", "Oslo");
        sandbox.profile("C3", "Oslo");
        sandbox.request()
                .delete(BASE + "/access/entities?entityIdNS=crmid&entityId=C2")
                .then()
                .statusCode(204);

        assertEquals(
                "{\"homeAddress\":{\"city\":\"Rome\"},\"identityMap\":{\"crmid\":[{\"id\":\"C1\"}]},"
                        + "\"segmentMembership\":{\"ups\":{}}}\n"
                        + "{\"homeAddress\":{\"city\":\"Oslo\"},\"identityMap\":{\"crmid\":[{\"id\":\"C3\"}]},"
                        + "\"segmentMembership\":{\"ups\":{}}}\n",
                sandbox.exported(body("")));
    }

    @Test
    void anEmptySandboxHasAnEmptyFile() {
        JsonPath job = sandbox.export(body(""));

        assertEquals("", sandbox.file(job, "part-00000.ndjson"));
        assertEquals(0, job.getInt("metrics.totalProfiles"));
    }

    @Test
    void statusChoosesMembersAndThoseWhoLeft() {
        sandbox.profile("C1", "Rome");
        sandbox.profile("C2", "Rome");
        sandbox.profile("C3", "Oslo");
        String audience = sandbox.livingIn("Rome");
        sandbox.evaluate();
        sandbox.profile("C2", "Oslo");
        sandbox.evaluate();
        String fields = "\"fields\": \"identityMap\", ";

        String member = "{\"identityMap\":{\"crmid\":[{\"id\":\"C1\"}]}}\n";
        String left = "{\"identityMap\":{\"crmid\":[{\"id\":\"C2\"}]}}\n";
        assertEquals(member, sandbox.exported(body(fields + segments(segment(audience)))));
        assertEquals(member, sandbox.exported(body(fields + segments(segment(audience, "existing")))));
        assertEquals(left, sandbox.exported(body(fields + segments(segment(audience, "exited")))));
        assertEquals(member + left, sandbox.exported(body(fields + segments(segment(audience, "realized", "exited")))));
        assertEquals(
                "exited",
                new JsonPath(sandbox.exported(body(segments(segment(audience, "exited")))))
                        .getString("segmentMembership.ups.'" + audience + "'.status"));
    }

    @Test
    void aProfileInSeveralAudiencesIsWrittenOnce() {
        sandbox.profile("C1", "Rome");
        sandbox.profile("C2", "Oslo");
        String rome = sandbox.livingIn("Rome");
        String south = sandbox.audience("""
                {"name": "S", "expression": {"value": "homeAddress.city in [\\"Rome\\", \\"Bari\\"]"}}""");
        String oslo = sandbox.livingIn("Oslo");

        String lines = sandbox.exported(body(segments(segment(rome), segment(south), segment(oslo))));

        assertEquals(2, lines.lines().count());
        JsonPath first = new JsonPath(lines.lines().findFirst().orElseThrow());
        assertEquals(Set.of(rome, south), first.getMap("segmentMembership.ups").keySet());
    }

    @Test
    void eachAudienceCanBeABatchOfItsOwn() {
        sandbox.profile("C1", "Rome");
        sandbox.profile("C2", "Oslo");
        String rome = sandbox.livingIn("Rome");
        String oslo = sandbox.livingIn("Oslo");

        JsonPath job = sandbox.export(body(
                "\"fields\": \"homeAddress.city\", " + segments(segment(rome), segment(oslo)),
                "{\"datasetId\": \"people\", \"segmentPerBatch\": true}"));

        assertNull(job.getString("destination.batchId"));
        assertEquals(List.of(rome, oslo), job.getList("destination.batches.segmentId"));
        int id = job.getInt("id");
        String first = job.getString("destination.batches[0].batchId");
        String second = job.getString("destination.batches[1].batchId");
        assertEquals(
                "{\"homeAddress\":{\"city\":\"Rome\"}}\n", sandbox.file(job, "part-00000.ndjson?batchId=" + first));
        assertEquals(
                "{\"homeAddress\":{\"city\":\"Oslo\"}}\n", sandbox.file(job, "part-00000.ndjson?batchId=" + second));
        sandbox.download(id, "part-00000.ndjson")
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("batchId"));
        sandbox.download(id, "part-00000.ndjson?batchId=x").then().statusCode(404);
    }

    @Test
    void theTimeOfQualificationIsThatOfTheProfile() {
        sandbox.profile("C1", "Rome");
        String audience = sandbox.livingIn("Rome");
        sandbox.evaluate();
        String time = sandbox.qualifiedAt("C1", audience);
        String later = Instant.parse(time).plusNanos(1_000).toString();

        assertEquals(1, qualified(audience, "\"startTime\": \"" + time + "\""));
        assertEquals(0, qualified(audience, "\"startTime\": \"" + later + "\""));
        assertEquals(0, qualified(audience, "\"endTime\": \"" + time + "\""));
        assertEquals(1, qualified(audience, "\"endTime\": \"" + later + "\""));
        assertEquals(1, qualified(audience, "\"startTime\": \"" + time + "\", \"endTime\": \"" + later + "\""));
    }

    private long qualified(String audience, String time) {
        return sandbox.exported(body("\"filter\": {\"segments\": [" + segment(audience)
                        + "], \"segmentQualificationTime\": {" + time + "}}"))
                .lines()
                .count();
    }

    @Test
    void onlyProfilesThatChangedLaterAreExported() {
        sandbox.profile("C1", "Rome");
        String changed = sandbox.request()
                .get(BASE + "/access/entities?entityIdNS=crmid&entityId=C1")
                .path("values()[0].lastModifiedAt");
        sandbox.profile("C2", "Oslo");

        String body = body("\"filter\": {\"fromIngestTimestamp\": \"" + changed + "\", \"emptyProfiles\": true},"
                + " \"fields\": \"homeAddress\"");
        assertEquals("{\"homeAddress\":{\"city\":\"Oslo\"}}\n", sandbox.exported(body));
    }

    @Test
    void eventsAreAFileOfTheirOwn() {
        sandbox.profile("C1", "Rome");
        sandbox.profile("C2", "Oslo");
        sandbox.events("""
                {"_id": "E2", "timestamp": 2000, "eventType": "b", "n": 2, "identityMap": {"crmid": [{"id": "C1"}]}}""", """
                {"_id": "E1", "timestamp": 1000, "eventType": "a", "n": 1, "identityMap": {"crmid": [{"id": "C1"}]}}""", """
                {"_id": "E3", "timestamp": 1000, "eventType": "c", "n": 3, "identityMap": {"crmid": [{"id": "C2"}]}}""");
        String audience = sandbox.livingIn("Rome");

        JsonPath job = sandbox.export(body(
                "\"additionalFields\": {\"eventList\": {\"fields\": \"eventType\"}}, " + segments(segment(audience))));

        assertEquals(
                "{\"relatedEntityId\":\"PAAAAAA\",\"entityId\":\"E1\",\"timestamp\":1000,\"entity\":{\"eventType\":\"a\"}}\n"
                        + "{\"relatedEntityId\":\"PAAAAAA\",\"entityId\":\"E2\",\"timestamp\":2000,\"entity\":{\"eventType\":\"b\"}}\n",
                sandbox.file(job, "events-00000.ndjson"));
        assertEquals(2, job.getInt("metrics.totalEvents"));
    }

    @Test
    void csvIsQuotedAsRfc4180Says() {
        sandbox.profiles("""
                {"a": "plain", "b": 1.50, "c": ["x", {"y": "z"}], "identityMap": {"crmid": [{"id": "C1"}]}}""", """
                {"a": "say \\"hi\\", now", "b": true, "c": {"k": 10000000000000000000000}, "identityMap": {"crmid": [{"id": "C2"}]}}""", """
                {"a": "two\\nlines", "b": null, "c": "", "identityMap": {"crmid": [{"id": "C3"}]}}""", """
                {"a": "Zoë 😀 and a text that is longer than others", "d": {"e": 7}, "identityMap": {"crmid": [{"id": "C4"}]}}""");

        JsonPath job = sandbox.export(body("\"fields\": \"a,b,c,d.e,d\"", CSV));

        assertEquals("""
                a,b,c,d.e,d\r
                plain,1.50,"[""x"",{""y"":""z""}]",,\r
                "say ""hi"", now",true,"{""k"":10000000000000000000000}",,\r
                "two
                lines",,,,\r
                Zoë 😀 and a text that is longer than others,,,7,"{""e"":7}"\r
                """, sandbox.file(job, "part-00000.csv"));
        sandbox.download(job.getInt("id"), "part-00000.csv")
                .then()
                .contentType(containsString("text/csv"))
                .header("Content-Disposition", equalTo("attachment; filename=\"part-00000.csv\""));
    }

    @Test
    void filesAreListedWithTheirSizes() {
        sandbox.profile("C1", "Rome");
        JsonPath job = sandbox.export(body("\"fields\": \"homeAddress\", \"additionalFields\": {\"eventList\": {}}"));
        String batch = job.getString("destination.batchId");

        sandbox.request()
                .get(JOBS + "/1/files")
                .then()
                .statusCode(200)
                .body("records.name", contains("part-00000.ndjson", "events-00000.ndjson"))
                .body("records.size", contains(32, 0))
                .body("records.records", contains(1, 0))
                .body("records.batchId", contains(batch, batch))
                .body("records[0].mediaType", equalTo("application/x-ndjson"))
                .body(
                        "records[0]._links.download.href",
                        equalTo("/export/jobs/1/files/part-00000.ndjson?batchId=" + batch));
        sandbox.download(1, "part-00000.ndjson").then().contentType(containsString("application/x-ndjson"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifest.json",
                "part-00001.ndjson",
                "..%2Fpart-00000.ndjson",
                "..%2F..%2Fpeople%2Fpart-00000.ndjson",
                "%2Fetc%2Fpasswd",
                "part-00000.ndjson%00",
                ".",
                "part-00000.ndjson?batchId=..%2F.."
            })
    void onlyFilesOfTheJobCanBeDownloaded(String name) {
        sandbox.profile("C1", "Rome");
        sandbox.export(body(""));

        int status = sandbox.request()
                .urlEncodingEnabled(false)
                .get(JOBS + "/1/files/" + name)
                .statusCode();
        assertEquals(name.equals(".") ? 200 : 404, status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "a/b",
                "",
                "a b",
                "ä",
                "%2e%2e",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void aDatasetIdIsNoPath(String id) {
        sandbox.create(body("", "{\"datasetId\": \"" + id + "\"}"))
                .statusCode(400)
                .body("errors.'400'.message", hasItem(containsString("destination.datasetId")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "filter": {"segments": []}                                                     | filter.segments
                    "filter": {"segments": [{}]}                                                   | filter.segments[0].segmentId
                    "filter": {"segments": [{"segmentId": "x"}]}                                   | filter.segments[0].segmentId
                    "filter": {"segments": [{"segmentId": "60ccea95-1435-4180-97a5-58af4aa285ab"}]} | filter.segments[0].segmentId
                    "filter": {"segments": [{"segmentNs": "AAM"}]}                                 | filter.segments[0].segmentNs
                    "filter": {"segments": [{"status": ["gone"]}]}                                 | filter.segments[0].status
                    "filter": {"segments": [{"status": []}]}                                       | filter.segments[0].status
                    "filter": {"segments": [{"stati": []}]}                                        | filter.segments[0].stati
                    "filter": {"segmentQualificationTime": {"startTime": "yesterday"}}             | startTime
                    "filter": {"segmentQualificationTime": {}}                                     | filter.segmentQualificationTime
                    "filter": {"fromIngestTimestamp": 17}                                          | filter.fromIngestTimestamp
                    "filter": {"emptyProfiles": "yes"}                                             | filter.emptyProfiles
                    "filter": {"fromIngestTimestmap": "2018-01-01T00:00:00Z"}                      | filter.fromIngestTimestmap
                    "filter": []                                                                   | filter
                    "fields": "a,,b"                                                               | fields
                    "fields": "a..b"                                                               | fields
                    "fields": ["a"]                                                                | fields
                    "mergePolicy": {"id": "another"}                                               | mergePolicy.id
                    "mergePolicy": {"version": 2}                                                  | mergePolicy.version
                    "additionalFields": {"eventList": {"filter": {"fromIngestTimestamp": "2018-01-01T00:00:00Z"}}} | additionalFields.eventList.filter
                    "additionalFields": {"eventlist": {}}                                          | additionalFields.eventlist
                    """, quoteCharacter = '\'')
    void whatIsWrongIsNamed(String properties, String field) {
        sandbox.create(body(properties))
                .statusCode(400)
                .body(
                        "errors.'400'.message",
                        hasItem(startsWith(
                                "`" + (field.equals("startTime") ? "filter.segmentQualificationTime.startTime" : field)
                                        + "`")));
        sandbox.request().get(JOBS).then().statusCode(200).body("records", empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                                          | destination.datasetId
                    {"destination": {"datasetId": "d"}}                                                         | schema.name
                    {"destination": {"datasetId": "d"}, "schema": {"name": "other"}}                            | schema.name
                    {"destination": {"datasetId": "d", "format": "xml"}}                                        | destination.format
                    {"destination": {"datasetId": "d", "format": "csv"}}                                        | fields
                    {"destination": {"datasetId": "d", "segmentPerBatch": true}}                                | destination.segmentPerBatch
                    """, quoteCharacter = '\'')
    void aDestinationAndASchemaAreRequired(String body, String field) {
        sandbox.create(body).statusCode(400).body("errors.'400'.message", hasItem(startsWith("`" + field + "`")));
    }

    @Test
    void unknownPropertiesThatChangeNothingAreTold() {
        sandbox.create("""
                        {"jobName": "x", "destination": {"datasetId": "d", "color": 1},
                         "schema": {"name": "_xdm.context.profile"}}""").statusCode(200).header("Pequel-Ignored", equalTo("jobName, color"));
    }

    @Test
    void theMergePolicyMayBeTheSandboxsOwn() {
        sandbox.profile("C1", "Rome");
        String policy = sandbox.request()
                .get(BASE + "/config/mergePolicies")
                .then()
                .statusCode(200)
                .extract()
                .path("children[0].id");

        sandbox.create(body("\"mergePolicy\": {\"id\": \"" + policy + "\", \"version\": 1}"))
                .statusCode(200)
                .body("mergePolicy.id", equalTo(policy));
    }

    @Test
    void aListHasTheNewestFirstAndALinkToTheNextPage() {
        for (int i = 0; i < 3; i++) {
            sandbox.export(body(""));
        }

        JsonPath first = sandbox.request()
                .get(JOBS + "?limit=2&status=SUCCEEDED")
                .then()
                .statusCode(200)
                .body("records.id", contains(3, 2))
                .body("page.sortField", equalTo("createdTime"))
                .body("page.sort", equalTo("desc"))
                .body("page.pageOffset", matchesPattern("\\d{13}_2"))
                .body("page.pageSize", equalTo(2))
                .body("link.next", startsWith("/export/jobs?limit=2&offset="))
                .extract()
                .jsonPath();
        sandbox.request()
                .urlEncodingEnabled(false)
                .get(BASE + first.getString("link.next"))
                .then()
                .statusCode(200)
                .body("records.id", contains(1))
                .body("link.next", equalTo(""));
        sandbox.request().get(JOBS + "?status=FAILED").then().statusCode(200).body("records", empty());
        for (String wrong : new String[] {"status=GONE", "limit=0", "limit=101", "offset=2", "offset=1_x"}) {
            sandbox.request().get(JOBS + "?" + wrong).then().statusCode(400);
        }
    }

    @Test
    void aJobThatHasEndedIsDeletedWithItsFiles() {
        sandbox.profile("C1", "Rome");
        sandbox.export(body(""));

        sandbox.request()
                .delete(JOBS + "/1")
                .then()
                .statusCode(200)
                .body("status", equalTo(true))
                .body("message", equalTo("The export job has been deleted."));

        sandbox.request().get(JOBS + "/1").then().statusCode(404);
        sandbox.download(1, "part-00000.ndjson").then().statusCode(404);
        sandbox.request().get(JOBS).then().body("records", empty());
        sandbox.request().delete(JOBS + "/1").then().statusCode(404);
        assertEquals(2, sandbox.export(body("")).getInt("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-1", "x", "1.0", "99999999999999999999", "60ccea95-1435-4180-97a5-58af4aa285ab"})
    void anUnknownJobIsNotFound(String id) {
        sandbox.request().get(JOBS + "/" + id).then().statusCode(404);
        sandbox.request().delete(JOBS + "/" + id).then().statusCode(404);
        sandbox.request().get(JOBS + "/" + id + "/files").then().statusCode(404);
    }

    @Test
    void anotherTenantSeesNeitherJobNorFiles() {
        sandbox.profile("C1", "Rome");
        sandbox.export(body(""));
        for (ExportingSandbox other : new ExportingSandbox[] {
            new ExportingSandbox(sandbox.organization(), "other"),
            new ExportingSandbox("exports-" + UUID.randomUUID(), "sandbox")
        }) {
            other.request().get(JOBS + "/1").then().statusCode(404);
            other.request().get(JOBS + "/1/files").then().statusCode(404);
            other.download(1, "part-00000.ndjson").then().statusCode(404);
            assertEquals("", other.exported(body("")));
        }
    }

    @Test
    void aFolderIsOfOneTenant() {
        String name = "a..b-" + UUID.randomUUID();
        List<ExportingSandbox> tenants = List.of(
                new ExportingSandbox("a:b+c@Org", name),
                new ExportingSandbox("a.b.c@Org", name),
                new ExportingSandbox("x".repeat(255) + "1", name),
                new ExportingSandbox("x".repeat(255) + "2", name));
        tenants.forEach(tenant -> tenant.profile("C1", "Rome " + tenant.organization()));

        for (ExportingSandbox tenant : tenants) {
            assertEquals(
                    "{\"homeAddress\":{\"city\":\"Rome " + tenant.organization() + "\"}}\n",
                    tenant.exported(body("\"fields\": \"homeAddress\"")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../x", "a/../../b", "/x", "%2e%2e"})
    void aTenantsNameIsNoPath(String name) {
        new ExportingSandbox(name, "s").create(body("")).statusCode(400);
        new ExportingSandbox("o", name).create(body("")).statusCode(400);
    }

    @Test
    void draftsHaveTheMembersThatAreStored() {
        sandbox.profile("C1", "Rome");
        String audience = sandbox.livingIn("Rome");
        sandbox.evaluate();
        sandbox.request()
                .body("[{\"op\": \"add\", \"path\": \"/lifecycle\", \"value\": \"inactive\"}]")
                .patch(BASE + "/audiences/" + audience)
                .then()
                .statusCode(200);
        sandbox.profile("C2", "Rome");
        String draft = sandbox.audience("""
                {"name": "D", "lifecycle": "draft", "expression": {"value": "homeAddress.city = \\"Rome\\""}}""");

        assertEquals(
                "{\"identityMap\":{\"crmid\":[{\"id\":\"C1\"}]}}\n",
                sandbox.exported(body("\"fields\": \"identityMap\", " + segments(segment(audience), segment(draft)))));
    }

    @Test
    void anExportIsInTheAuditTrail() {
        sandbox.create(body("\"fields\": \"homeAddress\"")).statusCode(200);

        sandbox.request()
                .get(BASE + "/audit/events?subject=export")
                .then()
                .statusCode(200)
                .body("children", hasSize(1))
                .body("children[0].action", equalTo("created"))
                .body("children[0].changes[0].property", equalTo("exportJob"))
                .body("children[0].changes[0].after.id", equalTo(1))
                .body("children[0].changes[0].after.fields", equalTo("homeAddress"))
                .body("children[0].changes[0].after.destination.datasetId", equalTo("people"))
                .body("children[0].audience", equalTo(null));
        sandbox.request().get(BASE + "/audit/events").then().body("children.subject", not(hasItem("export")));
    }
}
