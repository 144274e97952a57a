package dev.pequel.console;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The console, as its users see it. */
@QuarkusTest
class ConsoleBrowserTest {

    private static final String NAMES = "tbody .name";

    private static Browser browser;

    private final SandboxPages pages = SandboxPages.fresh();

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void reset() {
        browser.reset();
    }

    @Test
    void theFirstAddressLeadsToTheAudiencesOfTheDefaultSandbox() {
        browser.open(RestAssured.baseURI + ":" + RestAssured.port + "/");

        browser.find("h1", "Audiences");
        assertEquals(SandboxPages.console("#/dev@Pequel/prod/audiences"), browser.address());
        assertEquals("Audiences – prod – Pequel", browser.title());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void theListHasExactNumbers() {
        pages.profiles(7, "US");
        pages.profiles(3, "CA");
        pages.define("Americans", "US");
        pages.define("Canadians", "CA");

        browser.open(list());

        assertEquals(List.of("Canadians", "Americans"), browser.texts(NAMES, names -> names.size() == 2));
        assertEquals(List.of("3 profiles", "7 profiles"), browser.texts("tbody .count"));
        assertEquals(List.of("Active", "Active"), browser.texts("tbody .state"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void headingsSortAndTheBackButtonReturns() {
        pages.define("A", "US");
        pages.define("C", "US");
        pages.define("B", "US");
        browser.open(list());
        browser.texts(NAMES, names -> names.equals(List.of("B", "C", "A")));

        browser.find("thead a", "Name").click();
        browser.texts(NAMES, names -> names.equals(List.of("A", "B", "C")));
        assertEquals(list("?sort=name%3Aasc"), browser.address());
        browser.find("thead [aria-sort=ascending] a").click();
        browser.texts(NAMES, names -> names.equals(List.of("C", "B", "A")));

        browser.back();
        browser.back();
        browser.texts(NAMES, names -> names.equals(List.of("B", "C", "A")));
    }

    @Test
    void theKeyboardFindsAndOpensAnAudience() {
        pages.profiles(2, "US");
        pages.define("Americans", "US");
        pages.define("Canadians", "CA");
        browser.open(list());
        browser.texts(NAMES, names -> names.size() == 2);

        browser.press("/");
        browser.press("AMERI");
        browser.texts(NAMES, names -> names.equals(List.of("Americans")));
        assertEquals(list("?name=AMERI"), browser.address());
        browser.press(Keys.ARROW_DOWN);
        browser.awaitFocus("Americans");
        browser.press(Keys.ENTER);

        browser.awaitFocus("Americans");
        browser.find("h1", "Americans");
        browser.find("pre", "homeAddress.countryCode = \"US\"");
        browser.find(".total", "2 exactly");
        assertEquals("Americans – " + pages.sandbox().name() + " – Pequel", browser.title());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void arrowsMoveBetweenRowsAndEscapeEndsTheSearch() {
        pages.define("A", "US");
        pages.define("B", "US");
        browser.open(list("?name=b"));
        browser.texts(NAMES, names -> names.equals(List.of("B")));

        browser.press("/");
        browser.press(Keys.ESCAPE);
        browser.texts(NAMES, names -> names.equals(List.of("B", "A")));
        browser.press(Keys.ARROW_DOWN);
        browser.awaitFocus("B");
        browser.press(Keys.ARROW_DOWN);
        browser.awaitFocus("A");
    }

    @Test
    void aLongListHasPages() {
        IntStream.range(10, 37).forEach(i -> pages.define("Audience " + i, "US"));
        browser.open(list("?sort=name%3Aasc"));
        browser.texts(NAMES, names -> names.size() == 25);

        browser.find("nav a", "Next").click();

        browser.texts(NAMES, names -> names.equals(List.of("Audience 35", "Audience 36")));
        browser.find("nav span", "Page 2 of 2");
    }

    @Test
    void anAudienceHasMembersOnPages() {
        pages.profiles(12, "US");
        String id = pages.define("Americans", "US");
        pages.awaitMembers(id, 12);
        browser.open(pages.page("audiences/" + id));
        browser.find("[role=status]", "1 to 10 of 12");

        browser.find("button", "Next").click();

        browser.find("[role=status]", "11 to 12 of 12");
        assertEquals(
                2,
                browser.texts(".scroll td").stream()
                        .filter(text -> text.endsWith("@US.example"))
                        .count());
    }

    @Test
    void audiencesThatReferToEachOtherAreLinkedByName() {
        String referred = pages.define("Americans", "US");
        pages.sandbox().create("""
                {"name": "Also Americans", "expression": {"type": "PQL", "format": "pql/text",
                 "value": "inSegment(\\"%s\\")"}}\
                """.formatted(referred));
        browser.open(pages.page("audiences/" + referred));

        browser.find("li a", "Also Americans").click();

        browser.find("h1", "Also Americans");
        browser.find("li a", "Americans");
    }

    @Test
    void anEmptySandboxSaysSo() {
        browser.open(list());

        browser.find("h2", "The sandbox " + pages.sandbox().name() + " has no audiences yet");
    }

    @Test
    void aRefusalIsShownInTheWordsOfTheService() {
        browser.open(list("?sort=colour%3Aasc"));

        browser.find("[role=alert] p", "`sort`: colour is not an attribute of audiences");
        browser.find("[role=alert] button", "Try again");
    }

    @Test
    void textOfClientsIsNeverHtml() {
        String name = "<img src=x onerror=alert(1)><b>bold</b>";
        pages.define(name, "US");
        browser.open(list());

        browser.find("tbody .name a", name).click();

        browser.find("h1", name);
        assertEquals(
                List.of(),
                browser.texts("b, img").stream().filter(name::contains).toList());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void anotherSandboxIsChosenInTheTopBar() {
        pages.define("A", "US");
        browser.open(SandboxPages.console("#/" + pages.sandbox().organization() + "/another/audiences"));
        browser.find("summary").click();
        browser.find("#sandbox").clear();
        browser.find("#sandbox").sendKeys(pages.sandbox().name(), Keys.ENTER);

        browser.texts(NAMES, names -> names.equals(List.of("A")));
        assertEquals(list(), browser.address());
        eventually(() -> browser.texts("#sandbox").isEmpty());
    }

    @Test
    void coloursFollowTheSystemUntilTheUserChooses() {
        browser.open(list());
        String light = background();
        browser.prefer("dark");
        String dark = background();
        browser.find("button", "Colours: system").click();

        assertTrue(!light.equals(dark), light);
        assertEquals(light, background());
        browser.open(list());
        assertEquals(light, background());
        browser.find("button", "Colours: light").click();
        browser.prefer("light");
        assertEquals(dark, background());
        browser.find("button", "Colours: dark").click();
        assertEquals(light, background());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 1280})
    void nothingIsWiderThanTheWindow(int width) {
        String id = pages.define("x".repeat(200), "US");
        browser.resize(width);

        for (String address : List.of(list(), pages.page("audiences/" + id))) {
            browser.open(address);
            browser.find("a, h1", "x".repeat(200));
            assertTrue(browser.pageWidth() <= width, address + ": " + browser.pageWidth());
        }
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 400", "dark, 400"})
    void axeFindsNothing(String colours, int width) {
        pages.profiles(2, "US");
        String id = pages.define("A", "US");
        browser.prefer(colours);
        browser.resize(width);

        assertAccessible(list(), "tbody a", "A");
        assertAccessible(pages.page("audiences/" + id), "h1", "A");
        assertAccessible(list("?name=nothing"), "h2", "No audience has “nothing” in its name");
        assertAccessible(list("?sort=colour%3Aasc"), "[role=alert] button", "Try again");
        assertAccessible(pages.page("nothing"), "h1", "There is no such page");
        browser.find("summary").click();
        browser.find("#sandbox");
        assertEquals(List.of(), browser.violations());
    }

    private static void assertAccessible(String address, String selector, String text) {
        browser.open(address);
        browser.find(selector, text);
        assertEquals(List.of(), browser.violations(), address);
    }

    private static String background() {
        return (String) browser.script("return getComputedStyle(document.documentElement).backgroundColor");
    }

    private String list() {
        return list("");
    }

    private String list(String query) {
        return pages.page("audiences" + query);
    }
}
