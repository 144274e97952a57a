package dev.pequel.pql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expressions;
import dev.pequel.pql.json.PqlJsonReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SyntaxErrorsTest {

    private final PqlParser parser = new PqlParser(Limits.DEFAULT);

    @TestFactory
    Stream<DynamicTest> errors() {
        return SyntaxRows.read("errors.rows", false).rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.line() + ": " + row.expression(), () -> check(row)));
    }

    private void check(SyntaxRows.Row row) {
        Parsed parsed = parser.parse(row.expression());
        assertTrue(parsed.hasErrors());
        List<Diagnostic> found = parsed.diagnostics();
        boolean same = found.size() == row.diagnostics().size();
        for (int i = 0; same && i < found.size(); i++) {
            same = row.diagnostics().get(i).describes(found.get(i), row.expression());
        }
        assertTrue(same, () -> "line " + row.line() + " gets\n" + row(row.expression(), found));
        parsed.mended().ifPresent(meant -> {
            Parsed corrected = parser.parse(withSuggestions(row.expression(), found));
            assertEquals(
                    Expressions.withoutPlaces(corrected.expression().orElseThrow()), Expressions.withoutPlaces(meant));
        });
    }

    /** The expression as it is when every suggestion is followed. */
    private static String withSuggestions(String expression, List<Diagnostic> diagnostics) {
        StringBuilder text = new StringBuilder(expression);
        for (Diagnostic diagnostic : diagnostics.reversed()) {
            Span span = diagnostic.span();
            text.replace(
                    span.offset(),
                    span.offset() + span.length(),
                    diagnostic.suggestion().orElseThrow());
        }
        return text.toString();
    }

    /** The diagnostics in the form of the file, to be compared and copied. */
    private static String row(String expression, List<Diagnostic> diagnostics) {
        return expression + "\n"
                + diagnostics.stream()
                        .map(diagnostic -> {
                            Span span = diagnostic.span();
                            String place = expression.substring(span.offset(), span.offset() + span.length());
                            return "    " + diagnostic.code().id() + " at " + span.line() + ":" + span.column() + " «"
                                    + place + "»: " + diagnostic.message()
                                    + diagnostic
                                            .suggestion()
                                            .map(text -> " -> «" + text + "»")
                                            .orElse("");
                        })
                        .collect(Collectors.joining("\n"));
    }

    @Test
    void linesEndWithAnyLineBreak() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            Parsed parsed = parser.parse("a = 1" + end + "and b == 2");
            assertEquals(
                    new Span(2, 7, 11 + end.length(), 2),
                    parsed.diagnostics().getFirst().span());
        }
    }

    @Test
    void placesCountUtf16() {
        Span span = parser.parse("\"\uD83D\uDE00\" = '\u00E9'")
                .diagnostics()
                .getFirst()
                .span();
        assertEquals(new Span(1, 8, 7, 3), span);
    }

    @Test
    void tooLong() {
        PqlParser small = new PqlParser(new Limits(10, 200, 10));
        assertEquals(
                List.of(),
                small.parse("a = \"12345").diagnostics().stream()
                        .filter(d -> d.code() == DiagnosticCode.TOO_LONG)
                        .toList());
        assertEquals(DiagnosticCode.TOO_LONG, onlyCode(small.parse("a = \"123456\"")));
    }

    @Test
    void charactersAreCodePoints() {
        PqlParser small = new PqlParser(new Limits(10, 200, 10));
        assertEquals(List.of(), small.parse("\"" + "😀".repeat(8) + "\"").diagnostics());

        Diagnostic tooLong =
                small.parse("\"" + "😀".repeat(9) + "\"").diagnostics().getFirst();
        assertEquals("The expression has 11 characters; at most 10 are allowed.", tooLong.message());
        assertEquals(new Span(1, 20, 19, 1), tooLong.span());

        PqlJsonReader tree = new PqlJsonReader(new Limits(4, 200, 10));
        String literal = "{\"nodeType\":\"literal\",\"value\":\"%s\"}";
        int rest = literal.length() - 2;
        assertEquals(
                List.of(), tree.read(literal.formatted("😀".repeat(64 - rest))).diagnostics());
        assertEquals(
                "The tree has 65 characters; at most 64 are allowed.",
                tree.read(literal.formatted("😀".repeat(65 - rest)))
                        .diagnostics()
                        .getFirst()
                        .message());
    }

    @Test
    void tooDeep() {
        for (String opener : List.of(
                "(",
                "[",
                "{\"a\":",
                "f(",
                "not ",
                "-",
                "!",
                "a[",
                "let a = ",
                "if(",
                "select x from y where ",
                "sum x from y where ",
                "chain(")) {
            Parsed parsed = parser.parse(opener.repeat(1000));
            assertEquals(DiagnosticCode.TOO_DEEP, onlyCode(parsed), opener);
        }
        assertEquals(DiagnosticCode.TOO_DEEP, onlyCode(parser.parse("select x from y" + ", x from y".repeat(300))));
        assertFalse(parser.parse("(".repeat(199) + "a" + ")".repeat(199)).hasErrors());
        assertEquals(DiagnosticCode.TOO_DEEP, onlyCode(parser.parse("(".repeat(201) + "a" + ")".repeat(201))));
    }

    @Test
    void tooManyOperations() {
        for (String step : List.of(".a", " + a", " * a", "[a]", ".f()")) {
            assertEquals(DiagnosticCode.TOO_DEEP, onlyCode(parser.parse("a" + step.repeat(3000))), step);
            assertFalse(parser.parse("a" + step.repeat(200)).hasErrors(), step);
        }
        assertFalse(parser.parse("a = 1" + " and b = 2".repeat(5000)).hasErrors());
    }

    /** What is accepted at the limits must leave room in the stack of a thread, which has 1 MiB. */
    @Test
    void deepestExpressionsFitTheStack() throws InterruptedException {
        Map<String, String> brackets = Map.of(
                "(",
                ")",
                "not ",
                "",
                "a[",
                "]",
                "if(a, ",
                ", b)",
                "f(",
                ")",
                "{\"a\":",
                "}",
                "let a = ",
                " in b",
                "select x from y where ",
                "");
        for (Map.Entry<String, String> bracket : brackets.entrySet()) {
            String text =
                    bracket.getKey().repeat(199) + "a" + bracket.getValue().repeat(199);
            AtomicReference<String> written = new AtomicReference<>();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Runnable parseAndWrite = () ->
                    written.set(PqlWriter.write(parser.parse(text).expression().orElseThrow()));
            Thread thread = new Thread(null, parseAndWrite, "three quarters of a stack", 768 * 1024);
            thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
            thread.start();
            thread.join();
            assertNull(thrown.get(), bracket.getKey());
            assertEquals(
                    parser.parse(text).hasErrors(), parser.parse(written.get()).hasErrors());
        }
    }

    @Test
    void tooManyItems() {
        PqlParser small = new PqlParser(new Limits(1000, 200, 3));
        assertFalse(small.parse("a in [1, 2, 3]").hasErrors());
        assertEquals(DiagnosticCode.TOO_MANY_ITEMS, onlyCode(small.parse("a in [1, 2, 3, 4]")));
    }

    @Test
    void nothingToRead() {
        assertEquals(DiagnosticCode.EMPTY_EXPRESSION, onlyCode(parser.parse("")));
        assertEquals(DiagnosticCode.EMPTY_EXPRESSION, onlyCode(parser.parse(" \n\t")));
    }

    @Test
    void answersStaySmall() {
        assertEquals(100, parser.parse("#".repeat(5000)).diagnostics().size());
    }

    @Test
    void suggestionsTurnMistakesIntoExpressions() {
        assertEquals("a = \"b\" and c != 3", corrected("a == 'b' && c <> 3"));
        assertEquals("x in [\"a\", \"b\"]", corrected("x in (\"a\", \"b\")"));
        assertEquals("xEvent[(a = 1 or f(b))]", corrected("xEvent[(a = 1 or f(b)"));
        assertEquals("`from`.a = 5.0", corrected("from.a = 5."));
    }

    /** The text with all suggestions put in, from the last to the first. */
    private String corrected(String text) {
        String result = text;
        for (Diagnostic diagnostic : parser.parse(text).diagnostics().reversed()) {
            Optional<String> suggestion = diagnostic.suggestion();
            int start = diagnostic.span().offset();
            int end = start + diagnostic.span().length();
            result = result.substring(0, start) + suggestion.orElseThrow() + result.substring(end);
        }
        assertFalse(parser.parse(result).hasErrors(), result);
        return result;
    }

    private static DiagnosticCode onlyCode(Parsed parsed) {
        assertEquals(1, parsed.diagnostics().size(), parsed::toString);
        return parsed.diagnostics().getFirst().code();
    }
}
