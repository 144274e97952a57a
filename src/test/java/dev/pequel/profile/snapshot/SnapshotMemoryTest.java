package dev.pequel.profile.snapshot;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.LowLimits;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All snapshots together take 4 MB here. */
@QuarkusTest
@TestProfile(LowLimits.class)
class SnapshotMemoryTest {

    private static final String BASE = "/data/core/ups";

    /** Their columns take about a megabyte. */
    private static final int SMALL = 4_000;

    private static final int LARGE = 60_000;

    @Inject
    Snapshots snapshots;

    private static RequestSpecification request(String organization) {
        return given().header("x-gw-ims-org-id", organization).header("x-sandbox-name", "prod");
    }

    private static String filled(int profiles) {
        String organization = "memory-" + UUID.randomUUID();
        String lines = IntStream.range(0, profiles)
                .mapToObj(i -> "{\"n\": %d, \"text\": \"%s\", \"identityMap\": {\"crmid\": [{\"id\": \"%s\"}]}}"
                        .formatted(i, UUID.randomUUID().toString().repeat(4), i))
                .collect(Collectors.joining("\n"));
        request(organization)
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.US_ASCII))
                .post(BASE + "/profiles/import")
                .then()
                .statusCode(200)
                .body("metrics.created", equalTo(profiles));
        return organization;
    }

    /** Evaluates an expression that all profiles match. */
    private static ValidatableResponse members(String organization) {
        String id = request(organization)
                .contentType("application/json")
                .body("{\"name\": \"A\", \"expression\": {\"value\": \"n >= 0\"}}")
                .post(BASE + "/audiences")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        return request(organization).get(BASE + "/audiences/" + id + "/members").then();
    }

    @Test
    void oneThatWasNotAskedForMakesRoom() {
        for (int i = 0; i < 8; i++) {
            members(filled(SMALL)).statusCode(200).body("_page.totalCount", equalTo(SMALL));
            assertTrue(snapshots.bytes() <= snapshots.budget(), () -> snapshots.bytes() + " bytes");
        }
    }

    @Test
    void oneThatCannotFitIsRefusedAndTheOthersGoOn() {
        String small = filled(SMALL);
        String large = filled(LARGE);
        members(large)
                .statusCode(503)
                .body("errors.'503'[0].code", equalTo("unavailable"))
                .body(
                        "errors.'503'[0].message",
                        containsString("MB of memory, but the limit for all sandboxes together is 4 MB."));
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'Snapshots' }.data.budgetBytes", equalTo(4 << 20))
                .body("checks.find { it.name == 'Snapshots' }.data.lastTooLarge", containsString("T"));
        members(small).statusCode(200).body("_page.totalCount", equalTo(SMALL));
        members(large).statusCode(503);
    }
}
