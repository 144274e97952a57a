package dev.pequel.pql.check;

import static dev.pequel.pql.DiagnosticCode.INVALID_COUNT;
import static dev.pequel.pql.DiagnosticCode.INVALID_DATE;
import static dev.pequel.pql.DiagnosticCode.TYPE_MISMATCH;

import dev.pequel.pql.ast.CalendarUnit;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeTest;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.Conversions;
import dev.pequel.pql.term.MessageWords;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Typed;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.TypeRules;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks timestamps, days and {@code occurs} (section "Dates and times" of the language page). */
final class TimeRules {

    /**
     * The largest span of time in an expression. A longer one is certainly a mistake, and every moment within this
     * one fits a timestamp.
     */
    private static final long MOST_YEARS = 100_000;

    private static final int LAST_YEAR = 9999;

    private final Elaborator elaborator;
    private final CheckDiagnostics findings;

    TimeRules(Elaborator elaborator, CheckDiagnostics findings) {
        this.elaborator = elaborator;
        this.findings = findings;
    }

    Typed occurs(Expression.Occurs occurs, VariableScope scope) {
        Typed written = elaborator.value(occurs.timestamp(), scope);
        Typed timestamp;
        if (TypeRules.isPathMade(written.type()) && isTime(((ListOf) written.type()).element())) {
            findings.someItemDecides(written);
            timestamp = Conversions.toTimestamp(written);
        } else {
            timestamp = timestamp(written, "`occurs`");
        }
        return Typed.computed(new Term.Occurs(timestamp.term(), test(occurs.test(), scope)), Type.BOOLEAN, occurs);
    }

    /** Converts the value to a single timestamp. */
    Typed timestamp(Typed value, String user) {
        if (value.isConstant(Scalar.Text.class)) {
            Typed literal = Conversions.literalTo(value, Type.TIMESTAMP);
            if (literal == value) {
                findings.report(
                        TYPE_MISMATCH,
                        user + " needs a timestamp such as \"2018-08-28T10:00:00Z\", but "
                                + MessageWords.subject(value.source()) + " is not one.",
                        value.span());
            }
            return literal;
        }
        if (!isTime(value.type())) {
            findings.report(
                    TYPE_MISMATCH,
                    user + " needs a timestamp, but " + MessageWords.subject(value.source()) + " is "
                            + MessageWords.type(value.type()) + MessageWords.insideHint(value.type()) + ".",
                    value.span());
        }
        return Conversions.toTimestamp(value);
    }

    private static boolean isTime(Type type) {
        return TypeRules.isOpen(type) || type.equals(Type.TIMESTAMP);
    }

    Term.TimeCondition test(TimeTest test, VariableScope scope) {
        return switch (test) {
            case TimeTest.Within within -> {
                requireCount(within);
                yield new Term.TimeCondition.Within(
                        within.operator(),
                        within.count(),
                        within.unit(),
                        within.direction(),
                        time(within.anchor(), scope));
            }
            case TimeTest.Side side -> new Term.TimeCondition.Side(side.direction(), time(side.anchor(), scope));
            case TimeTest.On on -> new Term.TimeCondition.On(time(on.time(), scope));
            case TimeTest.Between between ->
                new Term.TimeCondition.Between(time(between.from(), scope), time(between.to(), scope));
        };
    }

    private void requireCount(TimeTest.Within within) {
        if (within.count() < 0 || within.count() > MOST_YEARS * perYear(within.unit())) {
            findings.report(
                    INVALID_COUNT,
                    within.count() < 0
                            ? "The number of " + within.unit().plural() + " is negative."
                            : within.count() + " " + within.unit().plural() + " are more than " + MOST_YEARS
                                    + " years.",
                    within.span());
        }
    }

    private static long perYear(CalendarUnit unit) {
        return switch (unit) {
            case MILLISECOND -> 365L * 24 * 60 * 60 * 1000;
            case SECOND -> 365L * 24 * 60 * 60;
            case MINUTE -> 365L * 24 * 60;
            case HOUR -> 365L * 24;
            case DAY -> 365;
            case WEEK -> 52;
            case MONTH -> 12;
            case YEAR, DECADE, CENTURY, MILLENNIUM -> 1;
        };
    }

