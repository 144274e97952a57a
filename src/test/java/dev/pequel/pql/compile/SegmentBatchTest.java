package dev.pequel.pql.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.pequel.column.ColumnBuilder;
import dev.pequel.column.Snapshot;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** Segments evaluated together have the members that each has alone, whatever they share. */
class SegmentBatchTest {

    private static final Instant NOW = Instant.parse("2018-08-28T10:00:00Z");
    /** More than two blocks and more than one container of a bitmap. */
    private static final int PROFILES = 70_000;

    private static final List<String> SEGMENTS = List.of(
            "city = \"A\"",
            "city = \"A\" and xEvent[type = \"buy\"].count() > 1",
            "city = \"A\" or xEvent[type = \"buy\"].count() > 1",
            "not (city = \"A\" or points > 3)",
            "xEvent[type = \"buy\"]",
            "xEvent[type = \"buy\" and price > 50]",
            "xEvent[type = \"buy\" and price > 50].sum(price) > 120",
            "xEvent[type = \"buy\" and price > 50 and timestamp occurs < 30 days before now].count() = 1",
            "xEvent[price > 50].head().type = \"buy\"",
            "xEvent[type = \"buy\" and price > ^.points].count() > 0",
            "exists E from xEvent where E.type = \"buy\", I from E.items where I.sku = \"x\"",
            "exists E from xEvent where E.type = \"buy\" and E.price > 50, F from xEvent where F.type = \"view\""
                    + " and F.timestamp occurs after E.timestamp",
            "forall E from xEvent where E.type = \"buy\"",
            "forall E from xEvent where E.type = \"buy\" and E.price > 50",
            "chain(xEvent, timestamp, [A: WHAT(type = \"view\"), B: WHAT(type = \"buy\" and price > 50)])",
            "chain(xEvent, timestamp, [A: WHAT(type = \"buy\") COUNT(2)])",
            "(sum E.price over E from xEvent where E.type = \"buy\") > 100",
            "(select E from xEvent where E.type = \"view\" and E.items.exists(sku = \"x\")).count() >= 1",
            "xEvent.filter(type = \"view\").exists(items.exists(sku = \"y\"))");

    @Test
    void membersAreThoseOfEachSegmentAlone() throws IOException {
        Snapshot snapshot = snapshot(new Random(3));
        List<CheckedExpression> segments =
                SEGMENTS.stream().map(SegmentBatchTest::checked).toList();
        List<RoaringBitmap> together =
                SegmentBatch.compile(segments, snapshot, NOW, Memberships.NONE).evaluate(0, PROFILES);
        for (int i = 0; i < segments.size(); i++) {
            RoaringBitmap alone = alone(segments.get(i), snapshot);
            assertFalse(alone.isEmpty(), SEGMENTS.get(i));
            assertEquals(alone, together.get(i), SEGMENTS.get(i));
        }
    }

    @Test
    void rangesOfRowsAddUp() throws IOException {
        Snapshot snapshot = snapshot(new Random(4));
        List<CheckedExpression> segments =
                SEGMENTS.stream().map(SegmentBatchTest::checked).toList();
        SegmentBatch batch = SegmentBatch.compile(segments, snapshot, NOW, Memberships.NONE);
        List<RoaringBitmap> whole = batch.evaluate(0, PROFILES);
        List<RoaringBitmap> first = batch.evaluate(0, 33_333);
        List<RoaringBitmap> second = batch.evaluate(33_333, 33_334);
        List<RoaringBitmap> third = batch.evaluate(33_334, PROFILES);
        for (int i = 0; i < segments.size(); i++) {
            assertEquals(whole.get(i), RoaringBitmap.or(first.get(i), second.get(i), third.get(i)), SEGMENTS.get(i));
        }
    }

    @Test
    void manyCombinationsOfOneProfileCanBeGivenUp() throws IOException {
        ColumnBuilder builder = new ColumnBuilder();
        try (JsonParser json = new JsonFactory()
                .createParser("{\"xEvent\": [" + String.join(", ", Collections.nCopies(40, "{\"price\": 1}")) + "]}")) {
            json.nextToken();
            builder.append(json);
        }
        Snapshot snapshot = Snapshot.ofProfiles(builder.build());
        List<CheckedExpression> segments = List.of(
                checked(
                        "select A from xEvent, B from xEvent, C from xEvent, D from xEvent where A.price + B.price + C.price + D.price > 4"));
        AtomicInteger asked = new AtomicInteger();
        SegmentBatch batch =
                SegmentBatch.compile(segments, snapshot, NOW, Memberships.NONE, () -> asked.incrementAndGet() == 0);
        asked.set(-3);
        assertThrows(CancellationException.class, () -> batch.evaluate(0, 1));
        assertEquals(0, asked.get());
    }

    private static RoaringBitmap alone(CheckedExpression segment, Snapshot snapshot) {
        Evaluator evaluator = Evaluator.compile(segment, snapshot, NOW, Memberships.NONE);
        RoaringBitmap members = new RoaringBitmap();
        for (int row = 0; row < snapshot.size(); row++) {
            if (evaluator.test(row)) {
                members.add(row);
            }
        }
        return members;
    }

    private static CheckedExpression checked(String text) {
        return new TypeChecker()
                .check(new PqlParser(Limits.DEFAULT).parse(text), BuiltInSchema.schema(), Purpose.SEGMENT)
                .expression()
                .orElseThrow(() -> new AssertionError(text));
    }

    private static Snapshot snapshot(Random random) throws IOException {
        ColumnBuilder builder = new ColumnBuilder();
        JsonFactory factory = new JsonFactory();
        for (int i = 0; i < PROFILES; i++) {
            try (JsonParser json = factory.createParser(profile(random))) {
                json.nextToken();
                builder.append(json);
            }
        }
        return Snapshot.ofProfiles(builder.build());
    }

    private static String profile(Random random) {
        if (random.nextInt(20) == 0) {
            return "{}";
        }
        List<String> events = new ArrayList<>();
        for (int e = random.nextInt(5); e > 0; e--) {
            events.add("{\"type\": \"%s\", \"price\": %d, \"timestamp\": \"%s\", \"items\": [{\"sku\": \"%s\"}]}"
                    .formatted(
                            random.nextBoolean() ? "buy" : "view",
                            random.nextInt(100),
                            NOW.minusSeconds(random.nextInt(90 * 86_400)),
                            random.nextBoolean() ? "x" : "y"));
        }
        return "{\"city\": \"%s\", \"points\": %d, \"xEvent\": [%s]}"
                .formatted(random.nextBoolean() ? "A" : "B", random.nextInt(10), String.join(",", events));
    }
}
