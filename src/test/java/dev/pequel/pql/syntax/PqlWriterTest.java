package dev.pequel.pql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.pql.Limits;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expressions;
import dev.pequel.pql.syntax.grammar.PqlLexer;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

class PqlWriterTest {

    private final PqlParser parser = new PqlParser(new Limits(1 << 20, 1000, 10_000));

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void whatIsWrittenIsReadAgain(@ForAll("expressions") Expression expression) {
        String text = PqlWriter.write(expression);
        assertEquals(Expressions.withoutPlaces(expression), read(text), text);
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void spaceCaseOfKeywordsAndColonsDoNotMatter(@ForAll("expressions") Expression expression, @ForAll Random random) {
        String text = spelledOtherwise(PqlWriter.write(expression), random);
        assertEquals(Expressions.withoutPlaces(expression), read(text), text);
    }

    /** The words of the text with other space between them, reserved words in the other case, and colons for {@code where}. */
    private static String spelledOtherwise(String text, Random random) {
        PqlLexer lexer = new PqlLexer(CharStreams.fromString(text));
        StringBuilder result = new StringBuilder();
        int previous = Token.EOF;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            int type = token.getType();
            boolean keyword = type >= PqlLexer.AND && type < PqlLexer.IDENTIFIER && previous != PqlLexer.DOT;
            String word = keyword && random.nextBoolean() ? token.getText().toUpperCase(Locale.ROOT) : token.getText();
            boolean touching = isBracketOrComma(type) || isBracketOrComma(previous);
            boolean path = type == PqlLexer.DOT || previous == PqlLexer.DOT;
            if (!path && !(touching && random.nextBoolean())) {
                result.append(random.nextInt(4) == 0 ? "\n\t" : " ");
            }
            result.append(type == PqlLexer.WHERE && keyword && random.nextBoolean() ? ":" : word);
            previous = type;
        }
        return result.toString();
    }

    private static boolean isBracketOrComma(int type) {
        return switch (type) {
            case PqlLexer.LEFT_PARENTHESIS,
                    PqlLexer.RIGHT_PARENTHESIS,
                    PqlLexer.LEFT_BRACKET,
                    PqlLexer.RIGHT_BRACKET,
                    PqlLexer.COMMA -> true;
            default -> false;
        };
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
