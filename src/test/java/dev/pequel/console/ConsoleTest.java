package dev.pequel.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Pequel serves at {@code /console}, as a browser requests it. */
@QuarkusTest
class ConsoleTest {

    private static final Pattern IMPORT_MAP = Pattern.compile("(?s)<script type=\"importmap\">(.*?)</script>");

    /** An import of a module, in the sources of the console and in minified libraries. */
    private static final Pattern IMPORT = Pattern.compile("(?:from|\\bimport)\\s*\\(?[\"']([^\"'\\s]+)[\"']");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console"})
    void addressesLeadToThePage(String path) {
        given().redirects().follow(false).get(path).then().statusCode(302).header("Location", endsWith("/console/"));
        given().get(path).then().statusCode(200).contentType("text/html").body(containsString("<pequel-console>"));
    }

    @Test
    void aRedirectKeepsTheAnswerOfATokenProvider() {
        given().redirects()
                .follow(false)
                .get("/console?code=1&state=2")
                .then()
                .statusCode(302)
                .header("Location", endsWith("/console/?code=1&state=2"));
    }

    @Test
    void thePolicyAllowsTheImportMapAndFilesOfThisServiceAlone() throws Exception {
        Response page = given().get("/console/");
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(importMap(page.asString()).getBytes(StandardCharsets.UTF_8));

        assertEquals(
                "default-src 'none'; script-src 'self' 'sha256-"
                        + Base64.getEncoder().encodeToString(digest)
                        + "'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
                page.header("Content-Security-Policy"));
        assertEquals("no-referrer", page.header("Referrer-Policy"));
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/swagger-ui/", "/data/core/ups/audiences", "/compatibility.md"})
    void otherPathsHaveNoPolicy(String path) {
        given().get(path).then().statusCode(200).header("Content-Security-Policy", nullValue());
    }

    @Test
    void everyImportedModuleIsServed() {
        Map<String, String> imports =
                JsonPath.from(importMap(given().get("/console/").asString())).getMap("imports");
        Set<String> served = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of("/console/main.js"));
        while (!open.isEmpty()) {
            String address = open.pop();
            if (served.add(address)) {
                Response module = given().get(address);
                assertEquals(200, module.statusCode(), address);
                assertEquals("text/javascript", module.contentType().replaceFirst(";.*", ""), address);
                IMPORT.matcher(module.asString())
                        .results()
                        .map(found -> resolve(found.group(1), address, imports))
                        .forEach(open::push);
            }
        }

        assertTrue(served.stream().anyMatch(address -> address.startsWith("/_static/lit-html/")), served.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "/console/, text/html",
        "/console/config, application/json",
        "/console/console.css, text/css",
        "/console/icon.svg, image/svg+xml",
        "/console/main.js, text/javascript",
    })
    void filesHaveTheirTypesAndAreNotCached(String path, String type) {
        given().get(path)
                .then()
                .statusCode(200)
                .contentType(startsWith(type))
                .header("Cache-Control", equalTo("private, no-cache"))
                .header("Last-Modified", nullValue())
                .header("Content-Security-Policy", startsWith("default-src 'none'"));
        given().head(path).then().statusCode(200).header("Cache-Control", equalTo("private, no-cache"));
    }

    @Test
    void librariesAreCachedByTheirVersion() {
        String lit = JsonPath.from(importMap(given().get("/console/").asString()))
                .<String, String>getMap("imports")
                .get("lit");

        given().get(lit).then().statusCode(200).header("Cache-Control", equalTo("public, max-age=31536000, immutable"));
    }

    @Test
    void aMissingLibraryIsNotCached() {
        given().get("/_static/lit/0.0.0/index.js")
                .then()
                .statusCode(404)
                .header("Cache-Control", equalTo("private, no-cache"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/console/main.js", "/console/console.css"})
    void filesAreCompressed(String path) {
        given().config(RestAssured.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                .header("Accept-Encoding", "gzip")
                .get(path)
                .then()
                .statusCode(200)
                .header("Content-Encoding", equalTo("gzip"));
    }

    @Test
    void theConfigurationSaysThatNobodySignsIn() {
        given().get("/console/config")
                .then()
                .statusCode(200)
                .body("signIn", equalTo("none"))
                .body("organization", equalTo("dev@Pequel"))
                .body("sandbox", equalTo("prod"))
                .body("needsApiKey", equalTo(false));
    }

    @ParameterizedTest
    @CsvSource({"GET, /console/nothing.js", "GET, /console/../console/nothing", "POST, /console/config", "DELETE, /"})
    void nothingElseIsThere(String method, String path) {
        given().urlEncodingEnabled(false)
                .request(method, path)
                .then()
                .statusCode(404)
                .contentType("application/json")
                .body("type", equalTo("urn:pequel:error:not-found"));
    }

    @Test
    void aPathThatOnlyBeginsLikeTheConsoleIsNotOfIt() {
        given().get("/consoles").then().statusCode(404).header("Content-Security-Policy", nullValue());
    }

    private static String importMap(String page) {
        Matcher script = IMPORT_MAP.matcher(page);
        assertTrue(script.find(), page);
        return script.group(1);
    }

    /** Resolves the specifier of a module as browsers do: a relative or absolute path, a name, or a prefix. */
    private static String resolve(String specifier, String importer, Map<String, String> imports) {
        if (specifier.startsWith(".")) {
            return URI.create(importer).resolve(specifier).toString();
        }
        if (specifier.startsWith("/")) {
            return specifier;
        }
        if (imports.containsKey(specifier)) {
            return imports.get(specifier);
        }
        return imports.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/") && specifier.startsWith(entry.getKey()))
                .findFirst()
                .map(entry ->
                        entry.getValue() + specifier.substring(entry.getKey().length()))
                .orElseThrow(() -> new AssertionError(importer + " imports " + specifier + ", which no entry maps"));
    }
}
