package dev.pequel.tenant;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import dev.pequel.tenant.authentication.Roles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call when tokens are verified. */
@QuarkusTest
@TestProfile(VerifiedTokens.class)
public class AuthenticationTest {

    private static final String AUDIENCES = "/data/core/ups/audiences";
    private static final String ORGANIZATION = "acme@Org";

    private final String sandbox = "sandbox-" + UUID.randomUUID();

    @Test
    void whoSendsNoTokenIsAskedForOne() {
        refused(request(ORGANIZATION), 401)
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("errors.'401'[0].code", equalTo("unauthenticated"))
                .body("errors.'401'[0].message", containsString("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "acme"})
    void neitherIsAnotherSchemeAToken(String authorization) {
        refused(request(ORGANIZATION).header("Authorization", authorization), 401)
                .header("WWW-Authenticate", startsWith("Bearer"));
    }

    @Test
    void theAddressesOfTheApiAreNoSecret() {
        given().get("/data/core/ups/nothing").then().statusCode(404);
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200);
    }

    @Test
    void aTokenOfThisIssuerIsAccepted() {
        as(TestTokens.token("alice", ORGANIZATION, Roles.READER))
                .get(AUDIENCES)
                .then()
                .statusCode(200);
    }

    @Test
    void aTokenThatIsNotOursIsRefused() {
        Map<String, Object> claims = Map.of("sub", "eve", "organization", ORGANIZATION, "groups", List.of(Roles.ADMIN));
        String good = TestTokens.sign(claims);
        String[] parts = good.split("\\.");

        invalid(Jwt.claims(claims)
                .issuer(TestTokens.ISSUER)
                .expiresIn(600)
                .sign(TestTokens.newKey().getPrivate()));
        invalid(Jwt.claims(claims)
                .issuer("https://other.example")
                .expiresIn(600)
                .sign(TestTokens.key().getPrivate()));
        invalid(Jwt.claims(claims)
                .issuer(TestTokens.ISSUER)
                .expiresAt(1_000_000_000)
                .sign(TestTokens.key().getPrivate()));
        invalid(TestTokens.base64("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        invalid(parts[0] + "." + TestTokens.base64("{\"sub\":\"eve\",\"iss\":\"" + TestTokens.ISSUER + "\"}") + "."
                + parts[2]);
        invalid(good.substring(0, good.length() - 8));
        invalid("a.b.c");
        invalid("opaque");
    }

    @Test
    void aTokenEnds() {
        invalid(TestTokens.signWithoutTimes(
                "{\"sub\":\"eve\",\"iss\":\"" + TestTokens.ISSUER + "\",\"organization\":\"" + ORGANIZATION + "\"}"));
    }

    @Test
    void theKeyIsNotASharedSecret() {
        // The public key is known to all, so a token that was "signed" with it as a secret proves nothing.
        String forged = Jwt.claims(Map.of("sub", "eve", "organization", ORGANIZATION, "groups", List.of(Roles.ADMIN)))
                .issuer(TestTokens.ISSUER)
                .expiresIn(600)
                .signWithSecret(new String(TestTokens.key().getPublic().getEncoded(), StandardCharsets.ISO_8859_1));
        invalid(forged);
    }

    @Test
    void theTokenMustBeForTheOrganization() {
        String token = TestTokens.token("alice", ORGANIZATION, Roles.ADMIN);

        refused(bearer(request("other@Org"), token), 403)
                .body("errors.'403'[0].message", containsString("`x-gw-ims-org-id`"));
        as(TestTokens.sign(Map.of("organization", List.of("x@Org", ORGANIZATION), "groups", List.of(Roles.READER))))
                .get(AUDIENCES)
                .then()
                .statusCode(200);
    }

    @Test
    void aTokenWithoutAnOrganizationIsForNone() {
        refused(as(TestTokens.sign(Map.of("sub", "alice", "groups", List.of(Roles.ADMIN)))), 403)
                .body("errors.'403'[0].message", containsString("`organization`"));
        for (Object organization : new Object[] {7, true, Map.of(ORGANIZATION, 1), List.of(), List.of(7), ""}) {
            refused(as(TestTokens.sign(Map.of("organization", organization, "groups", List.of(Roles.ADMIN)))), 403);
        }
    }

    @Test
    void aTokenMayBeForSomeSandboxes() {
        Map<String, Object> claims = Map.of("organization", ORGANIZATION, "groups", List.of(Roles.READER));
        Map<String, Object> here = new HashMap<>(claims);
        here.put("sandboxes", List.of("other", sandbox));
        Map<String, Object> elsewhere = new HashMap<>(claims);
        elsewhere.put("sandboxes", List.of("other"));

        as(TestTokens.sign(here)).get(AUDIENCES).then().statusCode(200);
        refused(as(TestTokens.sign(elsewhere)), 403)
                .body("errors.'403'[0].message", containsString("`x-sandbox-name`"));
        elsewhere.put("sandboxes", List.of());
        refused(as(TestTokens.sign(elsewhere)), 403);
    }

    @Test
    void oneSandboxNeedsNoArray() {
        as(TestTokens.signJson(claims("\"sandboxes\": \"" + sandbox + "\"")))
                .get(AUDIENCES)
                .then()
                .statusCode(200);
    }

    /** An issuer that writes the claim means to limit the token, so a malformed claim does not make it good for everything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "true",
                "{}",
                "{'HERE': 1}",
                "''",
                "[]",
                "[null]",
                "[7]",
                "[['HERE']]",
                "['HERE', null]",
                "['HERE', 7]",
                "['HERE', {}]"
            })
    void aMalformedClaimAllowsNoSandboxAndNoOrganization(String value) {
        String ofSandbox = value.replace('\'', '"').replace("HERE", sandbox);
        String ofOrganization = value.replace('\'', '"').replace("HERE", ORGANIZATION);

        refusedAsMalformed(claims("\"sandboxes\": " + ofSandbox));
        refusedAsMalformed("\"groups\": [\"audience-admin\"], \"organization\": " + ofOrganization);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "true", "{}", "[]", "[\"alice\"]"})
    void aMalformedSubjectIsRefused(String value) {
        refusedAsMalformed(claims("\"sub\": " + value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'groups': null",
                "'groups': 7",
                "'groups': {'a': 'x audience-admin y'}",
                "'groups': ['audience-admin', null]",
                "'groups': ['audience-admin', 7]",
                "'groups': [['audience-admin']]",
                "'groups': null, 'realm_access': {'roles': ['audience-admin']}",
                "'groups': ['audience-admin'], 'realm_access': null",
                "'realm_access': 'audience-admin'",
                "'realm_access': ['audience-admin']",
                "'realm_access': {'roles': null}",
                "'realm_access': {'roles': ['audience-admin', null]}",
                "'realm_access': {'roles': {'a': 'x audience-admin y'}}"
            })
    void malformedRolesAllowNothing(String roles) {
        refusedAsMalformed("\"organization\": \"" + ORGANIZATION + "\", " + roles.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'groups': 'audience-reader'",
                "'groups': 'other audience-reader'",
                "'groups': ['other', 'audience-reader']",
                "'realm_access': {'roles': ['audience-reader']}",
                "'groups': [], 'realm_access': {'roles': ['audience-reader'], 'other': null}"
            })
    void rolesMayBeWrittenInSeveralWays(String roles) {
        as(TestTokens.signJson("\"organization\": \"" + ORGANIZATION + "\", " + roles.replace('\'', '"')))
                .get(AUDIENCES)
                .then()
                .statusCode(200);
    }

    /** Claims that every token has; of a malformed one it is not known until when the token is good, or whose it is. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "exp | null",
                "exp | 'x'",
                "exp | []",
                "exp | {}",
                "iat | null",
                "iat | 'x'",
                "iat | []",
                "iss | null",
                "iss | 7",
                "iss | []",
                "iss | ['https://issuer.example']",
                "nbf | 'x'",
                "nbf | []",
                "nbf | {}"
            })
    void malformedClaimsOfEveryTokenAreRefused(String claim, String value) {
        long now = Instant.now().getEpochSecond();
        Map<String, String> claims = new HashMap<>(Map.of(
                "iss",
                "'" + TestTokens.ISSUER + "'",
                "iat",
                String.valueOf(now),
                "exp",
                String.valueOf(now + 600),
                "organization",
                "'" + ORGANIZATION + "'",
                "groups",
                "['audience-admin']"));
        claims.put(claim, value);

        invalid(TestTokens.signWithoutTimes(claims.entrySet().stream()
                .map(one -> "'" + one.getKey() + "': " + one.getValue())
                .collect(Collectors.joining(", ", "{", "}"))
                .replace('\'', '"')));
    }

    /** The library refuses some of them itself, with 401. */
    private void refusedAsMalformed(String claims) {
        as(TestTokens.signJson(claims))
                .get(AUDIENCES)
                .then()
                .statusCode(oneOf(401, 403))
                .contentType(ContentType.JSON)
                .body("errors", notNullValue());
    }

    private static String claims(String others) {
        return "\"organization\": \"" + ORGANIZATION + "\", \"groups\": [\"audience-admin\"], " + others;
    }

    @ParameterizedTest
    @CsvSource({
        "audience-reader, 403",
        "audience-editor, 200",
        "audience-admin, 200",
        "Marketing Team, 200",
        "anything, 403",
    })
    void aRoleAllowsWhatItSays(String role, int expected) {
        var answer = create(TestTokens.token("alice", ORGANIZATION, role)).statusCode(expected);
        if (expected == 403) {
            answer.body("errors.'403'[0].code", equalTo("forbidden")).body("requestId", notNullValue());
        }
    }

    @Test
    void aRoleIncludesTheLesserOnes() {
        for (String role : List.of(Roles.READER, Roles.EDITOR, Roles.ADMIN)) {
            as(TestTokens.token("alice", ORGANIZATION, role))
                    .get(AUDIENCES)
                    .then()
                    .statusCode(200);
        }
        refused(as(TestTokens.token("alice", ORGANIZATION)), 403);
    }

    @Test
    void aRequestIsRefusedBeforeItsBodyIsLookedAt() {
        as(TestTokens.token("alice", ORGANIZATION, Roles.READER))
                .body("{")
                .post(AUDIENCES)
                .then()
                .statusCode(403);
        request(ORGANIZATION).body("{").post(AUDIENCES).then().statusCode(401);
        bearer(request("other@Org"), TestTokens.token("alice", ORGANIZATION, Roles.ADMIN))
                .body("{")
                .post("/data/core/ups/segment/conversion")
                .then()
                .statusCode(403);
    }

    @Test
    void changesAreRecordedUnderTheSubjectOfTheToken() {
        create(TestTokens.token("alice@Org", ORGANIZATION, Roles.EDITOR))
                .statusCode(200)
                .body("createdBy", equalTo("alice@Org"));
    }

    @Test
    void anApiKeyIsOneOfThoseThatAreListed() {
        String token = "Bearer " + TestTokens.token("alice", ORGANIZATION, Roles.READER);
        for (String key : new String[] {"key-3", "", "key-1,key-2"}) {
            refused(
                            given().header(Caller.ORGANIZATION, ORGANIZATION)
                                    .header(Caller.SANDBOX, sandbox)
                                    .header(Caller.API_KEY, key)
                                    .header("Authorization", token),
                            403)
                    .body("errors.'403'[0].message", containsString("`x-api-key`"));
        }
        refused(
                given().header(Caller.ORGANIZATION, ORGANIZATION)
                        .header(Caller.SANDBOX, sandbox)
                        .header("Authorization", token),
                403);
    }

    /** Readers see who created an audience, and shall not see what opens the service. */
    @Test
    void anApiKeyThatIsASecretIsNoName() {
        create(TestTokens.sign(Map.of("organization", ORGANIZATION, "groups", List.of(Roles.EDITOR))))
                .statusCode(200)
                .body("createdBy", equalTo("anonymous"));
    }

    @Test
    void theTokenIsNotRepeated() {
        String token = "x" + TestTokens.token("alice", ORGANIZATION, Roles.ADMIN);
        refused(as(token), 401).body(not(containsString(token)));
    }

    private ValidatableResponse create(String token) {
        return as(token).body("""
                {"name": "A", "audienceId": "%s", "type": "ExternalSegment", "namespace": "n"}
                """.formatted(UUID.randomUUID())).post(AUDIENCES).then();
    }

    private void invalid(String token) {
        refused(as(token), 401)
                .header("WWW-Authenticate", equalTo("Bearer error=\"invalid_token\""))
                .body("errors.'401'[0].code", equalTo("unauthenticated"));
    }

    private static ValidatableResponse refused(RequestSpecification request, int status) {
        return request.get(AUDIENCES)
                .then()
                .statusCode(status)
                .contentType(ContentType.JSON)
                .header("Cache-Control", equalTo("private, no-cache"))
                .body("status", equalTo(status));
    }

    private RequestSpecification as(String token) {
        return bearer(request(ORGANIZATION), token);
    }

    private static RequestSpecification bearer(RequestSpecification request, String token) {
        return request.header("Authorization", "Bearer " + token);
    }

    private RequestSpecification request(String organization) {
        return given().header(Caller.ORGANIZATION, organization)
                .header(Caller.SANDBOX, sandbox)
                .header(Caller.API_KEY, VerifiedTokens.API_KEY)
                .contentType(ContentType.JSON);
    }
}
