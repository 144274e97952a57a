package dev.pequel.pql.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.pequel.pql.Limits;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {

    @ParameterizedTest
    @CsvSource({
        "abc, 0",
        "(a)(b), 2",
        "(?:a)(b), 1",
        "(?P<name>a), 1",
        "(?i)^John, 0",
        "'a{2,5}', 0",
        "[(], 0",
        "\\Q(\\E, 0"
    })
    void usablePatternsHaveGroups(String pattern, int groups) throws Exception {
        assertEquals(groups, Patterns.examine(pattern).groups());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a", "a)", "[a", "*", "a{1001}", "(?=a)", "(?<!a)b", "\\1", "a**", "\\"})
    void othersAreUnusable(String pattern) {
        assertThrows(Patterns.Unusable.class, () -> Patterns.examine(pattern));
    }

    /** RE2/J itself would run out of memory on these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(((a{0,1000}){0,1000}){0,1000})",
                "((([a-z]{100}){100}){100}){100}",
                "(((\\d{1000})\\w{1000}){1000})",
                "(((\\Qa\\E{1000}){1000}){1000})",
                "({{{{{{{{{{{{{{{{{{{{{{){1000}{1000}"
            })
    void multipliedRepetitionsAreTooLarge(String pattern) {
        assertThrows(Patterns.Unusable.class, () -> Patterns.examine(pattern));
    }

    @Test
    void deepGroupsAreTooDeep() {
        assertThrows(Patterns.Unusable.class, () -> Patterns.examine("(".repeat(30_000) + "a" + ")".repeat(30_000)));
        assertThrows(Patterns.Unusable.class, () -> Patterns.examine("(".repeat(30_000)));
    }

    @Test
    void theSizesOfAllPatternsOfAnExpressionCount() {
        String many = "a.matches(\"(a{99}){99}\")" + " and a.matches(\"(a{99}){99}\")".repeat(20);
        Checked checked = new TypeChecker()
                .check(new PqlParser(Limits.DEFAULT).parse(many), BuiltInSchema.schema(), Purpose.SEGMENT);
        assertEquals(10, checked.diagnostics().size());
        assertTrue(checked.diagnostics().getFirst().message().contains("in total"));
    }

    @Test
    void longListsOfWordsAreUsable() throws Exception {
        assertEquals(0, Patterns.examine("some|words|".repeat(1_000) + "x").groups());
    }

    /** The estimate is never far below what RE2/J makes of the pattern, so nothing large gets through. */
    @Property(tries = 5_000)
    void whatIsUsableIsSmall(@ForAll("patterns") String pattern) {
        try {
            Patterns.examine(pattern);
        } catch (Patterns.Unusable unusable) {
            return;
        }
        try {
            assertTrue(Pattern.compile(pattern).programSize() < 200_000, pattern);
        } catch (PatternSyntaxException e) {
            throw new AssertionError(pattern + " was called usable", e);
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(
                        "a",
                        ".",
                        "(",
                        ")",
                        "(a",
                        "b)",
                        "[",
                        "]",
                        "[a-z]",
                        "[^]]",
                        "{",
                        "}",
                        "{1000}",
                        "{100}",
                        "{0,1000}",
                        "{9,}",
                        "*",
                        "+",
                        "?",
                        "|",
                        "^",
                        "$",
                        "\\",
                        "\\d",
                        "\\Q",
                        "\\E",
                        "\\pL",
                        "(?i)",
                        "(?:",
                        "[[:alpha:]]",
                        ",",
                        "1")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }
}
