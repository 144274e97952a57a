package dev.pequel.pql.eval;

import dev.pequel.pql.type.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of terms. */
final class TermWalk {

    private TermWalk() {}

    /** The terms directly below a term, in the order in which they are written. */
    static List<Term> children(Term term) {
        return switch (term) {
            case Term.Constant t -> List.of();
            case Term.ConstantTime t -> List.of();
            case Term.Input t -> List.of();
            case Term.Context t -> List.of();
            case Term.Variable t -> List.of();
            case Term.Moment t -> List.of();
            case Term.InSegment t -> List.of();
            case Term.Day t -> List.of(t.year(), t.month(), t.day());
            case Term.ListOf t -> t.items();
            case Term.ObjectOf t ->
                t.entries().stream().map(Term.ObjectOf.Entry::value).toList();
            case Term.Field t -> List.of(t.target());
            case Term.ToBoolean t -> List.of(t.operand());
            case Term.ToTimestamp t -> List.of(t.operand());
            case Term.Not t -> List.of(t.operand());
            case Term.And t -> t.operands();
            case Term.Or t -> t.operands();
            case Term.Comparison t -> List.of(t.left(), t.right());
            case Term.Arithmetic t -> List.of(t.left(), t.right());
            case Term.Negation t -> List.of(t.operand());
            case Term.In t -> List.of(t.element(), t.list());
            case Term.Text t -> List.of(t.text(), t.argument());
            case Term.Call t -> t.arguments();
            case Term.MembershipStatus t -> List.of(t.stored());
            case Term.Filter t -> List.of(t.list(), t.condition());
            case Term.MapItems t -> List.of(t.list(), t.body());
            case Term.MapGroups t -> List.of(t.groups(), t.key(), t.value());
            case Term.Top t -> List.of(t.list(), t.key(), t.count());
            case Term.GroupBy t -> List.of(t.list(), t.key());
            case Term.Select t -> generators(t.generators(), Optional.empty());
            case Term.Exists t -> generators(t.generators(), Optional.empty());
            case Term.ForAll t -> generators(t.generators(), Optional.empty());
            case Term.Aggregation t -> generators(t.generators(), Optional.of(t.value()));
            case Term.If t -> List.of(t.test(), t.then(), t.otherwise());
            case Term.Let t -> List.of(t.value(), t.body());
            case Term.Occurs t -> {
                List<Term> children = new ArrayList<>(List.of(t.timestamp()));
                children.addAll(times(t.test()));
                yield children;
            }
            case Term.Chain t -> {
                List<Term> children = new ArrayList<>(List.of(t.list(), t.timestamp()));
                for (Term.Chain.Link link : t.links()) {
                    children.add(link.condition());
                    link.when().ifPresent(when -> children.addAll(times(when)));
                }
                yield children;
            }
        };
    }

    private static List<Term> generators(List<Term.Generator> generators, Optional<Term> value) {
        List<Term> children = new ArrayList<>();
        for (Term.Generator generator : generators) {
            children.add(generator.range());
            generator.condition().ifPresent(children::add);
        }
        value.ifPresent(children::add);
        return children;
    }

    private static List<Term> times(Term.TimeCondition condition) {
        return switch (condition) {
            case Term.TimeCondition.Within within -> time(within.anchor());
            case Term.TimeCondition.Side side -> time(side.anchor());
            case Term.TimeCondition.On on -> time(on.time());
            case Term.TimeCondition.Between between -> {
                List<Term> both = new ArrayList<>(time(between.from()));
                both.addAll(time(between.to()));
                yield both;
            }
        };
    }

    private static List<Term> time(Term.Time time) {
        return switch (time) {
            case Term.Time.Period period -> List.of();
            case Term.Time.NamedDay day -> List.of();
            case Term.Time.CalendarDay day -> List.of(day.day());
            case Term.Time.At at -> List.of(at.timestamp());
        };
    }

    /** The slots of the variables that a term declares itself. */
    private static List<Integer> declared(Term term) {
        return switch (term) {
            case Term.Filter t -> List.of(t.slot());
            case Term.MapItems t -> List.of(t.slot());
            case Term.MapGroups t -> List.of(t.keySlot(), t.groupSlot());
            case Term.Top t -> List.of(t.slot());
            case Term.GroupBy t -> List.of(t.slot());
            case Term.Let t -> List.of(t.slot());
            case Term.Chain t -> List.of(t.slot());
            case Term.Select t -> slots(t.generators());
            case Term.Exists t -> slots(t.generators());
            case Term.ForAll t -> slots(t.generators());
            case Term.Aggregation t -> slots(t.generators());
            default -> List.of();
        };
    }

    private static List<Integer> slots(List<Term.Generator> generators) {
        return generators.stream().map(Term.Generator::slot).toList();
    }

    /** One more than the largest slot in the term. */
    static int slots(Term term) {
        int slots = 0;
        for (int slot : declared(term)) {
            slots = Math.max(slots, slot + 1);
        }
        for (Term child : children(term)) {
            slots = Math.max(slots, slots(child));
        }
        return slots;
    }

    /** Whether evaluating the term runs through lists. */
    static boolean isDear(Term term) {
        return !declared(term).isEmpty() || children(term).stream().anyMatch(TermWalk::isDear);
    }
}
