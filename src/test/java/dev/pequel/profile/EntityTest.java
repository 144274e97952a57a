package dev.pequel.profile;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EntityTest {

    private static final String ENTITIES = "/data/core/ups/access/entities";

    private final String sandbox = "entity-" + UUID.randomUUID();

    @Inject
    Snapshots snapshots;

    @BeforeEach
    void importProfiles() {
        imported("profiles", """
                {"person":{"name":{"firstName":"Joe"}},"price":1.10,"identityMap":{"email":[{"id":"joe+a@example.com"}],"crmid":[{"id":"C1"}]}}
                {"person":{"name":{"firstName":"Ada"}},"identityMap":{"email":[{"id":"ada@example.com"}]}}
                """);
        imported("events", """
                {"_id":"e1","timestamp":"2026-01-01T00:00:00Z","identityMap":{"crmid":[{"id":"C1"}]}}
                """);
    }

    @Test
    void aProfileIsFoundByEachOfItsIdentities() {
        for (Map.Entry<String, String> identity :
                Map.of("email", "joe+a@example.com", "crmid", "C1").entrySet()) {
            request()
                    .queryParam("entityIdNS", identity.getKey())
                    .queryParam("entityId", identity.getValue())
                    .get(ENTITIES)
                    .then()
                    .statusCode(200)
                    .body("$", aMapWithSize(1))
                    .body("values()[0].entity.person.name.firstName", equalTo("Joe"))
                    .body("values()[0].entity.identityMap.crmid[0].id", equalTo("C1"))
                    .body("values()[0].entity", not(hasKey("xEvent")));
        }
    }

    @Test
    void aProfileIsFoundByItsEntityId() {
        String id = request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .get(ENTITIES)
                .path("values()[0].entityId");

        request()
                .queryParam("entityId", id)
                .get(ENTITIES)
                .then()
                .statusCode(200)
                .body(id + ".entity.person.name.firstName", equalTo("Joe"));
    }

    @Test
    void showsTheFieldsThatWereAskedFor() {
        request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .queryParam("fields", "person.name,price, nothing.there")
                .get(ENTITIES)
                .then()
                .statusCode(200)
                .body("values()[0].entity", aMapWithSize(2))
                .body("values()[0].entity.person.name.firstName", equalTo("Joe"));
    }

    @Test
    void unknownAndForeignProfilesAreNotFound() {
        request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C2")
                .get(ENTITIES)
                .then()
                .statusCode(404);
        request().queryParam("entityId", "nonsense").get(ENTITIES).then().statusCode(404);
        given().header("x-sandbox-name", "entity-other")
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .get(ENTITIES)
                .then()
                .statusCode(404);
    }

    @Test
    void namespacesAreTheSameWithoutRegardToCase() {
        imported("profiles", """
                {"person":{"name":{"firstName":"Eve"}},"identityMap":{"ECID":[{"id":"E1"}],"Email":[{"id":"eve@example.com"}]}}
                {"person":{"name":{"firstName":"Eva"}},"identityMap":{"ecid":[{"id":"E1"}]}}
                """);
        imported("events", """
                {"_id":"e2","timestamp":"2026-01-01T00:00:00Z","identityMap":{"Ecid":[{"id":"E1"}]}}
                """);

        for (String namespace : List.of("ECID", "ecid", "eCiD")) {
            request()
                    .queryParam("entityIdNS", namespace)
                    .queryParam("entityId", "E1")
                    .get(ENTITIES)
                    .then()
                    .statusCode(200)
                    .body("values()[0].entity.person.name.firstName", equalTo("Eva"))
                    // As the document has it.
                    .body("values()[0].entity.identityMap.ecid[0].id", equalTo("E1"));
        }
        request()
                .queryParam("entityIdNS", "email")
                .queryParam("entityId", "eve@example.com")
                .get(ENTITIES)
                .then()
                .statusCode(404);
        assertEquals(3, snapshots.of(new Tenant("dev@Pequel", sandbox)).size());
    }

    @Test
    void malformedRequestsAreRefused() {
        request()
                .queryParam("entityIdNS", "crmid")
                .get(ENTITIES)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("entityId"));
        request()
                .queryParam("entityId", "C1")
                .queryParam("schema.name", "_xdm.context.experienceevent")
                .get(ENTITIES)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("schema.name"));
    }

    @Test
    void aDeletedProfileIsGoneWithItsIdentitiesAndEvents() {
        assertEquals(2, snapshot().size());

        request()
                .queryParam("entityIdNS", "email")
                .queryParam("entityId", "joe+a@example.com")
                .delete(ENTITIES)
                .then()
                .statusCode(204);

        request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .get(ENTITIES)
                .then()
                .statusCode(404);
        request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .delete(ENTITIES)
                .then()
                .statusCode(404);
        assertEquals("{1}", snapshot().profiles().toString());
        assertEquals("{email={1}}", snapshot().namespaces().toString());
    }

    @Test
    void theNextProfileDoesNotInheritTheOrdinalOrTheEventsOfADeletedOne() {
        request()
                .queryParam("entityIdNS", "email")
                .queryParam("entityId", "ada@example.com")
                .delete(ENTITIES)
                .then()
                .statusCode(204);

        imported("profiles", "{\"identityMap\":{\"email\":[{\"id\":\"ada@example.com\"}]}}");

        assertEquals("{0,2}", snapshot().profiles().toString());
    }

    private ProfileSnapshot snapshot() {
        return snapshots.of(new Tenant("dev@Pequel", sandbox));
    }

    private void imported(String content, String lines) {
        request()
                .contentType("application/x-ndjson")
                .body(lines.getBytes())
                .post("/data/core/ups/" + content + "/import")
                .then()
                .statusCode(200)
                .body("metrics.failed", equalTo(0));
    }

    private RequestSpecification request() {
        return given().header("x-sandbox-name", sandbox);
    }
}
