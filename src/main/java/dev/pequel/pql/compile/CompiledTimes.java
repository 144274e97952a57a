package dev.pequel.pql.compile;

import dev.pequel.column.IsoTime;
import dev.pequel.pql.ast.CalendarUnit;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.RelativePeriod;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** Calendar arithmetic on epoch microseconds in UTC, and the time windows that {@code occurs} denotes (P53 to P56). */
final class CompiledTimes {

    /** Later than every timestamp that can be stored. */
    static final long END = Long.MAX_VALUE;

    static final long BEGINNING = Long.MIN_VALUE + 1;

    private static final long MILLISECOND = 1000L;
    private static final long SECOND = 1000 * MILLISECOND;
    static final long DAY = 86_400 * SECOND;

    private CompiledTimes() {}

    /** An interval from {@code start} (inclusive) to {@code end} (exclusive), or an instant when both are equal. */
    record Interval(long start, long end) {
        static Interval instant(long micros) {
            return new Interval(micros, micros);
        }

        static Interval day(long start) {
            return new Interval(start, start + DAY);
        }

        boolean isInstant() {
            return start == end;
        }

        /** Returns the first moment after the interval. */
        long after() {
            return isInstant() ? start + 1 : end;
        }
    }

    /**
     * Timestamps from {@code from} to before {@code to}, except those from {@code holeFrom} to before {@code holeTo}.
     */
    record Window(long from, long to, long holeFrom, long holeTo) {
        static Window of(long from, long to) {
            return new Window(from, to, 0, 0);
        }

        boolean contains(long micros) {
            return micros >= from && micros < to && (micros < holeFrom || micros >= holeTo);
        }

        boolean isWhole() {
            return holeFrom >= holeTo;
        }
    }

    static long startOfDay(long micros) {
        return Math.floorDiv(micros, DAY) * DAY;
    }

    static LocalDate date(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, DAY));
    }

    /** Returns the start of a day, or {@link IsoTime#MISSING} when the calendar has no such day. */
    static long day(long year, long month, long day) {
        try {
            LocalDate date = LocalDate.of(Math.toIntExact(year), Math.toIntExact(month), Math.toIntExact(day));
            return Math.multiplyExact(date.toEpochDay(), DAY);
        } catch (DateTimeException | ArithmeticException noSuchDay) {
            return IsoTime.MISSING;
        }
    }

    /**
     * Moves a timestamp by a number of units. Calendar steps clamp the day of the month. Saturates at both ends of
     * time.
     */
    static long plus(long micros, long count, CalendarUnit unit) {
        try {
            return switch (unit) {
                case MILLISECOND -> fixed(micros, count, MILLISECOND);
                case SECOND -> fixed(micros, count, SECOND);
                case MINUTE -> fixed(micros, count, 60 * SECOND);
                case HOUR -> fixed(micros, count, 3600 * SECOND);
                case DAY -> fixed(micros, count, DAY);
                case WEEK -> fixed(micros, count, 7 * DAY);
                case MONTH -> months(micros, count, 1);
                case YEAR -> months(micros, count, 12);
                case DECADE -> months(micros, count, 120);
                case CENTURY -> months(micros, count, 1200);
                case MILLENNIUM -> months(micros, count, 12_000);
            };
        } catch (ArithmeticException | DateTimeException beyondTime) {
            return count < 0 ? BEGINNING : END;
        }
    }

    private static long fixed(long micros, long count, long length) {
        return Math.addExact(micros, Math.multiplyExact(count, length));
    }

    private static long months(long micros, long count, long each) {
        long months = Math.multiplyExact(count, each);
        LocalDate moved = date(micros).plusMonths(months);
        return Math.addExact(Math.multiplyExact(moved.toEpochDay(), DAY), Math.floorMod(micros, DAY));
    }

    /** Returns the calendar unit before, around or after a moment. Weeks begin on Sunday (P53). */
    static Interval period(long now, RelativePeriod which, CalendarUnit unit) {
        long start = plus(startOf(now, unit), which.offset(), unit);
        return new Interval(start, plus(start, 1, unit));
    }

    private static long startOf(long micros, CalendarUnit unit) {
        LocalDate date = date(micros);
        return switch (unit) {
            case MILLISECOND -> Math.floorDiv(micros, MILLISECOND) * MILLISECOND;
            case SECOND -> Math.floorDiv(micros, SECOND) * SECOND;
            case MINUTE -> Math.floorDiv(micros, 60 * SECOND) * 60 * SECOND;
            case HOUR -> Math.floorDiv(micros, 3600 * SECOND) * 3600 * SECOND;
            case DAY -> startOfDay(micros);
            case WEEK -> start(date.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)));
            case MONTH -> start(date.withDayOfMonth(1));
            case YEAR -> start(firstOfYears(date, 1));
            case DECADE -> start(firstOfYears(date, 10));
            case CENTURY -> start(firstOfYears(date, 100));
            case MILLENNIUM -> start(firstOfYears(date, 1000));
        };
    }

    private static LocalDate firstOfYears(LocalDate date, int years) {
        return LocalDate.of(Math.floorDiv(date.getYear(), years) * years, 1, 1);
    }

    private static long start(LocalDate date) {
        return date.toEpochDay() * DAY;
    }

    // ---- The window of each form of occurs

    static Window on(Interval time) {
        return Window.of(time.start(), time.after());
    }

    static Window before(Interval time) {
        return Window.of(BEGINNING, time.start());
    }

    static Window after(Interval time) {
        return Window.of(time.after(), END);
    }

    /** Includes both ends; days are included as a whole. */
    static Window between(Interval from, Interval to) {
        return Window.of(from.start(), to.after());
    }

    /**
     * {@code operator count unit before anchor}: P55 when the anchor is a day and the unit a day or longer, otherwise
     * P56.
     */
    static Window within(
            ComparisonOperator operator,
            long count,
            CalendarUnit unit,
            boolean before,
            Interval anchor,
            boolean isDay) {
        Window side = before ? before(anchor) : after(anchor);
        boolean byDay = isDay && unit.compareTo(CalendarUnit.DAY) >= 0;
        long origin = before || byDay ? anchor.start() : anchor.end();
        long boundary = plus(origin, before ? -count : count, unit);
        // The boundary is a whole day or a millisecond, the smallest unit of the language.
        long first = byDay || boundary < BEGINNING + MILLISECOND
                ? boundary
                : boundary - Math.floorMod(boundary, MILLISECOND);
        long last = saturated(first, byDay ? DAY : MILLISECOND);
        return switch (operator) {
            case EQUAL -> Window.of(Math.max(side.from(), first), Math.min(side.to(), last));
            case NOT_EQUAL -> new Window(side.from(), side.to(), first, last);
            case LESS ->
                before
                        ? Window.of(Math.max(side.from(), last), side.to())
                        : Window.of(side.from(), Math.min(side.to(), first));
            case LESS_OR_EQUAL ->
                before
                        ? Window.of(Math.max(side.from(), first), side.to())
                        : Window.of(side.from(), Math.min(side.to(), last));
            case GREATER ->
                before
                        ? Window.of(side.from(), Math.min(side.to(), first))
                        : Window.of(Math.max(side.from(), last), side.to());
            case GREATER_OR_EQUAL ->
                before
                        ? Window.of(side.from(), Math.min(side.to(), last))
                        : Window.of(Math.max(side.from(), first), side.to());
        };
    }

    private static long saturated(long micros, long step) {
        return micros > END - step ? END : micros + step;
    }

    static long now(Instant now) {
        return IsoTime.toMicros(now);
    }
}
