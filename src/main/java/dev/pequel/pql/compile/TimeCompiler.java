package dev.pequel.pql.compile;

import dev.pequel.column.IsoTime;
import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.term.Term;
import java.time.LocalDate;

/**
 * Compiles times and the time windows of {@code occurs}. Windows that depend only on {@code now} are computed at
 * compile time.
 */
final class TimeCompiler {

    private final Compiler compiler;
    private final long now;

    /** @param now the time of evaluation in epoch microseconds */
    TimeCompiler(Compiler compiler, long now) {
        this.compiler = compiler;
        this.now = now;
    }

    /** Returns the day of the evaluation. */
    LocalDate today() {
        return CompiledTimes.date(now);
    }

    long moment(TimeWord word) {
        return switch (word) {
            case NOW -> now;
            case TODAY -> CompiledTimes.startOfDay(now);
            case YESTERDAY -> CompiledTimes.startOfDay(now) - CompiledTimes.DAY;
            case TOMORROW -> CompiledTimes.startOfDay(now) + CompiledTimes.DAY;
        };
    }

    CompiledExpression.OfTime day(Term.Day day) {
        CompiledExpression year = compiler.operand(day.year());
        CompiledExpression month = compiler.operand(day.month());
        CompiledExpression dayOfMonth = compiler.operand(day.day());
        CompiledExpression.OfTime code = new CompiledExpression.OfTime() {
            @Override
            long micros(Frame frame) {
                long y = UntypedValues.whole(year.value(frame));
                long m = UntypedValues.whole(month.value(frame));
                long d = UntypedValues.whole(dayOfMonth.value(frame));
                boolean present = y != OfLong.MISSING && m != OfLong.MISSING && d != OfLong.MISSING;
                return present ? CompiledTimes.day(y, m, d) : MISSING;
            }
        };
        boolean known = year.isConstant() && month.isConstant() && dayOfMonth.isConstant();
        return known ? new CompiledExpression.ConstantTime(code.micros(null)) : code;
    }

    TimeWindows.WindowCode window(Term.TimeCondition condition) {
        return switch (condition) {
            case Term.TimeCondition.On on -> TimeWindows.windowOf(stretch(on.time()), CompiledTimes::on);
            case Term.TimeCondition.Side side ->
                TimeWindows.windowOf(
                        stretch(side.anchor()),
                        isBefore(side.direction()) ? CompiledTimes::before : CompiledTimes::after);
            case Term.TimeCondition.Between between ->
                TimeWindows.between(stretch(between.from()), stretch(between.to()));
            case Term.TimeCondition.Within within -> {
                boolean isDay = within.anchor() instanceof Term.Time.NamedDay
                        || within.anchor() instanceof Term.Time.CalendarDay;
                yield TimeWindows.windowOf(
                        stretch(within.anchor()),
                        anchor -> CompiledTimes.within(
                                within.operator(),
                                within.count(),
                                within.unit(),
                                isBefore(within.direction()),
                                anchor,
                                isDay));
            }
        };
    }

    private static boolean isBefore(TimeDirection direction) {
        return direction == TimeDirection.BEFORE;
    }

    private TimeWindows.Stretch stretch(Term.Time time) {
        return switch (time) {
            case Term.Time.Period period ->
                TimeWindows.constant(CompiledTimes.period(now, period.period(), period.unit()));
            case Term.Time.NamedDay day -> TimeWindows.constant(CompiledTimes.Interval.day(moment(day.word())));
            case Term.Time.CalendarDay day -> {
                CompiledExpression.OfTime start = day(day.day());
                yield start instanceof CompiledExpression.ConstantTime known
                        ? known.micros == IsoTime.MISSING
                                ? TimeWindows.never()
                                : TimeWindows.constant(CompiledTimes.Interval.day(known.micros))
                        : TimeWindows.day(start);
            }
            case Term.Time.At at -> {
                CompiledExpression.OfTime moment = TimeWindows.asTime(compiler.operand(at.timestamp()));
                yield moment instanceof CompiledExpression.ConstantTime known
                        ? TimeWindows.constant(CompiledTimes.Interval.instant(known.micros))
                        : TimeWindows.instant(moment);
            }
        };
    }
}
