package dev.pequel.pql.term;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.pql.Limits;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.type.BuiltInSchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which expressions may have another result at another time. */
class TimeDependenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xEvent[timestamp occurs < 7 days before now]",
                "xEvent[timestamp occurs today]",
                "xEvent[timestamp occurs last month]",
                "xEvent[timestamp occurs between date(2020, 1, 1) and yesterday]",
                "xEvent[timestamp < now]",
                "person.birthMonth = currentMonth()",
                "person.birthDay = today.getDayOfMonth()",
                "not (loyalty.tier = \"gold\" and xEvent[timestamp occurs after yesterday])",
                "chain(xEvent, timestamp, [A: WHAT(eventType = \"x\") WHEN(< 7 days before now)])"
            })
    void theClockIsLookedAt(String expression) {
        assertEquals(true, dependsOnTime(expression));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "homeAddress.city = \"Roma\"",
                "xEvent[timestamp occurs on date(2020, 1, 1)]",
                "xEvent[timestamp occurs before date(2020, 1, 1)]",
                "select A from xEvent, B from xEvent where A.timestamp occurs < 7 days before B.timestamp",
                "inSegment(\"60ccea95-1435-4180-97a5-58af4aa285ab\")"
            })
    void theClockDoesNotMatter(String expression) {
        assertEquals(false, dependsOnTime(expression));
    }

    private static boolean dependsOnTime(String expression) {
        Checked checked = new TypeChecker()
                .check(new PqlParser(Limits.DEFAULT).parse(expression), BuiltInSchema.schema(), Purpose.SEGMENT);
        return checked.expression()
                .orElseThrow(() -> new AssertionError(checked.diagnostics()))
                .dependsOnTime();
    }
}
