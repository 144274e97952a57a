package dev.pequel.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.tenant.TestTokens;
import dev.pequel.tenant.VerifiedTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Sign-in to the console: at a token provider, or with a pasted token. */
@QuarkusTest
@TestProfile(VerifiedTokens.class)
class SignInBrowserTest {

    private static final String LIST = "#/acme@Pequel/sign-in/audiences?sort=name%3Aasc";

    private static Browser browser;
    private static TokenProvider provider;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    /** Not before all tests, when the address of the service is not known yet. */
    @BeforeEach
    void startProvider() throws IOException {
        if (provider == null) {
            provider = TokenProvider.start(
                    RestAssured.get("/console/config").path("issuer"),
                    TestTokens.token("ann", "acme@Pequel", "audience-reader"));
        }
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (provider != null) {
            provider.close();
        }
    }

    @Test
    void theProviderLeadsBackToTheView() {
        browser.open(console(LIST));
        assertEquals(List.of(), browser.violations());
        browser.find("button", "Sign in").click();
        giveApiKey();

        browser.find("h2", "The sandbox sign-in has no audiences yet");
        assertEquals(console(LIST), browser.address());
        assertEquals(
                0L, browser.script("return localStorage.length + sessionStorage.length"), "what the browser stores");
        browser.find("button", "Sign out").click();
        browser.find("h1", "Sign in");
    }

    @Test
    void aRefusalOfTheProviderIsShown() {
        provider.refuse("access_denied");
        browser.open(console(LIST));
        browser.find("button", "Sign in").click();

        browser.find("[role=alert] p", "The token provider refused the sign-in: access_denied");
        assertEquals(console(LIST), browser.address());
        assertEquals(List.of(), browser.violations());
    }

    @Test
    void anAnswerThatNobodyAskedForIsRefused() {
        browser.open(console("?code=code-1&state=forged"));

        browser.find(
                "[role=alert] p",
                "The answer of the token provider does not belong to a sign-in of this browser tab. Sign in again.");
        assertEquals(console(""), browser.address());
    }

    @Test
    void aPastedTokenOffersItsOrganizationAndSandbox() {
        paste(TestTokens.sign(Map.of(
                "sub",
                "ann",
                "organization",
                "acme@Pequel",
                "sandboxes",
                "sign-in",
                "groups",
                List.of("audience-reader"))));
        giveApiKey();

        browser.find("h1", "Choose a sandbox");
        assertEquals("acme@Pequel", browser.find("#organization").getDomProperty("value"));
        assertEquals("sign-in", browser.find("#sandbox").getDomProperty("value"));
        assertEquals(List.of(), browser.violations());
        browser.find("button", "Open").click();
        browser.find("h2", "The sandbox sign-in has no audiences yet");
    }

    @Test
    void aRefusedTokenIsAskedForAgain() {
        paste("x.y.z");
        giveApiKey();
        browser.find("#organization").sendKeys("acme@Pequel");
        browser.find("#sandbox").sendKeys("sign-in", Keys.ENTER);

        browser.find(
                "[role=alert] p",
                "`Authorization`: the token has expired, or it is not one that this service accepts.");
        browser.find("h1", "Sign in");
    }

    @Test
    void aTokenOfAnotherOrganizationIsToldInTheWordsOfTheService() {
        paste(TestTokens.token("ann", "other@Pequel", "audience-reader"));
        giveApiKey();
        browser.find("#organization").clear();
        browser.find("#organization").sendKeys("acme@Pequel");
        browser.find("#sandbox").sendKeys("sign-in", Keys.ENTER);

        browser.find("[role=alert] p", "`x-gw-ims-org-id`: the token is not for the organization acme@Pequel");
    }

    private static void paste(String token) {
        browser.open(console(""));
        browser.find("summary", "Use a token instead").click();
        browser.find("#token").sendKeys(token);
        browser.find("button", "Use the token").click();
    }

    private static void giveApiKey() {
        browser.find("#key").sendKeys(VerifiedTokens.API_KEY, Keys.ENTER);
    }

    private static String console(String rest) {
        return RestAssured.baseURI + ":" + RestAssured.port + "/console/" + rest;
    }
}
