package dev.pequel;

import static dev.pequel.FilledSandbox.BASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.tenant.TestTokens;
import dev.pequel.tenant.VerifiedTokens;
import dev.pequel.tenant.authentication.Roles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The least role of every endpoint. A new endpoint fails the test until it has a line here. */
@QuarkusTest
@TestProfile(VerifiedTokens.class)
class RolesTest {

    private static final Map<String, String> LEAST = new TreeMap<>();

    static {
        least(
                Roles.READER,
                "GET /audiences",
                "GET /audiences/{id}",
                "POST /audiences/bulk-get",
                "POST /audiences/overlap",
                "GET /segment/jobs",
                "GET /segment/jobs/{id}",
                "POST /segment/jobs/bulk-get",
                "GET /export/jobs",
                "GET /export/jobs/{id}",
                "POST /segment/conversion",
                "GET /previewsamplestatus",
                "GET /previewsamplestatus/report/dataset",
                "GET /previewsamplestatus/report/namespace",
                "GET /config/schedules",
                "GET /config/schedules/{id}",
                "GET /config/mergePolicies",
                "GET /config/mergePolicies/{id}",
                "POST /config/mergePolicies/bulk-get",
                "GET /segment/definitions",
                "GET /segment/definitions/{id}",
                "POST /segment/definitions/bulk-get",
                "POST /pql/check",
                "POST /pql/evaluate",
                "POST /pql/count",
                "GET /pql/language",
                "GET /config/schema",
                "GET /config/fields",
                "GET /{content}/import",
                "GET /{content}/import/{id}");
        least(
                Roles.EDITOR,
                "POST /audiences",
                "PUT /audiences/{id}",
                "PATCH /audiences/{id}",
                "DELETE /audiences/{id}",
                "POST /audiences/{id}/freeze",
                "POST /segment/definitions",
                "PATCH /segment/definitions/{id}",
                "DELETE /segment/definitions/{id}",
                "POST /preview",
                "GET /preview/{id}",
                "DELETE /preview/{id}",
                "GET /estimate/{id}",
                "POST /pql/explain",
                "GET /config/fields/values");
        least(
                Roles.ADMIN,
                "GET /audiences/{id}/members",
                "PUT /audiences/{id}/members",
                "POST /audiences/{id}/members",
                "DELETE /audiences/{id}/members",
                "POST /segment/jobs",
                "DELETE /segment/jobs/{id}",
                "POST /config/schedules",
                "PATCH /config/schedules/{id}",
                "DELETE /config/schedules/{id}",
                "POST /export/jobs",
                "DELETE /export/jobs/{id}",
                "GET /export/jobs/{id}/files",
                "GET /export/jobs/{id}/files/{name}",
                "PUT /config/schema",
                "DELETE /config/schema",
                "POST /{content}/import",
                "GET /access/entities",
                "POST /access/entities",
                "DELETE /access/entities",
                "GET /audit/events");
    }

    private static void least(String role, String... operations) {
        for (String operation : operations) {
            LEAST.put(operation.replace(" ", " " + BASE), role);
        }
    }

    private static final List<String> LADDER = List.of(Roles.READER, Roles.EDITOR, Roles.ADMIN);
    private static final String ORGANIZATION = "acme@Org";

    @Test
    void everyEndpointHasALeastRole() {
        assertEquals(IsolationTest.operations(), LEAST.keySet());
    }

    @Test
    void whoHasItMayAndWhoHasLessMayNot() {
        LEAST.forEach((operation, least) -> {
            assertEquals(401, status(operation, request(ORGANIZATION)), operation);
            assertEquals(403, status(operation, as()), operation + " without a role");
            assertEquals(
                    403,
                    status(
                            operation,
                            request("other@Org")
                                    .header(
                                            "Authorization",
                                            "Bearer " + TestTokens.token("jo", ORGANIZATION, Roles.ADMIN))),
                    operation + " for another organization");
            for (String role : LADDER) {
                int status = status(operation, as(role));
                if (LADDER.indexOf(role) < LADDER.indexOf(least)) {
                    assertEquals(403, status, operation + " as " + role);
                } else {
                    assertFalse(List.of(401, 403, 500).contains(status), operation + " as " + role + ": " + status);
                }
            }
        });
    }

    /** A suggestion of the check is a value of a profile. */
    @Test
    void onlyEditorsAreToldValuesOfProfiles() {
        assertEquals(
                200,
                as(Roles.ADMIN)
                        .contentType("application/x-ndjson")
                        .body("{\"country\": \"Norway\", \"identityMap\": {\"crmid\": [{\"id\": \"C1\"}]}}".getBytes())
                        .post(BASE + "/profiles/import")
                        .statusCode());
        assertEquals(200, as(Roles.READER).get(BASE + "/config/fields").statusCode());
        for (String role : LADDER) {
            String answer = as(role).body("{\"expression\": {\"value\": \"country = \\\"Norwya\\\"\"}}")
                    .post(BASE + "/pql/check")
                    .asString();
            assertTrue(answer.contains("PQL5017"), answer);
            assertEquals(!role.equals(Roles.READER), answer.contains("Norway"), role);
        }
    }

    /** Whoever may call learns that an operation is missing, and nobody else. */
    @Test
    void operationsThatPequelLacksNeedARole() {
        for (String operation :
                List.of("GET /search/entities", "POST /config/mergePolicies", "GET /system/jobs/{id}")) {
            String lacking = operation.replace(" ", " " + BASE);
            assertEquals(401, status(lacking, request(ORGANIZATION)), operation);
            assertEquals(403, status(lacking, as()), operation + " without a role");
            LADDER.forEach(role -> assertEquals(501, status(lacking, as(role)), operation + " as " + role));
        }
    }

    private static int status(String operation, RequestSpecification request) {
        String[] words = operation.split(" ");
        String path = words[1].replace("{content}", "profiles")
                .replace("{name}", "part-00000.ndjson")
                .replace("{id}", UUID.randomUUID().toString());
        return request.request(words[0], path).statusCode();
    }

    private static RequestSpecification as(String... roles) {
        return request(ORGANIZATION).header("Authorization", "Bearer " + TestTokens.token("jo", ORGANIZATION, roles));
    }

    private static RequestSpecification request(String organization) {
        return RestAssured.given()
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", "prod")
                .header("x-api-key", VerifiedTokens.API_KEY)
                .contentType("application/json")
                .body("{}");
    }
}
