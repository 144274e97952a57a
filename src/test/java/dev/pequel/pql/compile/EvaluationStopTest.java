package dev.pequel.pql.compile;

import static dev.pequel.pql.compile.EvaluationInputs.checked;
import static dev.pequel.pql.compile.EvaluationInputs.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.column.Snapshot;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an expression does with however much text, the evaluation is asked often whether it is given up. */
@Timeout(120)
class EvaluationStopTest {

    private static final Instant NOW = Instant.parse("2026-08-28T10:00:00Z");

    /** Characters of the long texts below. */
    private static final int LONG = 400_000;

    private static final Snapshot LONG_TEXTS = snapshot(List.of(longTexts()));

    private static final Snapshot MANY_ITEMS = snapshot(List.of(manyItems()));

    /** Counts how often it is asked, and says yes from some time on. */
    private static final class Signal implements BooleanSupplier {
        private final long from;
        private long asked;

        Signal(long from) {
            this.from = from;
        }

        static Signal never() {
            return new Signal(Long.MAX_VALUE);
        }

        @Override
        public boolean getAsBoolean() {
            return ++asked >= from;
        }
    }

    /** A look for each 131,072 characters, and for each million steps of a pattern, lasts milliseconds. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            text.contains(almost)                              ; 5
            text.contains(almost, false)                       ; 5
            text.doesNotContain(almost)                        ; 5
            stringCompare("contains", text, [almost])          ; 5
            [text].map(this.contains(^.almost)).count() = 1    ; 5
            almost.matches("(a?){100}c")                       ; 20
            text.matches("(?i)(x|a*b)+c")                      ; 5
            text.matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")  ; 5
            text.regexGroup("(a*)b", 1).isNull()               ; 5
            text like "%aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab%"    ; 80
            shorter like likely                                ; 150
            [text].map(this < ^.same).head()                   ; 3
            [text, same].topN(this, 1).count() = 1             ; 3
            """)
    void searchesInTextsCanBeStopped(String text, long looks) {
        CheckedExpression expression = checked(text, Purpose.VALUE);
        Signal never = Signal.never();
        Evaluator evaluator = Evaluator.compile(expression, LONG_TEXTS, NOW, Memberships.NONE, never);
        long compiled = never.asked;
        evaluator.value(0);
        assertTrue(never.asked - compiled >= looks, never.asked - compiled + " looks");
        for (long from : List.of(never.asked, (never.asked + compiled) / 2, 1L)) {
            Signal signal = new Signal(from);
            assertThrows(
                    CancellationException.class,
                    () -> Evaluator.compile(expression, LONG_TEXTS, NOW, Memberships.NONE, signal)
                            .value(0));
            assertEquals(from, signal.asked);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text.matches(\"b(a{1,1000}){8}\")",
                "text.regexGroup(\"b(a{1,1000}){8}\", 1).isNull()",
                "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map(^.shorter like ^.likely).count() = 1",
                "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"
                        + ".map(^^.text.contains(^^.almost, false) or ^^.text.contains(^^.same, false)))"
                        + ".count() = 1",
            })
    void textTimesPatternCounts(String text) {
        Evaluator evaluator = Evaluator.compile(checked(text, Purpose.VALUE), LONG_TEXTS, NOW, Memberships.NONE);
        EvaluationLimitException tooMuch = assertThrows(EvaluationLimitException.class, () -> evaluator.value(0));
        assertTrue(tooMuch.getMessage().contains("combinations"), tooMuch.getMessage());
    }

    @Test
    void manyTestsOfShortTextsCanBeStopped() {
        String words = String.join(
                ", ", IntStream.range(0, 5_000).mapToObj(i -> "\"w" + i + "\"").toList());
        CheckedExpression expression = checked("stringCompare(\"contains\", short, [" + words + "])", Purpose.SEGMENT);
        Snapshot snapshot = snapshot(IntStream.range(0, 5_000)
                .mapToObj(i -> "{\"short\": \"" + i + "\"}")
                .toList());
        Signal never = Signal.never();
        SegmentBatch.compile(List.of(expression), snapshot, NOW, Memberships.NONE, never)
                .evaluate(0, 5_000);
        assertTrue(never.asked > 50, never.asked + " looks");
    }

    /** Conditions on nothing but fields of the profile do not walk through anything. */
    @Test
    void manyProfilesAndSegmentsCanBeStopped() {
        Snapshot snapshot = snapshot(Collections.nCopies(20_000, "{\"n\": 1}"));
        CheckedExpression expression = checked("n = 1", Purpose.SEGMENT);
        Signal never = Signal.never();
        SegmentBatch.compile(Collections.nCopies(100, expression), snapshot, NOW, Memberships.NONE, never)
                .evaluate(0, 20_000);
        assertTrue(never.asked >= 100 * 5, never.asked + " looks");
    }

