package dev.pequel.tenant;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers that say who calls and for which tenant. */
@QuarkusTest
class TenantTest {

    private static final String AUDIENCES = "/data/core/ups/audiences";
    private static final String AUDIENCE =
            "{\"name\": \"A\", \"audienceId\": \"a\", \"type\": \"ExternalSegment\", \"namespace\": \"%s\"}";

    private final String name = "sandbox-" + UUID.randomUUID();

    @Test
    void nothingCrosses() {
        RequestSpecification[] others = {
            tenant("one@Org", name + "x"), tenant("two@Org", name), tenant("two@Org", name + "x")
        };
        String id = create(tenant("one@Org", name));

        tenant("one@Org", name).get(AUDIENCES + "/" + id).then().statusCode(200);
        for (RequestSpecification other : others) {
            given(other).get(AUDIENCES + "/" + id).then().statusCode(404);
            given(other).body(audience()).put(AUDIENCES + "/" + id).then().statusCode(404);
            given(other).body("[]").patch(AUDIENCES + "/" + id).then().statusCode(404);
            given(other).delete(AUDIENCES + "/" + id).then().statusCode(404);
            given(other).get(AUDIENCES).then().statusCode(200).body("children", empty());
            given(other)
                    .queryParam("property", "id==" + id)
                    .get(AUDIENCES)
                    .then()
                    .body("_page.totalCount", equalTo(0));
        }
        create(others[0]);
        given(others[0]).get(AUDIENCES + "/" + id).then().statusCode(404);
        given(others[0]).get(AUDIENCES).then().body("children.id", not(contains(id)));
    }

    @Test
    void theSandboxDescribesItself() {
        tenant("one@Org", name)
                .body(audience())
                .post(AUDIENCES)
                .then()
                .statusCode(200)
                .body("imsOrgId", equalTo("one@Org"))
                .body("sandbox.sandboxName", equalTo(name))
                .body("sandbox.type", equalTo("development"))
                .body("sandbox.default", equalTo(false));
        tenant("org-" + name, "prod")
                .body(audience())
                .post(AUDIENCES)
                .then()
                .statusCode(200)
                .body("sandbox.sandboxName", equalTo("prod"))
                .body("sandbox.type", equalTo("production"))
                .body("sandbox.default", equalTo(true));
    }

    @Test
    void itsIdAndMergePolicyStayTheSame() {
        String definition = "{\"name\": \"A\", \"expression\": {\"value\": \"person.name.firstName = \\\"x\\\"\"}}";
        var first = tenant("one@Org", name).body(definition).post(AUDIENCES).jsonPath();

        tenant("one@Org", name)
                .body(definition)
                .post(AUDIENCES)
                .then()
                .body("sandbox", equalTo(first.getMap("sandbox")))
                .body("mergePolicyId", equalTo(first.getString("mergePolicyId")));
        tenant("two@Org", name)
                .body(definition)
                .post(AUDIENCES)
                .then()
                .body("sandbox.sandboxId", not(first.getString("sandbox.sandboxId")))
                .body("mergePolicyId", not(first.getString("mergePolicyId")));
    }

    @Test
    void developersNeedNoHeaders() {
        String namespace = "ns-" + UUID.randomUUID();
        given().contentType(ContentType.JSON)
                .body(AUDIENCE.formatted(namespace))
                .post(AUDIENCES)
                .then()
                .statusCode(200)
                .body("imsOrgId", equalTo("dev@Pequel"))
                .body("sandbox.sandboxName", equalTo("prod"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-a", ".", "a/b", "a'b", "ä", "a,b"})
    void headersHaveAForm(String value) {
        for (String header : new String[] {Caller.ORGANIZATION, Caller.SANDBOX}) {
            given().header(header, value)
                    .get(AUDIENCES)
                    .then()
                    .statusCode(400)
                    .body("errors.'400'[0].message", containsString("`" + header + "`"));
        }
    }

    @Test
    void headersAreNeitherLongNorDoubledNorBlank() {
        for (String header : new String[] {Caller.ORGANIZATION, Caller.SANDBOX}) {
            given().header(header, "x".repeat(256)).get(AUDIENCES).then().statusCode(200);
            given().header(header, "x".repeat(257)).get(AUDIENCES).then().statusCode(400);
            given().header(header, "").get(AUDIENCES).then().statusCode(400);
            given().header(header, "a", "b")
                    .get(AUDIENCES)
                    .then()
                    .statusCode(400)
                    .body("errors.'400'[0].message", allOf(containsString(header), containsString("2 times")));
        }
    }

    @Test
    void changesAreRecordedUnderTheSubjectOfTheToken() {
        createdBy(
                "alice@Org",
                "Bearer " + token("{\"iss\": [1], \"x\": {\"sub\": \"no\"}, \"sub\": \"alice@Org\"}"),
                "key");
    }

    @Test
    void elseUnderTheKeyOfTheApplication() {
        createdBy("key", "Bearer opaque", "key");
        createdBy("key", "Basic YTpi", "key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Bearer a.b.c
                    Bearer ..
                    Bearer
                    bearer !.!.!
                    """)
    void aTokenThatIsNoneIsPassedOver(String authorization) {
        createdBy("key", authorization, "key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"sub\": 7}", "{\"sub\": \"a\\u0000b\"}", "{\"sub\": \"\\ud800\"}", "[]", "{\"sub\""})
    void aSubjectThatIsNoNameIsPassedOver(String claims) {
        createdBy("anonymous", "Bearer " + token(claims), null);
    }

    private void createdBy(String expected, String authorization, String key) {
        RequestSpecification request = tenant("one@Org", name).header("Authorization", authorization);
        if (key != null) {
            request.header("x-api-key", key);
        }
        request.body(audience()).post(AUDIENCES).then().statusCode(200).body("createdBy", equalTo(expected));
    }

    private static String token(String claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".signature";
    }

    private static String create(RequestSpecification request) {
        return given(request)
                .body(audience())
                .post(AUDIENCES)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private static String audience() {
        return AUDIENCE.formatted("ns-" + UUID.randomUUID());
    }

    private static RequestSpecification tenant(String organization, String sandbox) {
        return given().header(Caller.ORGANIZATION, organization)
                .header(Caller.SANDBOX, sandbox)
                .contentType(ContentType.JSON);
    }
}
