package dev.pequel.pql.term;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.pql.Limits;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.type.BuiltInSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which conditions an expression is made of. */
class ConditionPartTest {

    @Test
    void aSingleConditionIsItsOnlyPart() {
        assertEquals(List.of("loyalty.points > 1"), parts(" loyalty.points > 1 "));
    }

    @Test
    void operandsArePartsAndTheirOperandsToo() {
        assertEquals(
                List.of(
                        "a = 1 and (b = 2 or not c = 3) and d",
                        "a = 1",
                        "b = 2 or not c = 3",
                        "b = 2",
                        "not c = 3",
                        "c = 3",
                        "d"),
                parts("a = 1 and (b = 2 or not c = 3) and d"));
    }

    @Test
    void conditionsOverItemsAreNoParts() {
        assertEquals(
                List.of(
                        "xEvent[eventType = \"a\" and n = 1].count() > 1 or exists E from xEvent where E.n = 2",
                        "xEvent[eventType = \"a\" and n = 1].count() > 1",
                        "exists E from xEvent where E.n = 2"),
                parts("xEvent[eventType = \"a\" and n = 1].count() > 1 or exists E from xEvent where E.n = 2"));
    }

    @Test
    void theTestOfIfIsAPart() {
        assertEquals(
                List.of("if(a = 1 or b = 2, c, d)", "a = 1 or b = 2", "a = 1", "b = 2"),
                parts("if(a = 1 or b = 2, c, d)"));
    }

    @Test
    void partsOfTheBodyOfLetSeeItsVariable() {
        assertEquals(
                List.of("let S = orders.sum(price) in S > 1 and S < 9", "S > 1", "S < 9"),
                parts("let S = orders.sum(price) in S > 1 and S < 9"));
        assertEquals(
                new Term.Let(0, orders(), comparison("S > 1")),
                within("let S = orders.sum(price) in S > 1 and S < 9")
                        .get(1)
                        .condition()
                        .term());
    }

    @Test
    void aLambdaNamesTheProfileForItsParts() {
        assertEquals(List.of("(P) => P.a = 1 and P.b = 2", "P.a = 1", "P.b = 2"), parts("(P) => P.a = 1 and P.b = 2"));
    }

    private static Term orders() {
        return ((Term.Let) within("let S = orders.sum(price) in S > 1")
                        .getFirst()
                        .condition()
                        .term())
                .value();
    }

    private static Term comparison(String condition) {
        return ((Term.Let) within("let S = orders.sum(price) in " + condition)
                        .getFirst()
                        .condition()
                        .term())
                .body();
    }

    private static List<String> parts(String text) {
        return within(text).stream()
                .map(part -> text.substring(
                        part.span().offset(), part.span().offset() + part.span().length()))
                .toList();
    }

    private static List<ConditionPart> within(String text) {
        return ConditionPart.of(new TypeChecker()
                .check(new PqlParser(Limits.DEFAULT).parse(text), BuiltInSchema.schema(), Purpose.SEGMENT)
                .expression()
                .orElseThrow());
    }
}
