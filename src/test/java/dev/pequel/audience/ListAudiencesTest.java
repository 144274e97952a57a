package dev.pequel.audience;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Retrieve a list of audiences". */
@QuarkusTest
class ListAudiencesTest {

    private static final String PQL = "workAddress.country = \"US\"";

    private final TestSandbox sandbox = TestSandbox.fresh();

    @Test
    void withoutParametersAllAreListedNewestFirst() {
        String first = sandbox.create(Documented.DEFINITION);
        String second = sandbox.create(Documented.EXTERNAL);
        String third = sandbox.define("C", PQL);

        list().body("children.id", contains(third, second, first))
                .body("_page.totalCount", equalTo(3))
                .body("_page.totalPages", equalTo(1))
                .body("_page.pageSize", equalTo(3))
                .body("_page.start", equalTo(0))
                .body("_page.limit", equalTo(3))
                .body("_page", not(hasKey("next")))
                .body("_links", not(hasKey("next")));
    }

    @Test
    void eachIsListedAsItIsRead() {
        String definition = sandbox.create(Documented.DEFINITION);
        String external = sandbox.create(Documented.EXTERNAL);

        list().body("children[0]", equalTo(sandbox.get(external).extract().path("")))
                .body("children[1]", equalTo(sandbox.get(definition).extract().path("")));
    }

    @Test
    void anEmptySandboxHasAnEmptyList() {
        list().body("children", empty())
                .body("_page.totalCount", equalTo(0))
                .body("_page.totalPages", equalTo(0))
                .body("_page.pageSize", equalTo(0))
                .body("_page", not(hasKey("next")));
    }

    /** {@code limit=5} of 111: the sample's page and link. */
    @Test
    void startCountsPagesAsInTheSample() {
        List<String> ids = IntStream.range(0, 111)
                .mapToObj(i -> sandbox.list("Audience " + i, "audience-" + i))
                .toList()
                .reversed();

        list("limit", "5")
                .body("children.id", equalTo(ids.subList(0, 5)))
                .body("_page.totalCount", equalTo(111))
                .body("_page.totalPages", equalTo(23))
                .body("_page.pageSize", equalTo(5))
                .body("_page.start", equalTo(0))
                .body("_page.limit", equalTo(5))
                .body("_page.next", equalTo("1"))
                .body("_links.next.href", equalTo("@/audiences?start=1&limit=5&totalCount=111"));
        list("start", "1", "limit", "5").body("children.id", equalTo(ids.subList(5, 10)));
        list("start", "22", "limit", "5")
                .body("children.id", equalTo(ids.subList(110, 111)))
                .body("_page.pageSize", equalTo(1))
                .body("_page", not(hasKey("next")))
                .body("_links", not(hasKey("next")));
        list("start", "23", "limit", "5").body("children", empty()).body("_page", not(hasKey("next")));
        list("start", "2147483647", "limit", "2147483647")
                .body("children", empty())
                .body("_page.totalCount", equalTo(111));
    }

    @Test
    void theLinkKeepsTheOtherParameters() {
        sandbox.define("a&b=ü", PQL);
        sandbox.define("a&b=ü", PQL);

        String href = list("limit", "1", "name", "A&B=Ü", "property", "expression.format==pql/text", "sort", "name:asc")
                .body("_page.next", equalTo("1"))
                .extract()
                .path("_links.next.href");

        assertEquals("@/audiences?start=1&limit=1&totalCount=2", href.substring(0, href.indexOf("2&") + 1));
        sandbox.request()
                .urlEncodingEnabled(false)
                .get(href.replace("@/audiences", TestSandbox.AUDIENCES))
                .then()
                .statusCode(200)
                .body("children", hasSize(1))
                .body("_page.totalCount", equalTo(2))
                .body("_page", not(hasKey("next")));
    }

    @Test
    void namesContain() {
        String sample = sandbox.define("My Sample audience", PQL);
        String greek = sandbox.define("ΟΔΥΣΣΕΥΣ in Ελλάδα", PQL);
        String percent = sandbox.define("100% of_all \\\\ them", PQL);

        list("name", "sample").body("children.id", contains(sample));
        list("name", "SAMPLE AUD").body("children.id", contains(sample));
        list("name", "οδυσσευς").body("children.id", contains(greek));
        list("name", "%").body("children.id", contains(percent));
        list("name", "_").body("children.id", contains(percent));
        list("name", "0% OF_").body("children.id", contains(percent));
        list("name", "\\").body("children.id", contains(percent));
        list("name", "s_mple").body("children", empty());
        list("name", "a", "name", "p").body("children.id", contains(sample));
        list("name", "").body("children", hasSize(3));
    }

