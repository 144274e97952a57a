package dev.pequel.console;

import static dev.pequel.Eventually.eventually;

import dev.pequel.audience.TestSandbox;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;

/** A sandbox of a test's own, with the addresses of its pages in the console. */
record SandboxPages(TestSandbox sandbox) {

    static SandboxPages fresh() {
        return new SandboxPages(TestSandbox.fresh());
    }

    /** The address of a view, such as {@code audiences?name=x}. */
    String page(String view) {
        return console("#/" + sandbox.organization() + "/" + sandbox.name() + "/" + view);
    }

    /** An address below {@code /console/}. */
    static String console(String rest) {
        return RestAssured.baseURI + ":" + RestAssured.port + "/console/" + rest;
    }

    /** Creates an audience of the profiles of a country, and answers its id. */
    String define(String name, String country) {
        return sandbox.create("""
                {"name": "%s", "expression": {"type": "PQL", "format": "pql/text",
                 "value": "homeAddress.countryCode = \\"%s\\""}}\
                """.formatted(name, country));
    }

    /** Renames an audience, as another user would meanwhile. */
    void rename(String id, String name) {
        sandbox.request()
                .body("[{\"op\": \"add\", \"path\": \"/name\", \"value\": \"%s\"}]".formatted(name))
                .patch(TestSandbox.AUDIENCES + "/{id}", id)
                .then()
                .statusCode(200);
    }

    JsonPath audience(String id) {
        return sandbox.request()
                .get(TestSandbox.AUDIENCES + "/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Waits until an audience has been evaluated. */
    void awaitMembers(String id, int number) {
        eventually(() -> number
                == (int) sandbox.request()
                        .get(TestSandbox.AUDIENCES + "/{id}/members", id)
                        .path("_page.totalCount"));
    }

    /** Imports profiles of a country, each with an e-mail address. */
    void profiles(int number, String country) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < number; i++) {
            lines.append("""
                    {"homeAddress": {"countryCode": "%s"}, "person": {"birthYear": %d},
                     "identityMap": {"email": [{"id": "%d@%s.example"}]}}
                    """.formatted(country, 1980 + i, i, country).replace("\n ", " "));
        }
        sandbox.request()
                .contentType("application/x-ndjson")
                .body(lines.toString().getBytes(StandardCharsets.UTF_8))
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200);
    }
}
