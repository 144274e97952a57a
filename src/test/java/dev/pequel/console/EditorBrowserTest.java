package dev.pequel.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The editor of the console, as its users see it: seven profiles of the US and three of Canada. */
@QuarkusTest
class EditorBrowserTest {

    private static final String TEXT = ".cm-content";
    private static final String PROBLEMS = "li .message";

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
        pages.profiles(7, "US");
        pages.profiles(3, "CA");
    }

    @Test
    void aProblemIsShownAndFixedByOneClick() {
        write("homeAddress.countryCode == \"US\"");
        browser.find(PROBLEMS, "Equality is written with one `=`.");

        browser.find("li button", "Write =").click();

        awaitText("homeAddress.countryCode = \"US\"");
        awaitTotal("7 of 10 · 70%");
        assertEquals(List.of(), browser.texts(PROBLEMS));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void fieldsFunctionsAndValuesAreCompleted() {
        write("homeAddress.countryC");
        browser.find(".cm-completionLabel", "homeAddress.countryCode").click();
        browser.press(" = \"");
        browser.press("C");
        browser.find(".cm-completionLabel", "CA").click();
        awaitText("homeAddress.countryCode = \"CA\"");
        awaitTotal("3 of 10 · 30%");

        browser.press(" and person.name.firstName.startsW");
        browser.find(".cm-completionLabel", "startsWith").click();
        awaitText("homeAddress.countryCode = \"CA\" and person.name.firstName.startsWith()");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void eachLineHasItsNumber() {
        write("homeAddress.countryCode = \"US\"");
        browser.press(Keys.ENTER);
        browser.press("and person.birthYear > 1982");

        awaitTotal("4 of 10 · 40%");
        browser.texts(".cm-counts .cm-gutterElement", texts -> texts.containsAll(List.of("7", "4")));
        browser.find("th[scope=row] button", "person.birthYear > 1982");
    }

    @Test
    void aConditionOfSeveralLinesHasItsNumberBesideTheFirst() {
        write("person.birthYear > 1982 and homeAddress.countryCode");
        browser.press(Keys.ENTER);
        browser.press("= \"US\"");

        awaitTotal("4 of 10 · 40%");
        browser.texts(".cm-counts .cm-gutterElement", texts -> texts.contains("4"));
        replace("homeAddress.countryCode");
        browser.press(Keys.ENTER);
        browser.press("= \"US\"");
        awaitTotal("7 of 10 · 70%");
        browser.texts(".cm-counts .cm-gutterElement", texts -> texts.contains("7"));
    }

    @Test
    void anEmptyAudienceIsExplained() {
        write("homeAddress.countryCode = \"DE\" and person.birthYear > 1982");

        browser.find("p", "No profile meets the conditions whose number is 0.");
    }

    @Test
    void theKeyboardLeadsFromAWrongExpressionToASavedAudience() {
        browser.open(pages.page("audiences"));
        browser.find("h1", "Audiences");
        browser.find("a", "New audience").sendKeys(Keys.ENTER);
        browser.find("h1", "New audience");
        browser.find("#name").sendKeys("Americans");
        browser.press(Keys.TAB, Keys.TAB);
        browser.press("homeAddress.countryCode == \"US\"");
        browser.find(PROBLEMS, "Equality is written with one `=`.");

        browser.press(Keys.F8);
        browser.press("=");
        awaitTotal("7 of 10 · 70%");
        browser.pressWithControl("s");

        browser.awaitFocus("Americans");
        browser.find("pre", "homeAddress.countryCode = \"US\"");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void whoWouldEnterAndLeaveIsShownBeforeSaving() {
        String id = pages.define("A", "US");
        browser.open(pages.page("editor/" + id));
        awaitTotal("7 of 10 · 70%");

        replace("homeAddress.countryCode = \"CA\"");

        browser.find("p", "If saved: +3 enter, −7 leave.");
    }

    @Test
    void aChangeOfSomebodyElseIsShownAndNotOverwritten() {
        String id = pages.define("A", "US");
        browser.open(pages.page("editor/" + id));
        awaitTotal("7 of 10 · 70%");
        pages.rename(id, "Theirs");
        replace("homeAddress.countryCode = \"CA\"");
        browser.pressWithControl("s");

        browser.find("h3", "Saved version");
        assertEquals("homeAddress.countryCode = \"US\"", pages.audience(id).getString("expression.value"));
        assertEquals(List.of(), browser.violations());
        browser.find("button", "Save my version over it").click();

        browser.find("p[role=status]", "Saved");
        assertEquals("A", pages.audience(id).getString("name"));
        assertEquals("homeAddress.countryCode = \"CA\"", pages.audience(id).getString("expression.value"));
    }

    @Test
    void theVersionOfSomebodyElseCanBeUsed() {
        String id = pages.define("A", "US");
        browser.open(pages.page("editor/" + id));
        awaitTotal("7 of 10 · 70%");
        pages.rename(id, "Theirs");
        replace("homeAddress.countryCode = \"CA\"");
        browser.pressWithControl("s");

        browser.find("button", "Use the saved version").click();

        awaitText("homeAddress.countryCode = \"US\"");
        assertEquals("Theirs", browser.find("#name").getDomProperty("value"));
    }

    @Test
    void unsavedTextSurvivesLeaving() {
        String id = pages.define("A", "US");
        browser.open(pages.page("editor/" + id));
        awaitTotal("7 of 10 · 70%");
        replace("homeAddress.countryCode = \"CA\"");
        browser.find("p[role=status]", "Unsaved changes");

        browser.open(pages.page("audiences"));
        browser.find("tbody a", "A");
        browser.open(pages.page("editor/" + id));

        awaitText("homeAddress.countryCode = \"CA\"");
        browser.find("button", "Discard them").click();
        awaitText("homeAddress.countryCode = \"US\"");
        assertEquals("homeAddress.countryCode = \"US\"", pages.audience(id).getString("expression.value"));
    }

    @Test
    void anExampleOpensTheEditor() {
        browser.open(pages.page("audiences"));
        browser.find("a", "Customers in the United States or Canada").click();

        awaitText("homeAddress.countryCode in [\"US\", \"CA\"]");
        awaitTotal("10 of 10 · 100%");
        assertEquals(
                "Customers in the United States or Canada",
                browser.find("#name").getDomProperty("value"));
    }

    @Test
    void keywordsStringsAndFunctionsHaveColours() {
        write("person.name.firstName.startsWith(\"A\") and true");

        browser.find(TEXT + " span", "and");
        assertNotEquals(colour("and"), colour("startsWith"));
        assertNotEquals(colour("and"), colour("\"A\""));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 1280})
    void nothingIsWiderThanTheWindow(int width) {
        browser.resize(width);
        write("homeAddress.countryCode = \"" + "x".repeat(300) + "\" and person.birthYear > 1982");
        browser.find("th[scope=row] button", "person.birthYear > 1982");

        assertTrue(browser.pageWidth() <= width, "width " + browser.pageWidth());
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 400", "dark, 400"})
    void axeFindsNothing(String colours, int width) {
        browser.prefer(colours);
        browser.resize(width);
        write("homeAddress.countryCode == \"US\" and person.birthYear > 1982");
        browser.find(PROBLEMS, "Equality is written with one `=`.");
        assertEquals(List.of(), browser.violations(), "a problem");
        browser.hover(".cm-lintRange-error");
        browser.find(".cm-diagnosticAction", "Write =");
        assertEquals(List.of(), browser.violations(), "its popup");
        browser.find(".cm-diagnosticAction", "Write =").click();
        awaitTotal("4 of 10 · 40%");
        assertEquals(List.of(), browser.violations(), "numbers");
        browser.press(Keys.END, " and home");
        browser.find(".cm-completionLabel", "homeAddress.countryCode");
        assertEquals(List.of(), browser.violations(), "completions");
    }

    /** Opens the editor of a new audience, and types an expression. */
    private void write(String expression) {
        browser.open(pages.page("editor"));
        browser.find(TEXT).click();
        browser.press(expression);
    }

    private static void replace(String expression) {
        browser.find(TEXT).click();
        browser.pressWithControl("a");
        browser.press(expression);
    }

    private static void awaitText(String expression) {
        browser.find(TEXT, expression);
    }

    private static void awaitTotal(String total) {
        browser.find(".total", total);
    }

    private static String colour(String token) {
        return browser.find(TEXT + " span", token).getCssValue("color");
    }
}
