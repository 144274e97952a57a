package dev.pequel.pql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.Limits;
import dev.pequel.pql.SourceText;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expressions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text, the parser answers with an expression or with diagnostics that point into the text.
 *
 * <p>{@code -Dfuzz=100000} tries that many texts of each kind instead of some thousand, {@code -Dfuzz.seed} others. What a
 * failure prints is enough to repeat it.
 */
class ParserFuzzTest {

    private static final int TRIES = Integer.getInteger("fuzz", 1_500);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    /** Words and signs, and pieces of those that are easily misread. */
    private static final List<String> WORDS = List.of(
            "a",
            "b.c",
            "X",
            "xEvent",
            "timestamp",
            "1",
            "2.5",
            ".5",
            "5.",
            "3L",
            "1e9",
            "\"s\"",
            "\"",
            "\"\\q\"",
            "'s'",
            "'",
            "`q`",
            "`",
            "true",
            "null",
            "now",
            "today",
            "this",
            "$1",
            "$",
            "^",
            "^^",
            "@{c}",
            "@{",
            "@",
            "and",
            "or",
            "not",
            "in",
            "notIn",
            "like",
            "matches",
            "occurs",
            "select",
            "exists",
            "forall",
            "from",
            "where",
            "over",
            "let",
            "if",
            "And",
            "NOT",
            "Select",
            "sum",
            "average",
            "min",
            "chain",
            "CHAIN",
            "WHAT",
            "WHEN",
            "COUNT",
            "before",
            "after",
            "on",
            "between",
            "last",
            "next",
            "day",
            "days",
            "weeks",
            "within",
            "ago",
            "some",
            "is",
            "=",
            "==",
            "!=",
            "<>",
            "<",
            "<=",
            ">",
            ">=",
            "=>",
            "=<",
            "+",
            "-",
            "*",
            "/",
            "%",
            "!",
            "&&",
            "||",
            "?:",
            "?",
            ".",
            ",",
            ":",
            ";",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "#",
            "//",
            "/*",
            "xdm:a",
            "\u00E9",
            "\u00A0",
            "\u200B",
            "\uD83D\uDE00",
            "\uD800",
            "\u0000",
            "\n",
            " ",
            "  ");

    private final PqlParser parser = new PqlParser(Limits.DEFAULT);
    /** Decides with all that it knows, which takes longer. */
    private final PqlParser thorough = new PqlParser(Limits.DEFAULT, PredictionMode.LL);

    @Test
    void arbitraryBytes() {
        fuzz(random -> {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            return new String(bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
        });
    }

    @Test
    void arbitraryWords() {
        fuzz(random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(word(random)).append(random.nextInt(4) == 0 ? "" : " ");
            }
            return text.toString();
        });
    }

    @Test
    void expressionsWithAWordChanged() {
        fuzz(random -> {
            String text = PqlWriter.write(Expressions.random(random, 1 + random.nextInt(3)));
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                text = changed(text, random);
            }
            return text;
        });
    }

    @Test
    void oneWordManyTimes() {
        for (String word : WORDS) {
            for (String between : List.of("", " ", "a ", "(")) {
                check((word + between).repeat(700));
            }
        }
    }

    /** Removes, repeats, moves or inserts a piece. */
    private static String changed(String text, Random random) {
        int start = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), start + random.nextInt(8));
        int other = random.nextInt(text.length() + 1);
        String piece = text.substring(start, end);
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, start) + text.substring(end);
            case 1 -> text.substring(0, end) + piece + text.substring(end);
            case 2 -> text.substring(0, other) + piece + text.substring(other);
            default -> text.substring(0, start) + " " + word(random) + " " + text.substring(start);
        };
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private void fuzz(Function<Random, String> texts) {
        for (int i = 0; i < TRIES; i++) {
            check(texts.apply(new Random(SEED * 1_000_003 + i)));
        }
    }

    private void check(String text) {
        Parsed parsed;
        try {
            parsed = parser.parse(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("thrown for " + escaped(text), e);
        }
        assertEquals(parsed.expression().isEmpty(), !parsed.diagnostics().isEmpty(), () -> escaped(text));
        assertEquals(
                parsed.expression(),
                thorough.parse(text).expression(),
                () -> "depends on the context: " + escaped(text));
        int previous = -1;
        for (Diagnostic diagnostic : parsed.diagnostics()) {
            Span span = diagnostic.span();
            assertTrue(span.offset() >= previous, () -> "not in order: " + escaped(text));
            assertTrue(span.length() >= 0 && span.offset() + span.length() <= text.length(), () -> escaped(text));
            assertEquals(
                    span, new SourceText(text).span(span.offset(), span.offset() + span.length()), () -> escaped(text));
            assertFalse(diagnostic.message().isBlank());
            assertFalse(diagnostic.render(text).isBlank());
            previous = span.offset();
        }
        parsed.expression().ifPresent(expression -> checkRoundTrip(text, expression));
    }

    private void checkRoundTrip(String text, Expression expression) {
        String written = PqlWriter.write(expression);
        Parsed again = parser.parse(written);
        assertEquals(
                Expressions.withoutPlaces(expression),
                again.expression()
                        .map(Expressions::withoutPlaces)
                        .orElseThrow(() -> new AssertionError(escaped(text) + " is written " + written)),
                written);
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder();
        text.chars().forEach(c -> result.append(c >= ' ' && c < 127 ? "" + (char) c : String.format("\\u%04X", c)));
        return result.toString();
    }
}
