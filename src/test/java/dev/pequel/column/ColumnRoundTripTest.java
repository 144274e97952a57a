package dev.pequel.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * What is put into a column comes out again, whatever mixture of kinds it is, except for what {@link ColumnBuilder} says it
 * does not keep.
 */
class ColumnRoundTripTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Property(tries = 1000)
    void documentsComeOutAsTheyWentIn(@ForAll("documents") List<JsonNode> documents) throws IOException {
        Column column = shredded(documents);
        assertEquals(documents.size(), column.size());
        for (int row = 0; row < documents.size(); row++) {
            assertEquals(kept(documents.get(row)), written(column, row), "row " + row);
            assertEquals(!documents.get(row).isNull(), column.isPresent(row));
        }
    }

    /** From a certain number of names on the objects become maps, also those that came before. */
    @Property(tries = 50)
    void objectsWithManyNamesComeOutAsTheyWentIn(
            @ForAll("objects") List<JsonNode> before, @ForAll("manyNames") List<JsonNode> many) throws IOException {
        List<JsonNode> documents = new ArrayList<>(before);
        documents.addAll(many);
        documents.addAll(before);
        documentsComeOutAsTheyWentIn(documents);
    }

    /** However many names they have. */
    @Property(tries = 20)
    void storedDocumentsStayObjects(@ForAll("manyNames") List<JsonNode> documents) throws IOException {
        Column column = shredded(ColumnBuilder.ofStoredDocuments(), texts(documents));
        assertInstanceOf(Column.ObjectPart.class, column.sole().orElseThrow());
        for (int row = 0; row < documents.size(); row++) {
            assertEquals(kept(documents.get(row)), written(column, row), "row " + row);
        }
    }

    /** As in {@code jsonb}, whatever the order in which names first occur. */
    @Example
    void fieldsOfStoredDocumentsAreInTheOrderOfTheDatabase() throws IOException {
        Column column = shredded(
                ColumnBuilder.ofStoredDocuments(),
                List.of("{\"bb\":1,\"o\":{\"c\":1}}", "{\"ä\":2,\"a\":3,\"o\":{\"b\":1,\"c\":2}}"));
        Column.ObjectPart root = (Column.ObjectPart) column.sole().orElseThrow();
        assertEquals(List.of("a", "o", "bb", "ä"), List.copyOf(root.fields().keySet()));
        Column.ObjectPart inner =
                (Column.ObjectPart) root.fields().get("o").sole().orElseThrow();
        assertEquals(List.of("b", "c"), List.copyOf(inner.fields().keySet()));
    }

    /** A map keeps as much of an object as the columns of its fields do. */
    @Example
    void aMapKeepsWhatColumnsOfFieldsKeep() throws IOException {
        String document =
                "{\"a\":1,\"a\":2,\"n\":null,\"n\":3,\"huge\":1e400,\"huge\":[4],\"list\":[1e400,null,{\"x\":null}]}";
        String many = IntStream.rangeClosed(0, ColumnBuilder.MAX_FIELDS)
                .mapToObj(i -> "\"name" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
        Column objects = shredded(new ColumnBuilder(), List.of(document));
        Column maps = shredded(new ColumnBuilder(), List.of(document, many, document));
        assertInstanceOf(Column.ObjectPart.class, objects.sole().orElseThrow());
        assertInstanceOf(Column.MapPart.class, maps.sole().orElseThrow());
        assertEquals(JSON.readTree("{\"a\":1,\"list\":[null,null,{}]}"), written(objects, 0));
        assertEquals(written(objects, 0), written(maps, 0));
        assertEquals(written(objects, 0), written(maps, 2));
    }

    /** Many names in many objects do not make a column for each. */
    @Example
    void theNumberOfColumnsIsBounded() throws IOException {
        int names = 200;
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < 2 * ColumnBuilder.MAX_COLUMNS / names; i++) {
            String prefix = "n" + i + "_";
            documents.add(IntStream.range(0, names)
                    .mapToObj(j -> "\"" + prefix + j + "\":" + j)
                    .collect(Collectors.joining(",", "{\"o" + i + "\":{", "}}")));
        }
        Column column = shredded(ColumnBuilder.ofStoredDocuments(), documents);
        int columns = columns(column);
        assertTrue(columns <= ColumnBuilder.MAX_COLUMNS + 3 * documents.size(), () -> columns + " columns");
        for (int row = 0; row < documents.size(); row += 7) {
            assertEquals(JSON.readTree(documents.get(row)), written(column, row), "row " + row);
        }
    }

    /** Whatever kind of value it is: a thousand profiles without it cost nothing. */
    @Example
    void aColumnCostsWhatItsValuesCost() throws IOException {
        int rows = 1_000_000;
        List<String> values = List.of(
                "true",
                "5",
                "[1,2,3]",
                "{}",
                "2.5",
                "\"text\"",
                "\"2026-08-28\"",
                "\"2026-08-28T10:00:00Z\"",
                "9223372036854775807",
                "[]");
        ColumnBuilder builder = ColumnBuilder.ofStoredDocuments();
        int step = rows / 5_000;
        for (int row = 0; row < rows; row += step) {
            builder.padTo(row);
            int kind = row / step % values.size();
            // Several in each column, so that numbers are far apart, and lists have neighbours.
            String fields = IntStream.range(0, 4)
                    .mapToObj(i -> "\"" + kind + "_" + i + "\":" + (i % 2 == 0 ? values.get(kind) : "-1"))
                    .collect(Collectors.joining(",", "{", "}"));
            try (JsonParser json = JSON.createParser(fields)) {
                json.nextToken();
                builder.append(json);
            }
        }
        builder.padTo(rows);
        Column column = builder.build();
        assertTrue(column.bytes() < 64L * 4 * 5_000, () -> column.bytes() + " bytes");
    }

    private static int columns(Column column) {
        int columns = 1;
        for (Column.Part part : column.parts()) {
            columns += switch (part) {
                case Column.ObjectPart object ->
                    object.fields().values().stream()
                            .mapToInt(ColumnRoundTripTest::columns)
                            .sum();
                case Column.MapPart map -> columns(map.values());
                case Column.ListPart list -> columns(list.elements());
                default -> 0;
            };
        }
        return columns;
    }

    /** A column knows no more about a row than the row itself says: alone it is the same. */
    @Property(tries = 200)
    void aRowIsTheSameAlone(@ForAll("documents") List<JsonNode> documents) throws IOException {
        Column column = shredded(documents);
        for (int row = 0; row < documents.size(); row++) {
            assertEquals(written(shredded(List.of(documents.get(row))), 0), written(column, row));
        }
    }

    /** Programs leave out fractions that are zero, so that one column has timestamps of several lengths. */
    @Property(tries = 300)
    void timestampsComeOutAsTheyWentInAndAsTheTimesThatTheyAre(@ForAll("timestamps") List<String> timestamps)
            throws IOException {
        List<JsonNode> documents =
                timestamps.stream().<JsonNode>map(NODES::textNode).toList();
        documentsComeOutAsTheyWentIn(documents);
        Column column = shredded(documents);
        for (int row = 0; row < timestamps.size(); row++) {
            long expected = IsoTime.toMicros(Instant.parse(timestamps.get(row)));
            assertEquals(OptionalLong.of(expected), IsoTime.parse(timestamps.get(row)));
            for (Column.Part part : column.parts()) {
                switch (part) {
                    case Column.TimePart times -> assertEquals(expected, times.micros(row));
                    case Column.TextPart texts ->
                        assertEquals(expected, texts.dictionary().micros(texts.code(row), () -> {}));
                    default -> throw new AssertionError(part);
                }
            }
        }
    }

    /** The quick way to read a timestamp and the one of the library give the same. */
    @Property
    void timestampsAreReadAsTheLibraryReadsThem(
            @ForAll("moments") Instant moment,
            @ForAll @IntRange(min = -1079, max = 1079) int offset,
            @ForAll @IntRange(max = 9) int digits) {
        DateTimeFormatterBuilder writer = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd'T'HH:mm:ss");
        if (digits > 0) {
            writer.appendFraction(ChronoField.NANO_OF_SECOND, digits, digits, true);
        }
        String text =
                writer.appendOffsetId().toFormatter().format(moment.atOffset(ZoneOffset.ofTotalSeconds(offset * 60)));
        assertEquals(
                OptionalLong.of(IsoTime.toMicros(OffsetDateTime.parse(text).toInstant())), IsoTime.parse(text), text);
    }

    @Example
    void timestampsWithAndWithoutFractionAreStoredAsNumbers() throws IOException {
        Column column = shredded(List.of(
                NODES.textNode("2026-08-28T10:00:00.120Z"),
                NODES.textNode("2026-08-28T10:00:00Z"),
                NODES.textNode("2026-08-28T10:00:00.120345Z")));
        assertInstanceOf(Column.TimePart.class, column.sole().orElseThrow());
    }

    private static Column shredded(List<JsonNode> documents) throws IOException {
        return shredded(new ColumnBuilder(), texts(documents));
    }

    private static List<String> texts(List<JsonNode> documents) {
        return documents.stream().map(JsonNode::toString).toList();
    }

    private static Column shredded(ColumnBuilder builder, List<String> documents) throws IOException {
        for (String document : documents) {
            try (JsonParser json = JSON.createParser(document)) {
                json.nextToken();
                builder.append(json);
            }
        }
        return builder.build();
    }

    private static JsonNode written(Column column, int row) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            column.write(row, json);
        }
        return JSON.readTree(text.toString());
    }

    /** The document without what is not kept: explicit nulls of objects, and digits that no double has. */
    private static JsonNode kept(JsonNode document) throws IOException {
        return JSON.readTree(withoutNulls(JSON.readTree(document.toString())).toString());
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = NODES.arrayNode();
            node.forEach(item -> array.add(withoutNulls(item)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = NODES.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!field.getValue().isNull()) {
                    object.set(field.getKey(), withoutNulls(field.getValue()));
                }
            }
            return object;
        }
        boolean beyondLong = node.isBigInteger() || node.isIntegralNumber() && node.longValue() == Long.MIN_VALUE;
        return beyondLong ? NODES.numberNode(node.doubleValue()) : node;
    }

    // ---- Documents

    @Provide
    Arbitrary<List<JsonNode>> documents() {
        return Arbitraries.oneOf(values(3), object(3)).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<JsonNode>> objects() {
        return object(2).list().ofMaxSize(5);
    }

    /** Objects that have more names together than a column may have. */
    @Provide
    Arbitrary<List<JsonNode>> manyNames() {
        Arbitrary<String> names =
                Arbitraries.integers().between(0, 2 * ColumnBuilder.MAX_FIELDS).map(i -> "name" + i);
        return Arbitraries.maps(names, values(1))
                .ofMinSize(ColumnBuilder.MAX_FIELDS / 2)
                .ofMaxSize(ColumnBuilder.MAX_FIELDS)
                .map(ColumnRoundTripTest::object)
                .list()
                .ofMinSize(3)
                .ofMaxSize(6);
    }

    /** Of the years 2 to 9998, to the nanosecond. */
    @Provide
    Arbitrary<Instant> moments() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(-62_104_060_800L, 253_370_764_800L);
        Arbitrary<Integer> nanos = Arbitraries.integers().between(0, 999_999_999);
        return Combinators.combine(seconds, nanos).as(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<List<String>> timestamps() {
        Arbitrary<Instant> moments = moments();
        Arbitrary<ChronoUnit> precisions = Arbitraries.of(ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS);
        Arbitrary<String> shortest = Combinators.combine(moments, precisions)
                .as((moment, precision) -> moment.truncatedTo(precision).toString());
        Arbitrary<String> milliseconds = Combinators.combine(moments, precisions)
                .as((moment, precision) -> IsoTime.Format.MILLISECONDS.write(
                        IsoTime.toMicros(moment.truncatedTo(precision).truncatedTo(ChronoUnit.MILLIS))));
        return Arbitraries.oneOf(
                shortest.list().ofMinSize(1).ofMaxSize(8),
                Arbitraries.oneOf(shortest, milliseconds).list().ofMinSize(1).ofMaxSize(8));
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(numbers(), texts(), others());
        return depth == 0
                ? scalars
                : Arbitraries.frequencyOf(
                        Tuple.of(4, scalars),
                        Tuple.of(2, Arbitraries.lazy(() -> list(depth - 1))),
                        Tuple.of(3, Arbitraries.lazy(() -> object(depth - 1))));
    }

    private static Arbitrary<JsonNode> list(int depth) {
        return values(depth).list().ofMaxSize(4).map(items -> NODES.arrayNode().addAll(items));
    }

    /** Few names, so that the same path often holds different kinds. */
    private static Arbitrary<JsonNode> object(int depth) {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "timestamp", "", "a.b", "größe", "😀");
        return Arbitraries.maps(names, values(depth)).ofMaxSize(5).map(ColumnRoundTripTest::object);
    }

    private static JsonNode object(Map<String, JsonNode> fields) {
        return NODES.objectNode().setAll(fields);
    }

    private static Arbitrary<JsonNode> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(-3, 300).map(NODES::numberNode),
                Arbitraries.longs().map(NODES::numberNode),
                Arbitraries.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, 1L << 53, (1L << 53) + 1, 65_535L)
                        .map(NODES::numberNode),
                Arbitraries.bigIntegers().map(NODES::numberNode),
                Arbitraries.doubles().filter(Double::isFinite).map(NODES::numberNode),
                Arbitraries.of(0.0, -0.0, 1.0, 40.0, 0.1, Double.MAX_VALUE, Double.MIN_VALUE)
                        .map(NODES::numberNode));
    }

    /** Among them timestamps in the forms that are stored as numbers, and what only looks like them. */
    private static Arbitrary<JsonNode> texts() {
        Arbitrary<String> timestamps = Arbitraries.of(
                "2018-08-28",
                "2018-08-28T10:00:00Z",
                "2018-08-28T10:00:00.000Z",
                "2018-08-28T10:00:00.120Z",
                "2018-08-28T10:00:00.120000Z",
                "2018-08-28T10:00:00.120001Z",
                "2018-08-28T10:00:00.00012Z",
                "1969-12-31T23:59:59.999Z",
                "0000-01-01",
                "0000-02-29T00:00:00Z",
                "9999-12-31T23:59:59.999Z",
                "2018-02-29",
                "2018-13-01",
                "2018-08-28T24:00:00Z",
                "2018-08-28T10:00:00z",
                "2018-08-28t10:00:00Z",
                "2018-08-28T10:00:60Z",
                "2018-08-28 10:00:00Z",
                "2018-08-28T12:00:00+02:00",
                "2018-08-2x",
                "٢٠١٨-08-28");
        Arbitrary<String> words = Arbitraries.of("", "a", "b", "null", "true", "5", "é", "é", "😀", "\u0000", "\"\\\n");
        // Half a surrogate pair is no character and is not kept.
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(12).map(text -> text.replaceAll("\\p{Cs}", ""));
        return Arbitraries.oneOf(timestamps, words, anything).map(NODES::textNode);
    }

    private static Arbitrary<JsonNode> others() {
        return Arbitraries.of(NODES.booleanNode(true), NODES.booleanNode(false), NODES.nullNode());
    }
}