    /** One walk through many items, with a condition that walks through none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "list[this * 2 = 1].count()",
                "list.exists(this * 2 = 1)",
                "list.sum(this * 2)",
                "list.map(this * 2).count()",
                "list.topN(this * 2, 1).count()",
                "list.groupBy(this * 2).count()",
                "list.map(this)[this * 2 = 1].count()",
                "forall A from list : A * 2 != 1",
                "chain(xEvent, timestamp, [A: WHAT(n * 2 = 1)])",
            })
    void manyItemsCanBeStopped(String text) {
        Signal never = Signal.never();
        Evaluator.compile(checked(text, Purpose.VALUE), MANY_ITEMS, NOW, Memberships.NONE, never)
                .value(0);
        assertTrue(never.asked >= 10, never.asked + " looks");
    }

    @Test
    void compilingCanBeStopped() {
        Snapshot snapshot = snapshot(List.of("{\"text\": \"a\"}"));
        String constant = "a".repeat(30_000);
        for (String text : List.of(
                "\"" + constant + "\" like \"%" + "a".repeat(20_000) + "b%\"",
                "\"" + constant + "\".matches(\"(a?){100}b\")",
                String.join(" or ", Collections.nCopies(1_000, "text = \"b\"")))) {
            CheckedExpression expression = checked(text, Purpose.SEGMENT);
            Signal never = Signal.never();
            Evaluator.compile(expression, snapshot, NOW, Memberships.NONE, never);
            assertTrue(never.asked > 3, never.asked + " looks");
            assertThrows(
                    CancellationException.class,
                    () -> Evaluator.compile(expression, snapshot, NOW, Memberships.NONE, new Signal(never.asked)));
            assertThrows(
                    CancellationException.class,
                    () -> SegmentBatch.compile(List.of(expression), snapshot, NOW, Memberships.NONE, new Signal(2)));
        }
    }

    /** A pattern is tested against a dictionary's strings when a profile has one of them, and once. */
    @Test
    void aDictionarysStringsAreTestedWhenTheyOccur() {
        Snapshot snapshot = snapshot(IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"text\": \"" + "a".repeat(2_000) + i % 100 + "\"}")
                .toList());
        CheckedExpression expression = checked("text.matches(\"(a?){50}b\")", Purpose.SEGMENT);
        Signal signal = Signal.never();
        Evaluator evaluator = Evaluator.compile(expression, snapshot, NOW, Memberships.NONE, signal);
        long compiled = signal.asked;
        assertTrue(compiled < 10, compiled + " looks");
        IntStream.range(0, 100).forEach(evaluator::test);
        long first = signal.asked - compiled;
        assertTrue(first >= 20, first + " looks");
        IntStream.range(100, 1_000).forEach(evaluator::test);
        assertTrue(signal.asked - compiled - first <= 1, signal.asked - compiled - first + " looks");
    }

    @Test
    void stringsThatAreReadAsTimesCanBeStopped() {
        Snapshot snapshot = snapshot(IntStream.range(0, 50_000)
                .mapToObj(i -> "{\"at\": \"no time " + i + "\"}")
                .toList());
        CheckedExpression expression = checked("at occurs today", Purpose.SEGMENT);
        Signal never = Signal.never();
        Evaluator.compile(expression, snapshot, NOW, Memberships.NONE, never).test(0);
        assertTrue(never.asked >= 10, never.asked + " looks");
    }

    /** Each list holds the one before twice: to count what is in a tuple takes longer than anybody lives. */
    @Test
    void tuplesOfListsWithinListsEnd() {
        String list = "[1]" + ".map([this, this])".repeat(60);
        Evaluator evaluator = Evaluator.compile(
                checked("(select A from " + list + ", B from [1]).head().isNull()", Purpose.VALUE),
                snapshot(List.of("{}")),
                NOW,
                Memberships.NONE);
        assertThrows(EvaluationLimitException.class, () -> evaluator.value(0));
    }

    /** RE2/J follows alternatives by recursion. */
    @ParameterizedTest
    @ValueSource(strings = {"((a?){70}){70}", "((a|){60}){50}"})
    void aPatternThatNeedsMuchStackIsRefused(String pattern) throws Exception {
        Evaluator evaluator = Evaluator.compile(
                checked("text.matches(\"" + pattern + "\")", Purpose.VALUE),
                snapshot(List.of("{\"text\": \"ab\"}")),
                NOW,
                Memberships.NONE);
        Throwable[] failure = new Throwable[1];
        Thread thread = Thread.ofPlatform()
                .stackSize(1 << 18)
                .uncaughtExceptionHandler((where, e) -> failure[0] = e)
                .start(() -> evaluator.value(0));
        thread.join();
        assertEquals(EvaluationLimitException.class, failure[0].getClass());
    }

    private static String manyItems() {
        String numbers = String.join(
                ", ", IntStream.range(0, 100_000).mapToObj(String::valueOf).toList());
        String events =
                String.join(", ", Collections.nCopies(100_000, "{\"n\": 1, \"timestamp\": \"2020-01-01T00:00:00Z\"}"));
        return "{\"list\": [" + numbers + "], \"xEvent\": [" + events + "]}";
    }

    private static String longTexts() {
        Map<String, String> texts = Map.of(
                "text", "a".repeat(LONG),
                "same", "a".repeat(LONG),
                "shorter", "a".repeat(10_000),
                "almost", "a".repeat(LONG / 10) + "b",
                "likely", "%" + "a".repeat(5_000) + "b%");
        return "{"
                + String.join(
                        ", ",
                        texts.entrySet().stream()
                                .map(text -> "\"" + text.getKey() + "\": \"" + text.getValue() + "\"")
                                .toList())
                + "}";
    }
}
