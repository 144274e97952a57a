package dev.pequel.pql.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.pequel.column.ColumnBuilder;
import dev.pequel.column.Snapshot;
import dev.pequel.pql.Limits;
import dev.pequel.pql.Span;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final String JO = """
            {"homeAddress": {"city": "Oslo"}, "loyalty": {"points": 700.0},
             "xEvent": [{"eventType": "view"}, {"eventType": "buy"}]}
            """;

    @Test
    void theFirstFalseOperandDecidesAnAnd() throws IOException {
        String text = "homeAddress.city = \"Oslo\" and loyalty.points > 1000.0 and loyalty.points > 2000.0";
        assertEquals(List.of("loyalty.points > 1000.0"), deciding(text, explain(text)));
    }

    @Test
    void theFirstTrueOperandDecidesAnOr() throws IOException {
        String text = "not (homeAddress.city = \"Rome\" or loyalty.points > 500.0)";
        assertEquals(List.of("loyalty.points > 500.0"), deciding(text, explain(text)));
    }

    @Test
    void allOperandsOfATrueAndDecide() throws IOException {
        String text = "homeAddress.city = \"Oslo\" and loyalty.points > 1.0";
        assertEquals(List.of("homeAddress.city = \"Oslo\"", "loyalty.points > 1.0"), deciding(text, explain(text)));
    }

    @Test
    void everyPartHasItsValueEvenBehindTheOneThatDecides() throws IOException {
        String text = "homeAddress.city = \"Rome\" and loyalty.points > 500.0";
        Explanation.Node root = explain(text).root();
        assertEquals(List.of(new Value.Bool(false)), root.values());
        assertEquals(List.of(new Value.Bool(false)), root.children().get(0).values());
        assertEquals(List.of(new Value.Bool(true)), root.children().get(1).values());
        Explanation.Node points = root.children().get(1).children().getFirst();
        assertEquals("loyalty.points", written(text, points.span()));
        assertEquals(List.of(new Value.Real(700.0)), points.values());
    }

    @Test
    void aPartThatSeesItemsHasAValueForEach() throws IOException {
        String text = "xEvent[eventType = \"buy\"].count() > 0";
        Explanation.Node condition = find(text, explain(text).root(), "eventType = \"buy\"");
        assertEquals(List.of(new Value.Bool(false), new Value.Bool(true)), condition.values());
        assertEquals(2, condition.evaluations());
    }

    private static Explanation.Node find(String text, Explanation.Node node, String wanted) {
        if (written(text, node.span()).equals(wanted)) {
            return node;
        }
        return node.children().stream()
                .filter(child -> written(text, child.span()).contains(wanted))
                .findFirst()
                .map(child -> find(text, child, wanted))
                .orElseThrow(() -> new AssertionError("nothing below " + written(text, node.span())));
    }

    private static List<String> deciding(String text, Explanation explanation) {
        return explanation.deciding().stream().map(span -> written(text, span)).toList();
    }

    private static String written(String text, Span span) {
        return text.substring(span.offset(), span.offset() + span.length());
    }

    private static Explanation explain(String text) throws IOException {
        CheckedExpression expression = new TypeChecker()
                .check(new PqlParser(Limits.DEFAULT).parse(text), BuiltInSchema.schema(), Purpose.SEGMENT)
                .expression()
                .orElseThrow();
        ColumnBuilder builder = new ColumnBuilder();
        try (JsonParser json = new JsonFactory().createParser(JO)) {
            json.nextToken();
            builder.append(json);
        }
        Snapshot snapshot = Snapshot.ofProfiles(builder.build());
        return Explanation.of(
                expression, snapshot, 0, Instant.parse("2018-08-28T10:00:00Z"), Memberships.NONE, () -> false);
    }
}
