package dev.pequel.audience;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** A sandbox of a test's own, so that tests see no audiences but theirs. */
public record TestSandbox(String organization, String name) {

    public static final String AUDIENCES = "/data/core/ups/audiences";

    public static TestSandbox fresh() {
        return new TestSandbox("tests@Pequel", "test-" + UUID.randomUUID());
    }

    /** A request for this sandbox with a JSON body. */
    public RequestSpecification request() {
        return RestAssured.given()
                .header("x-gw-ims-org-id", organization)
                .header("x-sandbox-name", name)
                .contentType(ContentType.JSON);
    }

    ValidatableResponse post(String body) {
        return request().body(body).post(AUDIENCES).then();
    }

    ValidatableResponse get(String id) {
        return request().get(AUDIENCES + "/{id}", id).then();
    }

    ValidatableResponse put(String id, String body) {
        return request().body(body).put(AUDIENCES + "/{id}", id).then();
    }

    ValidatableResponse patch(String id, String operations) {
        return request().body(operations).patch(AUDIENCES + "/{id}", id).then();
    }

    ValidatableResponse delete(String id) {
        return request().delete(AUDIENCES + "/{id}", id).then();
    }

    /** Creates the segment definition that a body describes, and answers its id. */
    public String create(String body) {
        return post(body).statusCode(200).extract().path("id");
    }

    /** Creates a segment definition for an expression, and answers its id. */
    String define(String name, String expression) {
        return create("""
                {"name": "%s", "expression": {"type": "PQL", "format": "pql/text", "value": "%s"}}\
                """.formatted(name, expression.replace("\\", "\\\\").replace("\"", "\\\"")));
    }

    /** Creates an external audience, and answers its id. */
    String list(String name, String audienceId) {
        return create("""
                {"name": "%s", "audienceId": "%s", "type": "ExternalSegment", "namespace": "aam"}\
                """.formatted(name, audienceId));
    }
}
