package dev.pequel.segmentation.membership;

import static dev.pequel.segmentation.PopulatedSandbox.BASE;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.segmentation.PopulatedSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /audiences/{id}/members} and {@code /audiences/overlap}. */
@QuarkusTest
class MembersTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final String ROMANS = "homeAddress.city = \"Roma\"";

    private final PopulatedSandbox sandbox = PopulatedSandbox.fresh();

    private void romans(int from, int to) {
        sandbox.profiles(
                IntStream.rangeClosed(from, to).mapToObj(i -> """
                        {"homeAddress": {"city": "Roma"}, "identityMap": {"crmid": [{"id": "C%d"}]}}""".formatted(i)).collect(Collectors.joining("\n")));
    }

    @Test
    void areShownWithAllTheirIdentities() {
        sandbox.profiles("""
                {"homeAddress": {"city": "Roma"}, "identityMap": {"email": [{"id": "b"}, {"id": "a", "primary": true}], "crmid": [{"id": "C1"}]}}
                """);

        sandbox.membersPage(sandbox.define(ROMANS))
                .statusCode(200)
                .body("children", hasSize(1))
                .body("children[0].identityMap.crmid.id", equalTo(List.of("C1")))
                .body("children[0].identityMap.email.id", equalTo(List.of("a", "b")))
                .body("_page.totalCount", equalTo(1))
                .body("_page", not(hasKey("next")));
    }

    @Test
    void walkingTheLinksShowsEachExactlyOnceAlthoughTheyChangeMeanwhile() {
        romans(1, 25);
        String id = sandbox.define(ROMANS);
        List<String> seen = new ArrayList<>();

        String next = BASE + "/audiences/" + id + "/members?limit=7";
        boolean changed = false;
        while (next != null) {
            JsonPath page = sandbox.request()
                    .urlEncodingEnabled(false)
                    .get(next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertEquals(25, page.getInt("_page.totalCount"));
            seen.addAll(page.getList("children.identityMap.crmid.flatten().id"));
            String href = page.getString("_links.next.href");
            next = href == null ? null : href.replace("@", BASE);
            if (!changed) {
                sandbox.profile("C1", "Lyon");
                romans(26, 40);
                sandbox.evaluateAll();
                changed = true;
            }
        }

        assertEquals(25, seen.size());
        assertEquals(IntStream.rangeClosed(1, 25).mapToObj(i -> "C" + i).collect(Collectors.toSet()), Set.copyOf(seen));
        assertEquals(39, sandbox.members(id).size());
        sandbox.evaluateAll();
        sandbox.request()
                .queryParam("generation", 1)
                .get(BASE + "/audiences/{id}/members", id)
                .then()
                .statusCode(409);
    }

    /** All that tells who is in an audience tells the same, of the audience that was changed and of those that refer to it. */
    @Test
    void whoeverRefersToAChangedAudienceMovesWithIt() {
        romans(1, 2);
        sandbox.profile("C3", "Lyon");
        String changed = sandbox.define(ROMANS);
        String in = sandbox.define("inSegment(\"" + changed + "\")");
        String notIn = sandbox.define("not inSegment(\"" + changed + "\")");
        String further = sandbox.define("inSegment(\"" + in + "\")");
        sandbox.evaluateAll();

        sandbox.redefine(changed, "homeAddress.city = \"Lyon\"");

        assertEquals("exited", sandbox.membership("C1", further));
        assertEquals("realized", sandbox.membership("C1", notIn));
        assertEquals("realized", sandbox.membership("C3", in));
        assertEquals(Set.of("C3"), sandbox.members(in));
        assertEquals(Set.of("C1", "C2"), sandbox.members(notIn));
        assertEquals(Set.of("C3"), sandbox.members(further));
        assertEquals(1, sandbox.total(further));
        assertEquals(2, sandbox.total(notIn));
    }

    @Test
    void singleIdentitiesAreAddedAndRemoved() {
        romans(1, 4);
        String id = sandbox.external("listed");
        sandbox.listMembers(id, CSV, "crmid,C1").statusCode(200);

        sandbox.request()
                .contentType(NDJSON)
                .body("{\"namespace\": \"crmid\", \"id\": \"C2\"}\n{\"namespace\": \"crmid\", \"id\": \"C9\"}"
                        .getBytes())
                .post(BASE + "/audiences/{id}/members", id)
                .then()
                .statusCode(200)
                .body("received", equalTo(2))
                .body("members", equalTo(2))
                .body("unknownIdentities.id", equalTo(List.of("C9")));
        assertEquals(Set.of("C1", "C2"), sandbox.members(id));

        removeMember(id, "CRMID", "C1")
                .statusCode(200)
                .body("members", equalTo(1))
                .body("unknown", equalTo(0));
        removeMember(id, "crmid", "C9")
                .statusCode(200)
                .body("members", equalTo(1))
                .body("unknown", equalTo(1));
        assertEquals(Set.of("C2"), sandbox.members(id));
        assertEquals("exited", sandbox.membership("C1", id));
        assertEquals(1, sandbox.total(id));
        removeMember(id, "crmid", "").statusCode(400);
        removeMember(sandbox.define(ROMANS), "crmid", "C1").statusCode(409);
        removeMember(UUID.randomUUID().toString(), "crmid", "C1").statusCode(404);
    }

    private ValidatableResponse removeMember(String id, String namespace, String identity) {
        return sandbox.request()
                .queryParam("entityIdNS", namespace)
                .queryParam("entityId", identity)
                .delete(BASE + "/audiences/{id}/members", id)
                .then();
    }

    @Test
    void presentMembersAreFrozen() {
        romans(1, 2);
        String romans = sandbox.define(ROMANS);

        String frozen = freeze(romans, "{\"name\": \"F\", \"audienceId\": \"frozen\"}")
                .statusCode(200)
                .body("type", equalTo("ExternalAudience"))
                .body("audienceId", equalTo("frozen"))
                .extract()
                .path("id");
        romans(3, 3);
        sandbox.profile("C1", "Lyon");
        sandbox.evaluateAll();

        assertEquals(Set.of("C2", "C3"), sandbox.members(romans));
        assertEquals(Set.of("C1", "C2"), sandbox.members(frozen));
        assertEquals(2, sandbox.total(frozen));
        assertEquals("realized", sandbox.membership("C1", frozen));
        freeze(romans, "{\"name\": \"F\", \"audienceId\": \"frozen\"}").statusCode(409);
        freeze(romans, "{\"name\": \"F\", \"type\": \"SegmentDefinition\", \"expression\": {\"value\": \"n = 1\"}}")
                .statusCode(400);
        freeze(romans, "{\"name\": \"F\"}")
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("audienceId"));
        freeze(UUID.randomUUID().toString(), "{\"name\": \"F\", \"audienceId\": \"x\"}")
                .statusCode(404);
    }

    private ValidatableResponse freeze(String id, String body) {
        return sandbox.request()
                .body(body)
                .post(BASE + "/audiences/{id}/freeze", id)
                .then();
    }

    @Test
    void whoeverRefersToAListMovesWithIt() {
        romans(1, 3);
        String listed = sandbox.external("listed");
        String in = sandbox.define("inSegment(\"" + listed + "\")");
        sandbox.listMembers(listed, CSV, "crmid,C1\ncrmid,C2").statusCode(200);
        assertEquals(Set.of("C1", "C2"), sandbox.members(in));

        sandbox.listMembers(listed, CSV, "crmid,C3").statusCode(200);

        assertEquals("exited", sandbox.membership("C1", in));
        assertEquals("realized", sandbox.membership("C3", in));
        assertEquals(Set.of("C3"), sandbox.members(in));
        assertEquals(1, sandbox.total(in));
    }

    @Test
    void whoIsDeletedIsNoMemberAnyMore() {
        romans(1, 3);
        String id = sandbox.define(ROMANS);
        assertEquals(3, sandbox.members(id).size());

        sandbox.deleteProfile("C2");

        assertEquals(Set.of("C1", "C3"), sandbox.members(id));
        sandbox.membersPage(id).body("_page.totalCount", equalTo(2));
    }

    @Test
    void ofAChangedAudienceAreThoseOfItsPresentExpression() {
        romans(1, 3);
        sandbox.profile("C4", "Lyon");
        String id = sandbox.define(ROMANS);
        assertEquals(Set.of("C1", "C2", "C3"), sandbox.members(id));

        for (int i = 0; i < 10; i++) {
            sandbox.redefine(id, "homeAddress.city = \"Lyon\"");
            assertEquals(Set.of("C4"), sandbox.members(id));
            assertEquals(3, sandbox.exited(id));
            sandbox.redefine(id, ROMANS);
            assertEquals(Set.of("C1", "C2", "C3"), sandbox.members(id));
        }
    }

    @ParameterizedTest
    @CsvSource({"limit, 0", "limit, 1001", "limit, x", "start, -1", "generation, x"})
    void aParameterOfAnotherFormIsRefused(String name, String value) {
        sandbox.request()
                .queryParam(name, value)
                .get(BASE + "/audiences/{id}/members", sandbox.define(ROMANS))
                .then()
                .statusCode(400)
                .body("errors.'400'[0].message", containsString("`" + name + "`"));
    }

    @Test
    void anUnknownAudienceHasNone() {
        sandbox.membersPage(UUID.randomUUID().toString()).statusCode(404);
        sandbox.membersPage("x").statusCode(404);
    }

    @Test
    void ofAnExternalAudienceAreListed() {
        romans(1, 5);
        String id = sandbox.external("listed");
        sandbox.membersPage(id).statusCode(200).body("children", empty());
        assertEquals(0, sandbox.total(id));

        sandbox.listMembers(id, NDJSON, """
                        {"namespace": "crmid", "id": "C1"}
                        {"namespace": "crmid", "id": "C2"}

                        {"namespace": "crmid", "id": "C2"}
                        {"namespace": "crmid", "id": "nobody"}
                        {"namespace": "Crmid", "id": "C3"}
                        """)
                .statusCode(200)
                .body("audienceId", equalTo(id))
                .body("received", equalTo(5))
                .body("members", equalTo(3))
                .body("unknown", equalTo(1))
                .body("unknownIdentities.id", equalTo(List.of("nobody")));
        assertEquals(Set.of("C1", "C2", "C3"), sandbox.members(id));
        assertEquals(3, sandbox.total(id));

        sandbox.listMembers(id, CSV, "namespace,id\r\n\"crmid\",\"C2\"\r\ncrmid,C3\r\n")
                .statusCode(200)
                .body("received", equalTo(2))
                .body("members", equalTo(2));
        assertEquals(Set.of("C2", "C3"), sandbox.members(id));
        assertEquals(2, sandbox.total(id));
        assertEquals(1, sandbox.exited(id));
        assertEquals(2, sandbox.withMetrics(id).getInt("metrics.data.totalProfilesByNamespace.crmid"));

        sandbox.deleteProfile("C3");
        assertEquals(1, sandbox.total(id));
        sandbox.listMembers(id, NDJSON, "").statusCode(200).body("members", equalTo(0));
        assertEquals(0, sandbox.total(id));
    }

    @Test
    void aListWithAMalformedLineChangesNothing() {
        romans(1, 2);
        String id = sandbox.external("listed");
        sandbox.listMembers(id, CSV, "crmid,C1").statusCode(200);

        sandbox.listMembers(id, NDJSON, """
                        {"namespace": "crmid", "id": "C2"}
                        {"namespace": "crmid"}
                        nonsense
                        ["crmid", "C2"]
                        {"namespace": "", "id": "C2"}
                        """)
                .statusCode(400)
                .body("errors.'400'.message", hasSize(4))
                .body("errors.'400'[0].message", containsString("line 2"));
        sandbox.listMembers(id, CSV, "crmid,C2\ncrmid,\"C2\ncrmid,a,b\ncrmid,C1\rcrmid,C2\n" + "x".repeat(20_000))
                .statusCode(400)
                .body("errors.'400'.message", hasSize(4));

        assertEquals(Set.of("C1"), sandbox.members(id));
    }

    @Test
    void onlyThoseOfAnExternalAudienceCanBeListed() {
        sandbox.listMembers(sandbox.define(ROMANS), CSV, "crmid,C1").statusCode(409);
        sandbox.listMembers(UUID.randomUUID().toString(), CSV, "crmid,C1").statusCode(404);
        sandbox.listMembers(sandbox.external("listed"), "text/html", "crmid,C1").statusCode(415);
    }

    @Test
    void overlapsAreCountedForEachPairAndForAll() {
        romans(1, 10);
        String one = sandbox.external("one");
        String two = sandbox.external("two");
        String all = sandbox.define(ROMANS);
        sandbox.listMembers(one, CSV, "crmid,C1\ncrmid,C2\ncrmid,C3\ncrmid,C4").statusCode(200);
        sandbox.listMembers(two, CSV, "crmid,C3\ncrmid,C4\ncrmid,C5").statusCode(200);

        sandbox.request()
                .body("[\"" + one + "\", \"" + two + "\", \"" + all + "\"]")
                .post(BASE + "/audiences/overlap")
                .then()
                .statusCode(200)
                .body("audiences.id", equalTo(List.of(one, two, all)))
                .body("audiences.totalProfiles", equalTo(List.of(4, 3, 10)))
                .body("pairs.ids", equalTo(List.of(List.of(one, two), List.of(one, all), List.of(two, all))))
                .body("pairs.inBoth", equalTo(List.of(2, 4, 3)))
                .body("pairs.inEither", equalTo(List.of(5, 10, 10)))
                .body("pairs[0].similarity", equalTo(0.4f))
                .body("total.inAll", equalTo(2))
                .body("total.inAny", equalTo(10));
        sandbox.deleteProfile("C3");
        sandbox.request()
                .body("{\"ids\": [\"" + one + "\", {\"id\": \"" + two + "\"}]}")
                .post(BASE + "/audiences/overlap")
                .then()
                .statusCode(200)
                .body("audiences.totalProfiles", equalTo(List.of(3, 2)))
                .body("total.inAll", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}      | 400
            []      | 400
            [7]     | 400
            ["x"]   | 404
            """)
    void overlapsOfNothingAreRefused(String body, int status) {
        sandbox.request().body(body).post(BASE + "/audiences/overlap").then().statusCode(status);
    }

    @Test
    void theViewOfAProfileShowsItsAudiences() {
        romans(1, 2);
        String in = sandbox.define(ROMANS);
        String out = sandbox.define("homeAddress.city = \"Lyon\"");
        String listed = sandbox.external("listed");
        sandbox.listMembers(listed, CSV, "crmid,C1").statusCode(200);
        sandbox.members(in);
        sandbox.members(out);

        Set<String> audiences = new TreeSet<>(sandbox.request()
                .queryParam("entityIdNS", "crmid")
                .queryParam("entityId", "C1")
                .get(BASE + "/access/entities")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .<String, Object>getMap("values()[0].entity.segmentMembership.ups")
                .keySet());

        assertEquals(new TreeSet<>(Set.of(in, listed)), audiences);
        assertTrue(!audiences.contains(out));
    }
}
