package dev.pequel.audience;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Audiences that refer to audiences. */
@QuarkusTest
class AudienceReferencesTest {

    private final TestSandbox sandbox = TestSandbox.fresh();

    @Test
    void bothSidesAreTrueOnEveryRead() {
        String a = sandbox.define("A", "workAddress.country = \"US\"");
        String external = sandbox.list("E", "e");
        String b = sandbox.define("B", inSegment(external) + " or " + inSegment(a) + " or not " + inSegment(a));
        String c = sandbox.define("C", inSegment(a));

        sandbox.get(a).body("dependents", contains(b, c)).body("dependencies", empty());
        sandbox.get(b).body("dependents", empty()).body("dependencies", contains(external, a));
        sandbox.get(external).body("dependents", contains(b));
        list("dependents==" + b).body("children.id", contains(external, a));
        list("dependencies==" + a).body("children.id", contains(c, b));
        list("id==" + a).body("children[0].dependents", contains(b, c));

        sandbox.patch(b, expression("person.name.firstName = \"x\""))
                .statusCode(200)
                .body("dependencies", empty());
        sandbox.delete(c).statusCode(204);
        sandbox.get(a).body("dependents", empty());
    }

    @Test
    void anUpdateAnswersBothSidesToo() {
        String a = sandbox.define("A", "workAddress.country = \"US\"");
        String b = sandbox.define("B", inSegment(a));

        sandbox.patch(a, "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"AA\"}]")
                .statusCode(200)
                .body("dependents", contains(b));
    }

    @Test
    void anUnknownAudienceIsRefusedWhereItStands() {
        String foreign = TestSandbox.fresh().define("F", "workAddress.country = \"US\"");
        String deleted = sandbox.define("D", "workAddress.country = \"US\"");
        sandbox.delete(deleted).statusCode(204);

        for (String id : List.of("nobody", foreign, deleted)) {
            refuses("workAddress.country = \"US\" and " + inSegment(id))
                    .body("errors.'400'.code", contains("PQL2006"))
                    .body("diagnostics.code", contains("PQL2006"))
                    .body("diagnostics[0].message", containsString(id))
                    .body("diagnostics[0].rendered", containsString("\n  workAddress.country = \"US\" and inSegment("))
                    .body("diagnostics[0].line", equalTo(1))
                    .body("diagnostics[0].offset", equalTo(41))
                    .body("diagnostics[0].column", equalTo(42))
                    .body("diagnostics[0].length", equalTo(id.length() + 2));
            checks("workAddress.country = \"US\" and " + inSegment(id))
                    .body("valid", equalTo(false))
                    .body("diagnostics.code", contains("PQL2006"))
                    .body("diagnostics[0].offset", equalTo(41));
        }
        String existing = sandbox.define("E", "workAddress.country = \"US\"");
        checks(inSegment(existing)).body("valid", equalTo(true)).body("dependencies", contains(existing));
    }

    @Test
    void allUnknownAudiencesAreToldAtOnce() {
        refuses(inSegment("x") + " or " + inSegment("y"))
                .body("diagnostics.code", contains("PQL2006", "PQL2006"))
                .body("diagnostics.offset", contains(10, 28));
    }

    @Test
    void anAudienceCannotReferToItself() {
        String a = sandbox.define("A", "workAddress.country = \"US\"");

        sandbox.patch(a, expression(inSegment(a)))
                .statusCode(400)
                .body("diagnostics.code", contains("PQL2007"))
                .body("diagnostics[0].offset", equalTo(10));
    }

    @Test
    void aCircleIsRefusedWithItsWay() {
        String a = sandbox.define("A", "workAddress.country = \"US\"");
        String b = sandbox.define("B", inSegment(a));
        String c = sandbox.define("C", inSegment(b));
        String d = sandbox.define("D", inSegment(c));

        sandbox.patch(a, expression("workAddress.country = \"US\" and " + inSegment(c)))
                .statusCode(400)
                .body("diagnostics.code", contains("PQL2007"))
                .body(
                        "diagnostics[0].message",
                        containsString("it refers to `" + c + "`, which refers to `" + b + "`, which refers to it."))
                .body("diagnostics[0].offset", equalTo(41));
        sandbox.patch(a, expression(inSegment(d))).statusCode(400);
        sandbox.patch(d, expression(inSegment(a))).statusCode(200);
    }

    @Test
    void whatOthersReferToCannotBeDeleted() {
        String a = sandbox.define("A", "workAddress.country = \"US\"");
        String b = sandbox.define("The second", inSegment(a));
        String c = sandbox.define("The third", inSegment(a));

        sandbox.delete(a)
                .statusCode(409)
                .body(
                        "errors.'409'[0].message",
                        allOf(containsString(b + " (The second)"), containsString(c + " (The third)")));
        sandbox.get(a).statusCode(200);
        sandbox.delete(b).statusCode(204);
        sandbox.delete(c).statusCode(204);
        sandbox.delete(a).statusCode(204);
    }

    /** Each of two changes is harmless; together they would close a circle, so one must be refused. */
    @RepeatedTest(5)
    void twoChangesAtOnceCannotCloseACircle() throws Exception {
        String a = sandbox.define("A", "workAddress.country = \"US\"");
        String b = sandbox.define("B", "workAddress.country = \"US\"");

        List<Integer> statuses = atOnce(
                () -> sandbox.patch(a, expression(inSegment(b))).extract().statusCode(),
                () -> sandbox.patch(b, expression(inSegment(a))).extract().statusCode());

        assertEquals(List.of(200, 400), statuses.stream().sorted().toList());
    }

    /** An audience is either deleted or referred to, never both. */
    @RepeatedTest(5)
    void aReferenceAndADeletionAtOnce() throws Exception {
        String a = sandbox.define("A", "workAddress.country = \"US\"");
        String b = "{\"name\": \"B\", \"expression\": {\"value\": \"inSegment(\\\"" + a + "\\\")\"}}";

        List<Integer> statuses = atOnce(
                () -> sandbox.delete(a).extract().statusCode(),
                () -> sandbox.post(b).extract().statusCode());

        assertEquals(
                true, statuses.equals(List.of(204, 400)) || statuses.equals(List.of(409, 200)), statuses.toString());
    }

    @SafeVarargs
    private static List<Integer> atOnce(Callable<Integer>... requests) throws Exception {
        try (var threads = Executors.newFixedThreadPool(requests.length)) {
            return threads.invokeAll(List.of(requests)).stream()
                    .map(request -> request.resultNow())
                    .toList();
        }
    }

    private ValidatableResponse list(String property) {
        return sandbox.request()
                .queryParam("property", property)
                .get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse refuses(String expression) {
        return sandbox.post("{\"name\": \"X\", \"expression\": {\"value\": \"" + escaped(expression) + "\"}}")
                .statusCode(400);
    }

    private ValidatableResponse checks(String expression) {
        return sandbox.request()
                .contentType(ContentType.JSON)
                .body("{\"expression\": {\"value\": \"" + escaped(expression) + "\"}}")
                .post("/data/core/ups/pql/check")
                .then()
                .statusCode(200);
    }

    private static String inSegment(String id) {
        return "inSegment(\"" + id + "\")";
    }

    private static String expression(String pql) {
        return "[{\"op\": \"replace\", \"path\": \"/expression/value\", \"value\": \"" + escaped(pql) + "\"}]";
    }

    private static String escaped(String text) {
        return text.replace("\"", "\\\"");
    }
}
