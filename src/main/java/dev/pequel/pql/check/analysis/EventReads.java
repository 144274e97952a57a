package dev.pequel.pql.check.analysis;

import dev.pequel.pql.ast.CalendarUnit;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.RelativePeriod;
import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Term.TimeCondition;
import dev.pequel.pql.term.Terms;
import dev.pequel.pql.type.BuiltInSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The reads of experience events in a term.
 *
 * @param scans each read of the list of events; each link of a {@code chain} is a read of its own
 */
public record EventReads(List<Scan> scans) {

    private static final long DAY_IN_MILLISECONDS = 24L * 60 * 60 * 1000;
    private static final String TIMESTAMP = "timestamp";

    /** The time window that a read is restricted to. */
    enum Window {
        NONE,
        /** Any condition on the time. */
        SOME,
        /** At most 24 hours before now, or the current day. */
        DAY;

        Window or(Window other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /**
     * One read of the events.
     *
     * @param list the list of events, as a node of the term
     * @param chain the {@code chain} that it belongs to
     */
    record Scan(Term list, Window window, Optional<Term.Chain> chain) {}

    public static EventReads in(Term term) {
        Search search = new Search();
        search.visit(term);
        return new EventReads(List.copyOf(search.scans));
    }

    boolean isEmpty() {
        return scans.isEmpty();
    }

    /** Whether the term is the profile's list of events. */
    static boolean isEventList(Term term) {
        return term instanceof Term.Field field
                && field.name().equals(BuiltInSchema.EVENTS)
                && field.target() instanceof Term.Input input
                && input.position() == 1;
    }

    private static final class Search {

        private final List<Scan> scans = new ArrayList<>();
        /** Slots of variables bound to events within the last day. */
        private final Set<Integer> recent = new HashSet<>();

        void visit(Term term) {
            Optional<Source> source = source(term);
            if (source.isPresent()) {
                look(source.get(), source.get().window(), Optional.empty());
                return;
            }
            switch (term) {
                case Term.Select select -> generators(select.generators());
                case Term.Exists exists -> generators(exists.generators());
                case Term.ForAll forAll -> generators(forAll.generators());
                case Term.Aggregation aggregation -> {
                    generators(aggregation.generators());
                    visit(aggregation.value());
                }
                case Term.Chain chain -> chain(chain);
                default -> Terms.children(term).forEach(this::visit);
            }
        }

        /**
         * A list of events, perhaps filtered.
         *
         * @param list the list of events itself
         * @param conditions the conditions of the filters
         */
        private record Source(Term list, Window window, List<Term> conditions) {}

        private Optional<Source> source(Term term) {
            return switch (term) {
                case Term.Field field when isEventList(field) -> Optional.of(new Source(field, Window.NONE, List.of()));
                case Term.Filter filter ->
                    source(filter.list())
                            .map(inner -> with(inner, window(filter.condition(), filter.slot()), filter.condition()));
                case Term.Top top ->
                    source(top.list())
                            .map(inner -> with(with(inner, Window.NONE, top.key()), Window.NONE, top.count()));
                default -> Optional.empty();
            };
        }

        private static Source with(Source source, Window window, Term condition) {
            List<Term> conditions = new ArrayList<>(source.conditions());
            conditions.add(condition);
            return new Source(source.list(), source.window().or(window), conditions);
        }

        private void look(Source source, Window window, Optional<Term.Chain> chain) {
            scans.add(new Scan(source.list(), window, chain));
            source.conditions().forEach(this::visit);
        }

        private void generators(List<Term.Generator> generators) {
            for (Term.Generator generator : generators) {
                Optional<Source> source = source(generator.range());
                if (source.isPresent()) {
                    Window own = generator
                            .condition()
                            .map(condition -> window(condition, generator.slot()))
                            .orElse(Window.NONE);
                    Window window = source.get().window().or(own);
                    look(source.get(), window, Optional.empty());
                    if (window == Window.DAY) {
                        recent.add(generator.slot());
                    } else {
                        recent.remove(generator.slot());
                    }
                } else {
                    visit(generator.range());
                    recent.remove(generator.slot());
                }
                generator.condition().ifPresent(this::visit);
            }
        }

        private void chain(Term.Chain chain) {
            Optional<Source> source = source(chain.list());
            if (source.isEmpty()) {
                visit(chain.list());
            }
            for (Term.Chain.Link link : chain.links()) {
                Window own = link.when().map(this::reach).orElse(Window.NONE);
                Window window = own.or(window(link.condition(), chain.slot()));
                source.ifPresent(events ->
                        scans.add(new Scan(events.list(), events.window().or(window), Optional.of(chain))));
                visit(link.condition());
                link.when().ifPresent(when -> Terms.of(when).forEach(this::visit));
            }
            source.ifPresent(events -> events.conditions().forEach(this::visit));
        }

        /** Returns the window that a condition sets for the event in this slot. */
        private Window window(Term condition, int slot) {
            return switch (condition) {
                case Term.And and -> {
                    Window window = Window.NONE;
                    for (Term operand : and.operands()) {
                        window = window.or(window(operand, slot));
                    }
                    yield window;
                }
                case Term.Or or -> {
                    Window window = Window.DAY;
                    for (Term operand : or.operands()) {
                        Window one = window(operand, slot);
                        window = one.compareTo(window) < 0 ? one : window;
                    }
                    yield window;
                }
                case Term.Occurs occurs when isTimestamp(occurs.timestamp(), slot) -> reach(occurs.test());
                case Term.Comparison comparison
                when isTimestamp(comparison.left(), slot) || isTimestamp(comparison.right(), slot) -> Window.SOME;
                default -> Window.NONE;
            };
        }

        private static boolean isTimestamp(Term term, int slot) {
            return term instanceof Term.ToTimestamp conversion
                    && conversion.operand() instanceof Term.Field field
                    && field.name().equals(TIMESTAMP)
                    && field.target() instanceof Term.Variable variable
                    && variable.slot() == slot;
        }

        // ---- How far back a test of a timestamp reaches

        private Window reach(TimeCondition condition) {
            boolean isRecent = switch (condition) {
                case TimeCondition.Within within -> isRecent(within);
                case TimeCondition.Side side -> side.direction() != TimeDirection.BEFORE && endsRecently(side.anchor());
                case TimeCondition.On on -> startsRecently(on.time());
                case TimeCondition.Between between -> startsRecently(between.from());
            };
            return isRecent ? Window.DAY : Window.SOME;
        }

        private boolean isRecent(TimeCondition.Within within) {
            if (within.direction() != TimeDirection.BEFORE) {
                return endsRecently(within.anchor());
            }
            boolean isNear = within.operator() == ComparisonOperator.LESS
                    || within.operator() == ComparisonOperator.LESS_OR_EQUAL
                    || within.operator() == ComparisonOperator.EQUAL;
            return isNear
                    && within.anchor() instanceof Term.Time.At at
                    && at.timestamp() instanceof Term.Moment
                    && within.count() <= DAY_IN_MILLISECONDS / lengthInMilliseconds(within.unit());
        }

        /** Returns the length of the unit; for units longer than a day, some length longer than a day. */
        private static long lengthInMilliseconds(CalendarUnit unit) {
            return switch (unit) {
                case MILLISECOND -> 1;
                case SECOND -> 1000;
                case MINUTE -> 60 * 1000;
                case HOUR -> 60 * 60 * 1000;
                case DAY -> DAY_IN_MILLISECONDS;
                case WEEK, MONTH, YEAR, DECADE, CENTURY, MILLENNIUM -> 7 * DAY_IN_MILLISECONDS;
            };
        }

        private boolean startsRecently(Term.Time time) {
            return switch (time) {
                case Term.Time.Period period ->
                    period.period() == RelativePeriod.NEXT
                            || period.period() == RelativePeriod.THIS
                                    && period.unit().compareTo(CalendarUnit.DAY) <= 0
                            || period.unit().compareTo(CalendarUnit.HOUR) <= 0;
                case Term.Time.NamedDay day -> day.word() != TimeWord.YESTERDAY;
                case Term.Time.CalendarDay day -> false;
                case Term.Time.At at -> isRecent(at.timestamp());
            };
        }

        private boolean endsRecently(Term.Time time) {
            return switch (time) {
                case Term.Time.Period period ->
                    period.period() != RelativePeriod.LAST || period.unit().compareTo(CalendarUnit.DAY) <= 0;
                case Term.Time.NamedDay day -> true;
                case Term.Time.CalendarDay day -> false;
                case Term.Time.At at -> isRecent(at.timestamp());
            };
        }

        private boolean isRecent(Term timestamp) {
            return timestamp instanceof Term.Moment || recent.stream().anyMatch(slot -> isTimestamp(timestamp, slot));
        }
    }
}
