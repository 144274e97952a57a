package dev.pequel.pql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.pql.Limits;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expressions;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class PqlWriterTest {

    private final PqlParser parser = new PqlParser(new Limits(1 << 20, 1000, 10_000));

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void whatIsWrittenIsReadAgain(@ForAll("expressions") Expression expression) {
        String text = PqlWriter.write(expression);
        assertEquals(Expressions.withoutPlaces(expression), read(text), text);
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return Expressions.any(4);
    }

    @Example
    void canonicalForm() {
        assertWritten("a.b = 1 and not (c or d)", "(a.b) = 1 AND NOT (c or d)");
        assertWritten("a - (b - c) - -d", "(a - (b - c)) - (-d)");
        assertWritten("!a = b", "(not a) = b");
        assertWritten("not a = b", "not (a = b)");
        assertWritten("a and (exists X from b where X.c or X.d)", "a and exists X from b : X.c or X.d");
        assertWritten(
                "exists X from a where (exists Y from X.b), Z from c",
                "exists X from a : (exists Y from X.b), Z from c");
        assertWritten("let a = (b in c) in a in d", "let a = (b in c) in a in d");
        assertWritten("`from` = a.from + `order-total`", "`from` = a.`from` + `order-total`");
        assertWritten("last.month", "`last`.month");
        assertWritten("t occurs on `last`.month", "t occurs `last`.month");
        assertWritten("t occurs < 1 day after `next`", "t occurs < 1 days AFTER `next`");
        assertWritten("t occurs today or t occurs last week", "t occurs on today or t occurs on last week");
        assertWritten("1.0E10 + 0.5", "1e10 + .5");
        assertWritten("\"a\\\"\\\\\\n\u00E9\"", "\"a\\\"\\\\\\u000a\\u00e9\"");
        assertWritten("^^.a.matches(\"b\")", "^^a matches \"b\"");
        assertWritten("sum ((a + b) * c) over X from d", "sum (a + b) * c over X from d");
        assertWritten(
                "chain(xEvent, timestamp, [A: WHAT(true) WHEN(< 2 days before now) COUNT(3)])",
                "CHAIN(xEvent,timestamp,[A:what(true) when(<2 days before now) count(3)])");
    }

    private void assertWritten(String expected, String text) {
        assertEquals(expected, PqlWriter.write(parser.parse(text).expression().orElseThrow()));
    }

    private Expression read(String text) {
        Parsed parsed = parser.parse(text);
        return Expressions.withoutPlaces(parsed.expression()
                .orElseThrow(() -> new AssertionError(
                        text + "\n" + parsed.diagnostics().getFirst().render(text))));
    }
}
