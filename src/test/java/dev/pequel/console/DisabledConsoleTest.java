package dev.pequel.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.pequel.LowLimits;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service whose console is disabled. */
@QuarkusTest
@TestProfile(LowLimits.class)
class DisabledConsoleTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console", "/console/", "/console/config", "/console/main.js", "/%63onsole/main.js"})
    void hasNoConsole(String path) {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/json")
                .body("type", equalTo("urn:pequel:error:not-found"));
    }
}
