package dev.pequel.profile.store;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.profile.snapshot.ProfileSnapshot;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void severalProfilesAreFoundAtOnce() {
        String ada = request()
                .queryParam("entityIdNS", "email")
                .queryParam("entityId", "ada@example.com")
                .get(ENTITIES)
                .path("values()[0].entityId");

        post("""
                {"schema": {"name": "_xdm.context.profile"}, "fields": ["person.name"], "withCA": true,
                 "identities": [{"entityId": "C1", "entityIdNS": {"code": "CRMID"}},
                                {"entityId": "joe+a@example.com", "entityIdNS": {"code": "email"}},
                                {"entityId": "nobody", "entityIdNS": {"code": "email"}},
                                {"entityId": "%s"}]}
                """.formatted(ada))
                .statusCode(200)
                .header("Pequel-Ignored", "withCA")
                .body("$", aMapWithSize(2))
                .body("values().entity.person.name.firstName", containsInAnyOrder("Joe", "Ada"))
                .body("values()[0].entity", not(hasKey("identityMap")));
        post("{\"identities\": [{\"entityId\": \"nobody\"}]}").statusCode(200).body("$", aMapWithSize(0));
    }

    @Test
    void anEntityIdNamesNothingWhereNothingIsStored() {
        RequestSpecification empty = given().header("x-sandbox-name", "entity-" + UUID.randomUUID());

        empty.contentType(ContentType.JSON)
                .body("{\"identities\": [{\"entityId\": \"" + EntityDocument.id(0) + "\"}]}")
                .post(ENTITIES)
                .then()
                .statusCode(200)
                .body("$", aMapWithSize(0));
        given().header("x-sandbox-name", "entity-" + UUID.randomUUID())
                .queryParam("schema.name", "_xdm.context.experienceevent")
                .queryParam("relatedEntityId", EntityDocument.id(0))
                .get(ENTITIES)
                .then()
                .statusCode(404);
    }

    @Test
    void eventsOfAProfileAreReadAPageAtATime() {
        imported("events", """
                {"_id":"e3","timestamp":"2026-01-03T00:00:00Z","n":3,"identityMap":{"crmid":[{"id":"C1"}]}}
                {"_id":"e2","timestamp":"2026-01-02T00:00:00Z","n":2,"identityMap":{"crmid":[{"id":"C1"}]}}
                {"_id":"e2b","timestamp":"2026-01-02T00:00:00Z","n":2,"identityMap":{"crmid":[{"id":"C1"}]}}
                {"_id":"other","timestamp":"2026-01-02T00:00:00Z","identityMap":{"email":[{"id":"ada@example.com"}]}}
                """);

        String next = events("limit", "2")
                .body("children.entityId", contains("e1", "e2"))
                .body("children[1].timestamp", equalTo(1767312000000L))
                .body("children[1].entity.n", equalTo(2))
                .body("_page.orderby", equalTo("timestamp"))
                .body("_page.start", equalTo("e1"))
                .body("_page.count", equalTo(2))
                .body("_page.next", equalTo("e2b"))
                .extract()
                .path("_links.next.href");
        request()
                .urlEncodingEnabled(false)
                .get("/data/core/ups/access" + next)
                .then()
                .statusCode(200)
                .body("children.entityId", contains("e2b", "e3"))
                .body("_page.next", equalTo(""))
                .body("_links.next.href", equalTo(""));
        events("orderby", "-timestamp", "fields", "n")
                .body("children.entityId", contains("e3", "e2b", "e2", "e1"))
                .body("children[0].entity", equalTo(Map.of("n", 3)));
        events("startTime", "1767312000000", "endTime", "1767398400000")
                .body("children.entityId", contains("e2", "e2b"));
        events("orderby", "-timestamp", "start", "e2").body("children.entityId", contains("e2", "e1"));
    }

    @Test
    void eventsOfSeveralProfilesAreReadAtOnce() {
        post("""
                {"schema": {"name": "_xdm.context.experienceevent"}, "relatedSchema": {"name": "_xdm.context.profile"},
                 "identities": [{"relatedEntityId": "C1", "relatedEntityIdNS": {"code": "crmid"}},
                                {"relatedEntityId": "ada@example.com", "relatedEntityIdNS": {"code": "email"}}],
                 "timeFilter": {"startTime": 0, "endTime": 1999999999999}, "limit": 10, "orderby": "+timestamp"}
                """)
                .statusCode(200)
                .body("values()._page.count", containsInAnyOrder(1, 0))
                .body("values().children.flatten().entityId", contains("e1"));
    }

    @Test
    void orderByIsAnotherNameOfOrderby() {
        post("""
                {"schema": {"name": "_xdm.context.experienceevent"}, "orderBy": "-timestamp",
                 "identities": [{"relatedEntityId": "C1", "relatedEntityIdNS": {"code": "crmid"}}]}
                """).statusCode(200).body("values()._page.orderby", contains("-timestamp"));
    }

    @Test
    void eventsAreNotFilteredByTheirProperties() {
        request()
                .queryParam("schema.name", "_xdm.context.experienceevent")
                .queryParam("relatedEntityIdNS", "crmid")
                .queryParam("relatedEntityId", "C1")
                .queryParam("property", "n=1")
                .get(ENTITIES)
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`property`"));
    }

    @Test
    void anEntityIdOfNoProfileHasNoEvents() {
        String nobody = EntityDocument.id(1_000_000);
        request()
                .queryParam("schema.name", "_xdm.context.experienceevent")
                .queryParam("relatedEntityId", nobody)
                .get(ENTITIES)
                .then()
                .statusCode(404)
                .body("errors.'404'[0].message", containsString(nobody));
        post("""
                {"schema": {"name": "_xdm.context.experienceevent"}, "relatedSchema": {"name": "_xdm.context.profile"},
                 "identities": [{"relatedEntityId": "%s"},
                                {"relatedEntityId": "C1", "relatedEntityIdNS": {"code": "crmid"}}]}
                """.formatted(nobody)).statusCode(200).body("values()._page.count", contains(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{'identities': []}",
                "{'identities': [{'entityId': 7}]}",
                "{'identities': [{}]}",
                "{'identities': [{'entityId': 'x', 'entityIdNS': 'email'}]}",
                "{'schema': {'name': 'x'}, 'identities': [{'entityId': 'x'}]}",
                "{'schema': {'name': '_xdm.context.experienceevent'}, 'identities': [{'entityId': 'x'}]}",
                "{'orderby': 'name', 'identities': [{'entityId': 'x'}]}",
                "{'orderBy': 'name', 'identities': [{'entityId': 'x'}]}",
                "{'orderBy': 'timestamp', 'orderby': '-timestamp', 'identities': [{'entityId': 'x'}]}",
                "{'limit': 1001, 'identities': [{'entityId': 'x'}]}",
                "{'timeFilter': {'startTime': -1}, 'identities': [{'entityId': 'x'}]}",
                "{'identities': [{'entityId': 'x\\u0000', 'entityIdNS': {'code': 'email'}}]}"
            })
    void refusesWhatNamesNoProfiles(String body) {
        post(body.replace('\'', '"')).statusCode(400);
    }

    @Test
    void anUnknownMergePolicyIsNotFound() {
        String policy = request().get("/data/core/ups/config/mergePolicies").path("children[0].id");

        request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .queryParam("mergePolicyId", policy)
                .get(ENTITIES)
                .then()
                .statusCode(200);
        request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .queryParam("mergePolicyId", UUID.randomUUID())
                .get(ENTITIES)
                .then()
                .statusCode(404)
                .body("errors.'404'[0].message", containsString("merge policy"));
        post("{\"identities\": [{\"entityId\": \"x\"}], \"mergePolicyId\": \"x\"}")
                .statusCode(404);
    }

    private ValidatableResponse post(String body) {
        return request().contentType(ContentType.JSON).body(body).post(ENTITIES).then();
    }

    /** @param parameters names and values in turn */
    private ValidatableResponse events(String... parameters) {
        RequestSpecification request = request()
                .queryParam("schema.name", "_xdm.context.experienceevent")
                .queryParam("relatedEntityIdNS", "crmid")
                .queryParam("relatedEntityId", "C1");
        for (int i = 0; i < parameters.length; i += 2) {
            request.queryParam(parameters[i], parameters[i + 1]);
        }
        return request.get(ENTITIES).then().statusCode(200);
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
                .queryParam("schema.name", "_xdm.context.account")
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
