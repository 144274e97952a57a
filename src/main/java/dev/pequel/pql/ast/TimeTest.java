package dev.pequel.pql.ast;

import dev.pequel.pql.Span;

/** A test after {@code occurs} or in {@code WHEN(...)} (section "Dates and times" of the language page). */
public sealed interface TimeTest {

    Span span();

    /** {@code <= 3 days before today}. */
    record Within(
            ComparisonOperator operator, long count, CalendarUnit unit, TimeDirection direction, Time anchor, Span span)
            implements TimeTest {}

    /** {@code before today}, {@code after X.timestamp}. */
    record Side(TimeDirection direction, Time anchor, Span span) implements TimeTest {}

    /** {@code on date(2018, 7, 28)}, {@code today}, {@code last month}; {@code on} is optional. */
    record On(Time time, Span span) implements TimeTest {}

    /** {@code between date(2018, 7, 1) and date(2018, 7, 27)}, including both ends. */
    record Between(Time from, Time to, Span span) implements TimeTest {}

    /** A time in {@code occurs}: an interval or an instant (P53). */
    sealed interface Time {

        Span span();

        /** {@code last month}; allowed only in {@code occurs}. */
        record Period(RelativePeriod period, CalendarUnit unit, Span span) implements Time {}

        /**
         * Any other time. Here {@code today}, {@code yesterday}, {@code tomorrow} and {@code date(...)} denote whole
         * days, every other expression an instant.
         */
        record Value(Expression expression, Span span) implements Time {}
    }
}