    @Test
    void descriptionsContain() {
        String described = sandbox.create(
                "{\"name\": \"A\", \"description\": \"A Test Description\", \"expression\": {\"value\": \"person.name.firstName = \\\"x\\\"\"}}");
        sandbox.define("Test description", PQL);

        list("description", "test desc").body("children.id", contains(described));
        list("description", "%").body("children", empty());
    }

    @Test
    void propertiesMatchExactly() {
        String us = sandbox.create(Documented.DEFINITION);
        String external = sandbox.create("""
                {"audienceId": "test-audience-id", "name": "E==F", "type": "ExternalAudience", "namespace": "aam",
                 "lifecycle": "published", "datasetId": "d1", "labels": ["a", "b, c"],
                 "audienceMeta": {"status": "ACTIVE", "deep": {"n": 5, "flag": true}}}
                """);
        String stored = sandbox.get(us).extract().path("_etag");
        String mergePolicy = sandbox.get(us).extract().path("mergePolicyId");
        String sandboxId = sandbox.get(us).extract().path("sandbox.sandboxId");
        long created = sandbox.get(us).extract().jsonPath().getLong("creationTime");

        matches("audienceId==test-audience-id", external);
        matches("audienceId==" + us, us);
        matches("id==" + us, us);
        matches("id==nobody");
        matches("name==E==F", external);
        matches("name==e==f");
        matches("description==Last 30 days", us);
        matches("schema.name==_xdm.context.profile", us);
        matches("ttlInDays==60", us);
        matches("profileInstanceId==ups", us);
        matches("imsOrgId==" + sandbox.organization(), us, external);
        matches("imsOrgId==other");
        matches("sandbox.sandboxName==" + sandbox.name(), us, external);
        matches("sandbox.sandboxId==" + sandboxId, us, external);
        matches("sandbox.type==development", us, external);
        matches("sandbox.default==true");
        matches("isSystem==false", us, external);
        matches("expression.type==PQL", us);
        matches("expression.format==pql/text", us);
        matches("expression.value==workAddress.country = \"US\"", us);
        matches("mergePolicyId==" + mergePolicy, us);
        matches("evaluationInfo.batch.enabled==false", us);
        matches("evaluationInfo.continuous.enabled==true", us);
        matches("evaluationInfo.synchronous.enabled==true");
        matches("dataGovernancePolicy.excludeOptOut==true", us);
        matches("creationTime==" + created, us);
        matches("creationTime==" + (created - 1));
        matches("createEpoch==1");
        matches("_etag==" + stored, us);
        matches("definedOn.meta:resourceType==unions", us);
        matches("definedOn.$ref==https://ns.adobe.com/xdm/context/profile__union", us);
        matches("type==SegmentDefinition", us);
        matches("type==ExternalAudience", external);
        matches("type==ExternalSegment", external);
        matches("overridePerformanceWarnings==false", us);
        matches("createdBy==anonymous", us, external);
        matches("lifecycle==published", external);
        matches("lifecycle==archived");
        matches("labels==core/C1", us);
        matches("labels==b, c", external);
        matches("labels==b");
        matches("namespace==aam", external);
        matches("datasetId==d1", external);
        matches("audienceMeta.status==ACTIVE", external);
        matches("audienceMeta.deep.n==5", external);
        matches("audienceMeta.deep.flag==true", external);
        matches("audienceMeta.deep.other==5");
        // More than the arguments that a function may have.
        matches("audienceMeta" + ".deep".repeat(101) + "==5");
    }

