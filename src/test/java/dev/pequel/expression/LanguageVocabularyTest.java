package dev.pequel.expression;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code GET /pql/language}: what an editor needs to know of the language. */
@QuarkusTest
class LanguageVocabularyTest {

    private static final String PATH = "/data/core/ups/pql/language";

    @Test
    void everyWordIsDocumented() {
        language()
                .body(
                        "keywords.word",
                        hasItems("and", "notIn", "forall", "today", "before", "sum", "days", "millennia"))
                .body("keywords.documentation", everyItem(not(emptyOrNullString())))
                .body("keywords.find { it.word == 'from' }.reserved", equalTo(true))
                .body("keywords.find { it.word == 'between' }.reserved", equalTo(false))
                .body("keywords.find { it.word == 'hours' }.kind", equalTo("unit"))
                .body("operators.symbol", hasItems("=", "!=", "<=", "%", "!"))
                .body("operators.documentation", everyItem(not(emptyOrNullString())))
                .body("functions.documentation", everyItem(not(emptyOrNullString())));
    }

    @Test
    void functionsHaveTheirSignatures() {
        language()
                .body(
                        "functions",
                        hasItem(allOf(equalTo(Map.of(
                                "name", "startsWith",
                                "signature", "text.startsWith(part[, caseSensitive])",
                                "minimumArguments", 2,
                                "maximumArguments", 3,
                                "documentation", "true when the text begins with the part")))))
                .body("functions.find { it.name == 'equals' }.containsKey('maximumArguments')", equalTo(false))
                .body("functions.find { it.name == 'currentYear' }.maximumArguments", equalTo(0))
                .body("functions.findAll { it.name == 'count' }", hasSize(1));
    }

    @Test
    void whoHasItIsNotSentItAgain() {
        String tag = language().extract().header("ETag");

        given().header("If-None-Match", tag)
                .get(PATH)
                .then()
                .statusCode(304)
                .header("ETag", equalTo(tag))
                .body(emptyOrNullString());
        given().header("If-None-Match", "\"other\"").get(PATH).then().statusCode(200);
    }

    private static ValidatableResponse language() {
        return given().get(PATH).then().statusCode(200);
    }
}
