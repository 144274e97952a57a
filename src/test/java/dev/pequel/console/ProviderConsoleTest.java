package dev.pequel.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.pequel.tenant.VerifiedTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The console of a service that verifies tokens, and whose users sign in at a token provider. */
@QuarkusTest
@TestProfile(VerifiedTokens.class)
class ProviderConsoleTest {

    @Test
    void pageAndConfigurationNeedNoToken() {
        String issuer = given().get("/console/config")
                .then()
                .statusCode(200)
                .body("signIn", equalTo("oidc"))
                .body("issuer", startsWith("http://localhost:"))
                .body("clientId", equalTo("console"))
                .body("scope", equalTo("openid"))
                .body("needsApiKey", equalTo(true))
                .body("organizationClaim", equalTo("organization"))
                .body("sandboxesClaim", equalTo("sandboxes"))
                .body("organization", nullValue())
                .extract()
                .path("issuer");

        given().get("/console/main.js").then().statusCode(200);
        given().get("/console/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("connect-src 'self' " + issuer + ";"));
    }
}
