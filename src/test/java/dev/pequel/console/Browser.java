package dev.pequel.console;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window. Elements are found in all shadow roots, and waited for. */
final class Browser implements AutoCloseable {

    /** Set by whoever wants a failure, not a skipped test, where there is no browser. */
    private static final String REQUIRED = "PEQUEL_BROWSER_REQUIRED";

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    /** Functions for scripts: all elements with a selector, and the focused element, whatever shadow roots they are in. */
    private static final String FUNCTIONS = """
            function all(selector) {
                const roots = [document];
                for (let i = 0; i < roots.length; i++) {
                    for (const element of roots[i].querySelectorAll('*')) {
                        if (element.shadowRoot) roots.push(element.shadowRoot);
                    }
                }
                return roots.flatMap((root) => [...root.querySelectorAll(selector)])
                    .filter((element) => element.checkVisibility());
            }
            function text(element) {
                return element.textContent.trim().replace(/\\s+/g, ' ');
            }
            function focused() {
                let element = document.activeElement;
                while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
                return element;
            }
            """;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts the installed browser; skips the test where there is none. */
    static Browser start() {
        Optional<Path> browser = BROWSERS.stream()
                .map(Browser::installed)
                .flatMap(Optional::stream)
                .findFirst();
        Optional<Path> driver = installed("chromedriver");
        if (browser.isEmpty() || driver.isEmpty()) {
            String message =
                    "The console was NOT tested in a browser: there is no chromium or no chromedriver on the PATH"
                            + " (Debian's packages chromium and chromium-driver).";
            if (System.getenv(REQUIRED) != null) {
                fail(message);
            }
            System.err.println(message);
            abort(message);
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow().toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                // Builds run as root in containers, where Chromium's sandbox does not work. It only opens this service.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--lang=en-US",
                "--window-size=1280,900");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<Path> installed(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void open(String address) {
        // The fragment alone would not load the page again.
        driver.get("about:blank");
        driver.get(address);
    }

    void back() {
        driver.navigate().back();
    }

    String address() {
        return driver.getCurrentUrl();
    }

    String title() {
        return driver.getTitle();
    }

    /** The first visible element with a selector. */
    WebElement find(String selector) {
        return awaitElement("return all(arguments[0])[0]", selector);
    }

    /** The first visible element with a selector and this text. */
    WebElement find(String selector, String text) {
        return awaitElement(
                "return all(arguments[0]).find((element) => text(element) === arguments[1])", selector, text);
    }

    private WebElement awaitElement(String script, Object... arguments) {
        return eventually(() -> (WebElement) unlessNavigating(script, arguments), Objects::nonNull);
    }

    /** The texts of all visible elements with a selector, once they meet a condition. */
    List<String> texts(String selector, Predicate<? super List<String>> condition) {
        return eventually(() -> texts(selector), condition);
    }

    /** The texts of all visible elements with a selector; none while the browser leaves a page. */
    @SuppressWarnings("unchecked")
    List<String> texts(String selector) {
        Object texts = unlessNavigating("return all(arguments[0]).map(text)", selector);
        return texts == null ? List.of() : (List<String>) texts;
    }

    /** Waits until the focused element has this text. */
    void awaitFocus(String text) {
        eventually(() -> text.equals(unlessNavigating("return text(focused())")));
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses a key while the control key is held. */
    void pressWithControl(String key) {
        new Actions(driver)
                .keyDown(Keys.CONTROL)
                .sendKeys(key)
                .keyUp(Keys.CONTROL)
                .perform();
    }

    /** Moves the mouse over the first visible element with a selector. */
    void hover(String selector) {
        new Actions(driver).moveToElement(find(selector)).perform();
    }

    /** Restores the preferences and the size that tests begin with, and drops earlier complaints. */
    void reset() {
        prefer("light");
        resize(1280);
        complaints();
    }

    void prefer(String colours) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    void resize(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** The width of the page, which exceeds that of the window where the page scrolls sideways. */
    long pageWidth() {
        return (Long) script("return document.documentElement.scrollWidth");
    }

    /** What axe-core finds in the page, a rule and its elements a line. */
    @SuppressWarnings("unchecked")
    List<String> violations() {
        driver.executeScript(resource("/axe.min.js"));
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(
                    (found) => done(found.violations.map((violation) => violation.id + ': ' + violation.help + ': '
                        + violation.nodes.map((node) => JSON.stringify(node.target) + node.failureSummary))),
                    (failure) => done([String(failure)]));
                """);
    }

    /** Errors and warnings of the page since the last call: exceptions, refused requests, violations of its policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(FUNCTIONS + script, arguments);
    }

    /** What a script returns; null also when the browser leaves the page meanwhile. */
    private Object unlessNavigating(String script, Object... arguments) {
        try {
            return script(script, arguments);
        } catch (WebDriverException leaving) {
            return null;
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static String resource(String name) {
        try (InputStream in = Browser.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