    private Term.Time time(TimeTest.Time time, VariableScope scope) {
        return switch (time) {
            case TimeTest.Time.Period period -> new Term.Time.Period(period.period(), period.unit());
            case TimeTest.Time.Value value -> time(elaborator.value(value.expression(), scope));
        };
    }

    private Term.Time time(Typed value) {
        if (value.term() instanceof Term.Day day) {
            return new Term.Time.CalendarDay(day);
        }
        if (value.term() instanceof Term.Moment moment && moment.word() != TimeWord.NOW) {
            return new Term.Time.NamedDay(moment.word());
        }
        Optional<LocalDate> day = writtenDay(value);
        if (day.isPresent()) {
            LocalDate date = day.get();
            findings.report(
                    TYPE_MISMATCH,
                    "A day is written with `date`, not as a string.",
                    value.span(),
                    Optional.of("date(" + date.getYear() + ", " + date.getMonthValue() + ", " + date.getDayOfMonth()
                            + ")"));
            return new Term.Time.At(value.term());
        }
        return new Term.Time.At(timestamp(value, "`occurs`").term());
    }

    /** Returns the day that a string literal denotes. A day in quotes would silently mean its first instant. */
    private static Optional<LocalDate> writtenDay(Typed value) {
        if (value.term() instanceof Term.Constant constant
                && constant.value() instanceof Scalar.Text text
                && text.value().length() == 10) {
            return Conversions.instant(text.value()).map(instant -> LocalDate.ofInstant(instant, ZoneOffset.UTC));
        }
        return Optional.empty();
    }

    /** Checks {@code date(year, month, day)}. Literal numbers must form an existing day. */
    Typed date(List<Typed> written, Expression source) {
        List<Typed> parts = written.stream()
                .map(part -> Conversions.literalTo(part, Type.INTEGER))
                .toList();
        for (Typed part : parts) {
            Type type = part.type();
            if (!TypeRules.isOpen(type) && !type.equals(Type.INTEGER) && !type.equals(Type.NUMBER)) {
                findings.report(
                        TYPE_MISMATCH,
                        "`date` needs whole numbers, but " + MessageWords.subject(part.source()) + " is "
                                + (type.equals(Type.DOUBLE) ? "a number with a fraction" : MessageWords.type(type))
                                + ".",
                        part.span());
            }
        }
        OptionalLong year = whole(parts.get(0));
        OptionalLong month = whole(parts.get(1));
        OptionalLong day = whole(parts.get(2));
        if (!isPossible(year, month, day)) {
            findings.report(
                    INVALID_DATE,
                    "The date does not exist: `date` takes a year, a month from 1 to 12 and a day of that month.",
                    source.span());
        }
        return Typed.computed(
                new Term.Day(
                        parts.get(0).term(), parts.get(1).term(), parts.get(2).term()),
                Type.TIMESTAMP,
                source);
    }

    private static boolean isPossible(OptionalLong year, OptionalLong month, OptionalLong day) {
        if (isOutside(year, LAST_YEAR) || isOutside(month, 12)) {
            return false;
        }
        int leapYear = 2000;
        int longest = month.isEmpty()
                ? 31
                : YearMonth.of((int) year.orElse(leapYear), (int) month.getAsLong())
                        .lengthOfMonth();
        return !isOutside(day, longest);
    }

    private static boolean isOutside(OptionalLong value, int last) {
        return value.isPresent() && (value.getAsLong() < 1 || value.getAsLong() > last);
    }

    private static OptionalLong whole(Typed part) {
        return part.term() instanceof Term.Constant constant && constant.value() instanceof Scalar.Int value
                ? OptionalLong.of(value.value())
                : OptionalLong.empty();
    }

    // ---- chain

    /** Returns the timestamp of an item of {@code chain}. */
    Term timestampField(Expression.Chain chain, VariableScope items, Fields fields) {
        Typed field = fields.ofItem(new Expression.Name(chain.timestampField(), chain.timestampSpan()), items);
        findings.read(field);
        return timestamp(field, "`chain`").term();
    }

    /** Returns the minimum number of events of a link (P58). */
    long count(Expression.Chain.Link link) {
        long count = link.count().orElse(1L);
        if (count < 1) {
            findings.report(
                    INVALID_COUNT,
                    "`COUNT` takes a whole number from 1: `COUNT(n)` means at least n events.",
                    link.span());
        }
        return Math.max(count, 1);
    }
}
