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
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However an expression runs through lists, and whatever it makes of them, it ends. */
@Timeout(120)
class EvaluationLimitTest {

    private static final Instant NOW = Instant.parse("2026-08-28T10:00:00Z");

    /** Of one profile whose lists have so many items. */
    private static final Snapshot THOUSAND = snapshot(List.of(profile(1_000)));

    private static final Snapshot TEN_THOUSAND = snapshot(List.of(profile(10_000)));

    /** Each looks at 10,000 x 10,000 items, or at as many again for each of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "xEvent[^.xEvent[^^.xEvent[n != 1].count() >= 0].count() >= 0].count() > 0",
                "xEvent[^.xEvent.n = 2].count()",
                "xEvent[^.xEvent.m = 2].count()",
                "xEvent.map(^.xEvent.n.count()).count()",
                "xEvent.map(^.xEvent[n = 2]).count()",
                "xEvent.filter(^.xEvent.topN(n, 1).count() = 2).count()",
                "xEvent.topN(^.xEvent.topN(n, 1).count(), 1).count()",
                "xEvent.groupBy(^.xEvent.groupBy(n).count()).count()",
                "xEvent[^.xEvent.distinct().count() = 2].count()",
                "xEvent[chain(^.xEvent, timestamp, [A: WHAT(n = 2)])].count()",
                "xEvent[^.mixed in ^.xEvent.m].count()",
                "xEvent[^.mixed[n = 2].count() = 1].count()",
                "xEvent[^.xEvent.text = ^.text].count()",
                "xEvent[^.xEvent.text.contains(^.text)].count()",
                "xEvent[^.xEvent.timestamp occurs today].count()",
                "xEvent[^.mixed.n.intersects([2])].count()",
                "xEvent[^.mixed.subsetOf([2])].count()",
                "xEvent[^.mixed = ^.xEvent.m].count()",
                "exists A from xEvent, B from xEvent where A.n + B.n = 1",
                "forall A from xEvent, B from xEvent : A.n + B.n = 2",
                "let L = xEvent.map(m) in xEvent[L[this = 2].count() = 1].count()",
            })
    void everyWalkCounts(String text) {
        Evaluator evaluator = evaluator(text, TEN_THOUSAND);
        EvaluationLimitException tooMuch = assertThrows(EvaluationLimitException.class, () -> evaluator.value(0));
        assertTrue(tooMuch.getMessage().contains("combinations"), tooMuch.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list.map(^.list.map(^.list))",
                "list.map(^.list.map(this))",
                "list.map(^.list)",
                "list.map(^.list.map({\"n\": this})).n",
                "select A from xEvent, B from xEvent",
                "list.map(^.long.regexGroup(\"(x*)\", 1))",
                "list.map([^.list, this]).distinct()",
                // Each of these lists holds the one before twice.
                "[1].map([this, this]).map([this, this]).map([this, this]).map([this, this]).map([this, this])"
                        + ".map([this, this]).map([this, this]).map([this, this]).map([this, this]).map([this, this])"
                        + ".map([this, this]).map([this, this]).map([this, this]).map([this, this]).map([this, this])"
                        + ".map([this, this]).map([this, this]).map([this, this]).map([this, this]).map([this, this])"
                        + ".map([this, this]).map([this, this]).map([this, this]).map([this, this]).map([this, this])",
            })
    void everyListThatIsMadeCounts(String text) {
        Evaluator evaluator = evaluator(text, THOUSAND);
        EvaluationLimitException tooMuch = assertThrows(EvaluationLimitException.class, () -> evaluator.value(0));
        assertTrue(tooMuch.getMessage().contains("lists"), tooMuch.getMessage());
    }

    /** Each makes a million items or more, but holds few of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "xEvent[^.mixed.map(this).count() = 0].count() = 0",
                "xEvent[[this].map(^^.mixed.map(this)).count() = 0].count() = 0",
                "xEvent.map(^.list.map(this + 1).count()).count() = 1000",
                "xEvent[(select B from ^.list, C from [1] where B >= 0).head().isNull()].count() = 0",
                "(select A from xEvent, B from xEvent).count() = 1000000",
                "xEvent[let L = ^.list.map(this) in L.count() = 0].count() = 0",
            })
    void listsThatAreNotNeededAnyMoreDoNotCount(String text) {
        assertEquals(new Value.Bool(true), evaluator(text, THOUSAND).value(0));
    }

    @Test
    void onlyWhatIsLookedAtCounts() {
        assertEquals(
                new Value.Int(10_000),
                evaluator(
                                "xEvent[^.xEvent.exists(n = 1) and ^.xEvent.count() > 1 and ^.xEvent.head().n = 1].count()",
                                TEN_THOUSAND)
                        .value(0));
        assertEquals(
                new Value.Bool(true),
                evaluator("forall A from xEvent : not (forall B from xEvent : B.n = 2)", TEN_THOUSAND)
                        .value(0));
    }

    @Test
    void profilesDoNotAddUp() {
        Evaluator evaluator = evaluator("xEvent[^.xEvent.n = 2].count()", THOUSAND);
        for (int i = 0; i < 20; i++) {
            assertEquals(new Value.Int(0), evaluator.value(0));
        }
        Evaluator made = evaluator("xEvent.map([n, n]).count() = 1000", THOUSAND);
        for (int i = 0; i < 500; i++) {
            assertEquals(new Value.Bool(true), made.value(0));
        }
    }

    /** Segments that share a condition on events evaluate it for many profiles together, none of which looks at much. */
    @Test
    void profilesThatAreEvaluatedTogetherDoNotAddUp() {
        String profile = "{\"xEvent\": ["
                + String.join(", ", java.util.Collections.nCopies(10, "{\"list\": [" + numbers(1_000) + "]}")) + "]}";
        Snapshot snapshot = snapshot(java.util.Collections.nCopies(1_500, profile));
        List<CheckedExpression> segments = List.of(
                checked("xEvent[list.exists(this = 5)].count() > 1", Purpose.SEGMENT),
                checked("xEvent[list.exists(this = 5)].count() > 2", Purpose.SEGMENT));
        SegmentBatch.compile(segments, snapshot, NOW, Memberships.NONE)
                .evaluate(0, 1_500)
                .forEach(members -> assertEquals(1_500, members.getCardinality()));
    }

