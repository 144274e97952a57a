package dev.pequel.pql.term;

import java.util.stream.Stream;

/** Determines whether a term's value depends on the evaluation time. */
final class TimeDependence {

    private TimeDependence() {}

    static boolean of(Term term) {
        boolean here = switch (term) {
            case Term.Moment moment -> true;
            case Term.Call call ->
                switch (call.function()) {
                    case CURRENT_YEAR, CURRENT_MONTH, CURRENT_DAY_OF_MONTH -> true;
                    default -> false;
                };
            case Term.Occurs occurs -> of(occurs.test());
            case Term.Chain chain ->
                chain.links().stream()
                        .anyMatch(link -> link.when().map(TimeDependence::of).orElse(false));
            default -> false;
        };
        if (here) {
            return true;
        }
        for (Term child : Terms.children(term)) {
            if (of(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean of(Term.TimeCondition condition) {
        return switch (condition) {
            case Term.TimeCondition.Within within -> of(within.anchor());
            case Term.TimeCondition.Side side -> of(side.anchor());
            case Term.TimeCondition.On on -> of(on.time());
            case Term.TimeCondition.Between between ->
                Stream.of(between.from(), between.to()).anyMatch(TimeDependence::of);
        };
    }

    private static boolean of(Term.Time time) {
        return switch (time) {
            case Term.Time.Period period -> true;
            case Term.Time.NamedDay day -> true;
            case Term.Time.CalendarDay day -> of(day.day());
            case Term.Time.At at -> of(at.timestamp());
        };
    }
}
