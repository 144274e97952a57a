package dev.pequel.segmentation.membership;

import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.segmentation.PopulatedSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code docs/moving-in.md} says, with audiences as the hosted service gives them. */
@QuarkusTest
class MovingInTest {

    private static final String REFERRING = "7c0d9a52-4f0e-4b1f-9a51-0f6a4e6d2b11";
    private static final String ROMANS = "21e7a9c4-08c0-4b0a-8f5c-6d9be6a4a8f0";
    private static final String CUSTOMERS = "a5ff6f0e-93a8-4b9b-8a55-31d2b7d6c0f3";

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    @Test
    void audiencesKeepTheirIdsAndReferences() throws IOException {
        moveIn(sandbox);

        get(REFERRING)
                .body("dependencies", contains(ROMANS, CUSTOMERS))
                .body("mergePolicyId", equalTo("b83185bb-0bc6-489c-9363-0075eb30b4c8"))
                .body("lifecycle", equalTo("published"))
                .body("originName", equalTo("REAL_TIME_CUSTOMER_PROFILE"))
                .body("tags", contains("5a1f0e6e"))
                .body("imsOrgId", equalTo(sandbox.organization()))
                .body("createdBy", equalTo("anonymous"));
        get(CUSTOMERS)
                .body("audienceId", equalTo("shop-customers"))
                .body("linkedAudienceRef.flowId", equalTo("4685ea90-d2b6-11ec-9d64-0242ac120002"));
        sandbox.profile("C1", "Roma");
        sandbox.profile("C2", "Roma");
        sandbox.listMembers(CUSTOMERS, "text/csv", "crmid,C2").statusCode(200);
        sandbox.evaluateAll();
        assertEquals(Set.of("C1"), sandbox.members(REFERRING));
        assertEquals(2, sandbox.total(ROMANS));
    }

    @Test
    void whatIsUnknownIsTold() throws IOException {
        moveIn(sandbox);

        ObjectNode audience = (ObjectNode) audiences().get(0);
        post(sandbox, audience).statusCode(200).header("Pequel-Ignored", "updatedBy, ansibleUid");
    }

    @Test
    void aCopyGetsAnIdOfItsOwn() throws IOException {
        moveIn(sandbox);
        JsonNode audience = audiences().stream()
                .filter(one -> one.get("id").textValue().equals(ROMANS))
                .findFirst()
                .orElseThrow();

        post(sandbox, audience).statusCode(200).body("id", not(equalTo(ROMANS)));
    }

    @Test
    void anIdIsNotUsedTwice() {
        String id = sandbox.define("n = 1");
        sandbox.request().delete(BASE + "/audiences/{id}", id).then().statusCode(204);

        sandbox.request()
                .body("{\"id\": \"" + id + "\", \"name\": \"A\", \"expression\": {\"value\": \"n = 1\"}}")
                .post(BASE + "/audiences")
                .then()
                .statusCode(200)
                .body("id", not(equalTo(id)));
    }

    @Test
    void sandboxesWithTheSameIdsDoNotMix() throws IOException {
        PopulatedSandbox other = PopulatedSandbox.fresh();
        sandbox.profile("C1", "Roma");
        other.profile("C1", "Lyon");
        moveIn(sandbox);
        moveIn(other);

        assertEquals(Set.of("C1"), sandbox.members(ROMANS));
        assertEquals("realized", sandbox.membership("C1", ROMANS));
        assertEquals(Set.of(), other.members(ROMANS));
        assertEquals(null, other.membership("C1", ROMANS));
        assertEquals(1, sandbox.total(ROMANS));
        assertEquals(0, other.total(ROMANS));
        other.request().delete(BASE + "/audiences/{id}", REFERRING).then().statusCode(204);
        get(REFERRING).statusCode(200);
    }

    private static void moveIn(PopulatedSandbox sandbox) throws IOException {
        List<JsonNode> audiences = audiences();
        audiences.sort(Comparator.comparingInt(
                audience -> audience.path("dependencies").size()));
        for (JsonNode audience : audiences) {
            post(sandbox, audience)
                    .statusCode(200)
                    .body("id", equalTo(audience.get("id").textValue()));
        }
    }

    private static List<JsonNode> audiences() throws IOException {
        try (InputStream file = MovingInTest.class.getResourceAsStream("/moving-in/audiences.json")) {
            List<JsonNode> audiences = new ArrayList<>();
            new ObjectMapper().readTree(file).forEach(audiences::add);
            return audiences;
        }
    }

    private static ValidatableResponse post(PopulatedSandbox sandbox, JsonNode audience) {
        return sandbox.request()
                .body(audience.toString())
                .post(BASE + "/audiences")
                .then();
    }

    private ValidatableResponse get(String id) {
        return sandbox.request().get(BASE + "/audiences/{id}", id).then().statusCode(200);
    }
}