    @Test
    void soManyFiltersMayBeCombined() {
        String id = sandbox.create(Documented.DEFINITION);

        sandbox.request()
                .queryParam("property", Collections.nCopies(48, "labels==core/C1"))
                .queryParam("name", "people")
                .queryParam("description", "30")
                .get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(200)
                .body("children.id", contains(id));
        sandbox.request()
                .queryParam("property", Collections.nCopies(48, "labels==core/C1"))
                .queryParam("name", "people", "e")
                .queryParam("description", "30")
                .get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("51 filters (property, name, description)"));
    }

    @Test
    void secondsMatchTheWholeSecond() {
        String id = sandbox.create(Documented.DEFINITION);
        long second = sandbox.get(id).extract().jsonPath().getLong("updateEpoch");

        matches("updateEpoch==" + second, id);
        matches("createEpoch==" + second, id);
        matches("createEpoch==" + (second + 1));
    }

    @Test
    void filtersAreCombined() {
        String id = sandbox.create(Documented.DEFINITION);
        sandbox.create(Documented.EXTERNAL);

        list(
                        "property",
                        "labels==core/C1",
                        "property",
                        "type==SegmentDefinition",
                        "name",
                        "people",
                        "description",
                        "30")
                .body("children.id", contains(id));
        list("property", "labels==core/C1", "property", "labels==core/C2").body("children", empty());
    }

    @Test
    void sorts() {
        String b = sandbox.list("b", "1");
        String a = sandbox.define("a", PQL);
        String c = sandbox.list("C", "2");

        list("sort", "name:asc").body("children.id", contains(c, a, b));
        list("sort", "name:desc").body("children.id", contains(b, a, c));
        list("sort", "name:DESC").body("children.id", contains(b, a, c));
        list("sort", "createEpoch:asc", "limit", "1").body("_page.totalCount", equalTo(3));
        list("sort", "creationTime:asc").body("children.id", contains(b, a, c));
        list("sort", "updateTime:desc").body("children.id", contains(c, a, b));
        // Those without a value come last, whatever the direction, and of equals the newest first.
        list("sort", "expression.value:asc").body("children.id", contains(a, c, b));
        list("sort", "expression.value:desc").body("children.id", contains(a, c, b));
        list("sort", "namespace:asc").body("children.id", contains(a, c, b));
        list("sort", "evaluationInfo.batch.enabled:desc").body("children.id", contains(a, c, b));
        sandbox.patch(b, "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"x\"}]")
                .statusCode(200);
        list("sort", "updateTime:desc").body("children.id", contains(b, c, a));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    start    | -1                         | `start`
                    start    | x                          | `start`
                    start    | 99999999999                | `start`
                    limit    | 0                          | `limit`
                    limit    | -5                         | `limit`
                    limit    | ''                         | `limit`
                    limit    | 5.0                        | `limit`
                    sort     | name                       | `sort`
                    sort     | name:up                    | `sort`
                    sort     | :asc                       | `sort`
                    sort     | nmae:asc                   | nmae
                    sort     | labels:asc                 | labels
                    sort     | audienceMeta:asc           | audienceMeta
                    property | name                       | `property`
                    property | ==x                        | `property`
                    property | name=x                     | `property`
                    property | nmae==x                    | nmae
                    property | expression==x              | expression
                    property | expression.colour==x       | expression.colour
                    property | audienceMeta==x            | audienceMeta
                    property | Name==x                    | Name
                    property | ttlInDays==x               | ttlInDays
                    property | isSystem==no               | isSystem
                    property | type==Segment              | Segment
                    property | lifecycle==deleted         | deleted
                    property | creationTime==x            | creationTime
                    property | creationTime==9223372036854775807 | creationTime
                    property | createEpoch==-9223372036854775807 | createEpoch
                    property | withMetrics==maybe         | withMetrics
                    withMetrics | maybe                   | withMetrics
                    """)
    void refuses(String parameter, String value, String named) {
        sandbox.request()
                .queryParam(parameter, value)
                .get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString(named));
    }

    @Test
    void refusesWhatIsGivenTwice() {
        sandbox.request()
                .get(TestSandbox.AUDIENCES + "?limit=5&limit=6")
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`limit`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "description", "property"})
    void refusesWhatNothingStoredCanContain(String parameter) {
        sandbox.request()
                .queryParam(parameter, "name==a\0b")
                .get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`" + parameter + "`"));
    }

    @Test
    void unknownParametersArePassedOver() {
        sandbox.create(Documented.DEFINITION);

        list("colour", "red", "entityType", "_xdm.context.profile", "totalCount", "7", "Limit", "0")
                .body("children", hasSize(1));
    }

    private void matches(String property, String... ids) {
        list("property", property).body("children.id", containsInAnyOrder(ids));
    }

    private ValidatableResponse list(String... parameters) {
        var request = sandbox.request();
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return request.get(TestSandbox.AUDIENCES).then().statusCode(200);
    }
}