    @Test
    void anEvaluationCanBeGivenUp() {
        CheckedExpression expression = checked("xEvent[^.xEvent.n = 2].count()", Purpose.VALUE);
        assertThrows(
                CancellationException.class,
                () -> Evaluator.compile(expression, THOUSAND, NOW, Memberships.NONE, () -> true)
                        .value(0));
        assertThrows(
                CancellationException.class,
                () -> Explanation.of(expression, THOUSAND, 0, NOW, Memberships.NONE, () -> true));
    }

    @Test
    void anExplanationKeepsSoMuch() {
        CheckedExpression expression = checked("xEvent[^.list.map(this + 1).count() = 0].count() = 0", Purpose.VALUE);
        assertThrows(
                EvaluationLimitException.class,
                () -> Explanation.of(expression, THOUSAND, 0, NOW, Memberships.NONE, () -> false));
    }

    /** Lists with so many items; {@code m} and {@code mixed} hold several kinds of values, and so are no columns of one kind. */
    private static String profile(int items) {
        String events = IntStream.range(0, items)
                .mapToObj(i -> "{\"n\": 1, \"m\": " + (i == 0 ? "\"x\"" : "1") + ", \"text\": \"t" + i
                        + "\", \"timestamp\": \"2020-01-01T00:00:00Z\"}")
                .collect(Collectors.joining(", "));
        return "{\"xEvent\": [" + events + "], \"list\": [" + numbers(items) + "], \"mixed\": [\"x\", " + numbers(items)
                + "], \"text\": \"u\", \"long\": \"" + "x".repeat(100_000) + "\"}";
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    private static Evaluator evaluator(String text, Snapshot snapshot) {
        return Evaluator.compile(checked(text, Purpose.VALUE), snapshot, NOW, Memberships.NONE);
    }
}
