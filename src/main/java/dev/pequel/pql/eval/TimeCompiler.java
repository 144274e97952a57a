package dev.pequel.pql.eval;

import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.type.Term;
import dev.pequel.profile.column.IsoTime;
import java.time.LocalDate;

/** Times and the windows of {@code occurs}; what depends on {@code now} alone is computed here. */
final class TimeCompiler {

    private final Compiler compiler;
    private final long now;

    /** @param now the time of evaluation in epoch microseconds */
    TimeCompiler(Compiler compiler, long now) {
        this.compiler = compiler;
        this.now = now;
    }

    /** The day of the evaluation. */
    LocalDate today() {
        return Times.date(now);
    }

    long moment(TimeWord word) {
        return switch (word) {
            case NOW -> now;
            case TODAY -> Times.startOfDay(now);
            case YESTERDAY -> Times.startOfDay(now) - Times.DAY;
            case TOMORROW -> Times.startOfDay(now) + Times.DAY;
        };
    }

    Code.OfTime day(Term.Day day) {
        Code year = compiler.operand(day.year());
        Code month = compiler.operand(day.month());
        Code dayOfMonth = compiler.operand(day.day());
        Code.OfTime code = new Code.OfTime() {
            @Override
            long micros(Frame frame) {
                long y = Dynamic.whole(year.value(frame));
                long m = Dynamic.whole(month.value(frame));
                long d = Dynamic.whole(dayOfMonth.value(frame));
                boolean present = y != OfLong.MISSING && m != OfLong.MISSING && d != OfLong.MISSING;
                return present ? Times.day(y, m, d) : MISSING;
            }
        };
        boolean known = year.isConstant() && month.isConstant() && dayOfMonth.isConstant();
        return known ? new Code.ConstantTime(code.micros(null)) : code;
    }

    Occurrences.WindowCode window(Term.TimeCondition condition) {
        return switch (condition) {
            case Term.TimeCondition.On on -> Occurrences.windowOf(stretch(on.time()), Times::on);
            case Term.TimeCondition.Side side ->
                Occurrences.windowOf(stretch(side.anchor()), isBefore(side.direction()) ? Times::before : Times::after);
            case Term.TimeCondition.Between between ->
                Occurrences.between(stretch(between.from()), stretch(between.to()));
            case Term.TimeCondition.Within within -> {
                boolean isDay = within.anchor() instanceof Term.Time.NamedDay
                        || within.anchor() instanceof Term.Time.CalendarDay;
                yield Occurrences.windowOf(
                        stretch(within.anchor()),
                        anchor -> Times.within(
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

    private Occurrences.Stretch stretch(Term.Time time) {
        return switch (time) {
            case Term.Time.Period period -> Occurrences.constant(Times.period(now, period.period(), period.unit()));
            case Term.Time.NamedDay day -> Occurrences.constant(Times.Interval.day(moment(day.word())));
            case Term.Time.CalendarDay day -> {
                Code.OfTime start = day(day.day());
                yield start instanceof Code.ConstantTime known
                        ? known.micros == IsoTime.MISSING
                                ? Occurrences.never()
                                : Occurrences.constant(Times.Interval.day(known.micros))
                        : Occurrences.day(start);
            }
            case Term.Time.At at -> {
                Code.OfTime moment = Occurrences.asTime(compiler.operand(at.timestamp()));
                yield moment instanceof Code.ConstantTime known
                        ? Occurrences.constant(Times.Interval.instant(known.micros))
                        : Occurrences.instant(moment);
            }
        };
    }
}
