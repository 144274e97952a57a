package dev.pequel.pql.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.pequel.column.Column;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.roaringbitmap.RoaringBitmap;

/**
 * However an expression is evaluated, its value is the same: for a profile alone or among others, with what is known about
 * columns or without, one by one or many segments at a time. And it always has a value.
 */
class EvaluationAgreementTest {

    private static final Instant NOW = Instant.parse("2018-08-28T10:00:00Z");
    private static final JsonFactory JSON = new JsonFactory();
    private static final PqlParser PARSER = new PqlParser(Limits.DEFAULT);
    private static final TypeChecker CHECKER = new TypeChecker();
    private static final int PROFILES = 6;
    private static final int EXPRESSIONS = 40;

    @Property(tries = 200)
    void everyWayGivesTheSameValue(@ForAll long seed) throws IOException {
        RandomQueries queries = new RandomQueries(new Random(seed));
        List<String> profiles = profiles(queries);
        Snapshot everyone = snapshot(profiles);
        List<Snapshot> each = each(profiles);
        int checked = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = queries.expression();
            Optional<CheckedExpression> expression = checked(text, Purpose.VALUE);
            if (expression.isPresent()) {
                checked++;
                Evaluator among = evaluator(expression.get(), everyone, false);
                Evaluator objects = evaluator(expression.get(), everyone, true);
                for (int row = 0; row < PROFILES; row++) {
                    Evaluator alone = evaluator(expression.get(), each.get(row), false);
                    Value value = normal(alone.value(0));
                    String where = text + "\n" + profiles.get(row);
                    assertEquals(value, normal(among.value(row)), () -> "among others: " + where);
                    assertEquals(value, normal(objects.value(row)), () -> "as objects: " + where);
                }
            }
        }
        int accepted = checked;
        assertTrue(accepted > EXPRESSIONS / 2, () -> "only " + accepted + " expressions were accepted");
    }

    /** Where objects have many names, the columns of one profile are maps and those of all are not, or the other way round. */
    @Property(tries = 100)
    void aWideProfileHasTheSameValueAloneAndAmongStoredOnes(@ForAll long seed) throws IOException {
        RandomQueries queries = RandomQueries.ofWideProfiles(new Random(seed));
        List<String> profiles = new ArrayList<>();
        for (int i = 0; i < PROFILES; i++) {
            profiles.add(StoredDocuments.ordered(queries.profile()).toString());
        }
        Snapshot everyone = Snapshot.ofProfiles(column(ColumnBuilder.ofStoredDocuments(), profiles), Map.of());
        List<Snapshot> each = each(profiles);
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = queries.expression();
            Optional<CheckedExpression> expression = checked(text, Purpose.VALUE);
            if (expression.isPresent()) {
                Evaluator among = evaluator(expression.get(), everyone, false);
                for (int row = 0; row < PROFILES; row++) {
                    Evaluator alone = evaluator(expression.get(), each.get(row), false);
                    String where = text + "\n" + profiles.get(row);
                    assertEquals(normal(alone.value(0)), normal(among.value(row)), () -> where);
                }
            }
        }
    }

    /** In a wide profile the objects of its fields share a column; each keeps the order of its own keys. */
    @Example
    void objectsOfAWideProfileKeepTheOrderOfTheirKeys() throws IOException {
        String profile = IntStream.rangeClosed(0, ColumnBuilder.MAX_FIELDS)
                .mapToObj(i -> "\"n" + i + "\":" + i)
                .collect(Collectors.joining(",", "{\"o\":{\"w\":1},\"map\":{\"b\":3,\"w\":0},", "}"));
        CheckedExpression first = checked("map.values().head()", Purpose.VALUE).orElseThrow();
        assertEquals(
                evaluator(
                                first,
                                Snapshot.ofProfiles(column(ColumnBuilder.ofStoredDocuments(), List.of(profile))),
                                false)
                        .value(0),
                evaluator(first, snapshot(List.of(profile)), false).value(0));
    }

    @Property(tries = 200)
    void aBatchFindsTheSameMembers(@ForAll long seed) throws IOException {
        RandomQueries queries = new RandomQueries(new Random(seed));
        Snapshot snapshot = snapshot(profiles(queries));
        List<CheckedExpression> segments = new ArrayList<>();
        for (int i = 0; i < EXPRESSIONS; i++) {
            String condition = queries.condition();
            checked(condition, Purpose.SEGMENT).ifPresent(segments::add);
            // Conditions that segments share are evaluated once.
            checked(condition + " and " + queries.condition(), Purpose.SEGMENT).ifPresent(segments::add);
        }
        List<RoaringBitmap> members =
                SegmentBatch.compile(segments, snapshot, NOW, Memberships.NONE).evaluate(0, PROFILES);
        for (int i = 0; i < segments.size(); i++) {
            Evaluator evaluator = Evaluator.compile(segments.get(i), snapshot, NOW, Memberships.NONE);
            for (int row = 0; row < PROFILES; row++) {
                assertEquals(evaluator.test(row), members.get(i).contains(row), "segment " + i + " row " + row);
                assertEquals(new Value.Bool(evaluator.test(row)), evaluator.value(row));
            }
        }
    }

    private static List<String> profiles(RandomQueries queries) {
        List<String> profiles = new ArrayList<>();
        for (int i = 0; i < PROFILES; i++) {
            profiles.add(queries.profile());
        }
        return profiles;
    }

    /** A snapshot of each profile alone. */
    private static List<Snapshot> each(List<String> profiles) throws IOException {
        List<Snapshot> each = new ArrayList<>();
        for (String profile : profiles) {
            each.add(snapshot(List.of(profile)));
        }
        return each;
    }

    private static Optional<CheckedExpression> checked(String text, Purpose purpose) {
        return CHECKER.check(PARSER.parse(text), BuiltInSchema.schema(), purpose)
                .expression();
    }

    private static Evaluator evaluator(CheckedExpression expression, Snapshot snapshot, boolean asObjects) {
        Optional<Compiler.Observer> observer = asObjects ? Optional.of((term, value) -> {}) : Optional.empty();
        return Evaluator.compile(expression.term(), snapshot, NOW, Memberships.NONE, observer, () -> false);
    }

    private static Snapshot snapshot(List<String> profiles) throws IOException {
        return Snapshot.ofProfiles(column(new ColumnBuilder(), profiles));
    }

    private static Column column(ColumnBuilder builder, List<String> profiles) throws IOException {
        for (String profile : profiles) {
            try (JsonParser json = JSON.createParser(profile)) {
                json.nextToken();
                builder.append(json);
            }
        }
        return builder.build();
    }

    /** The value with every number as a double, and fields in no order: neither is told apart by the language. */
    private static Value normal(Value value) {
        return switch (value) {
            case Value.Int whole -> new Value.Real(whole.value());
            case Value.Real real -> new Value.Real(real.value() + 0.0);
            case Value.Items list ->
                new Value.Items(list.items().stream()
                        .map(EvaluationAgreementTest::normal)
                        .toList());
            case Value.Fields object -> {
                Map<String, Value> fields = new java.util.TreeMap<>();
                object.fields().forEach((name, field) -> fields.put(name, normal(field)));
                yield new Value.Fields(fields);
            }
            case Value.Missing missing -> missing;
            case Value.Bool flag -> flag;
            case Value.Text text -> text;
            case Value.Time time -> time;
        };
    }
}
