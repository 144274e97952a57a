package dev.pequel.pql.term;

import java.util.ArrayList;
import java.util.List;

/** Access to the children of terms, for traversals. */
public final class Terms {

    private Terms() {}

    /** Returns the direct children in source order. */
    public static List<Term> children(Term term) {
        return switch (term) {
            case Term.Constant constant -> List.of();
            case Term.ConstantTime time -> List.of();
            case Term.Input input -> List.of();
            case Term.Context context -> List.of();
            case Term.Variable variable -> List.of();
            case Term.Moment moment -> List.of();
            case Term.InSegment segment -> List.of();
            case Term.Day day -> List.of(day.year(), day.month(), day.day());
            case Term.ListOf list -> list.items();
            case Term.ObjectOf object ->
                object.entries().stream().map(Term.ObjectOf.Entry::value).toList();
            case Term.Field field -> List.of(field.target());
            case Term.ToBoolean conversion -> List.of(conversion.operand());
            case Term.ToTimestamp conversion -> List.of(conversion.operand());
            case Term.Not not -> List.of(not.operand());
            case Term.And and -> and.operands();
            case Term.Or or -> or.operands();
            case Term.Comparison comparison -> List.of(comparison.left(), comparison.right());
            case Term.Arithmetic arithmetic -> List.of(arithmetic.left(), arithmetic.right());
            case Term.Negation negation -> List.of(negation.operand());
            case Term.In in -> List.of(in.element(), in.list());
            case Term.Text text -> List.of(text.text(), text.argument());
            case Term.Call call -> call.arguments();
            case Term.MembershipStatus status -> List.of(status.stored());
            case Term.Filter filter -> List.of(filter.list(), filter.condition());
            case Term.MapItems map -> List.of(map.list(), map.body());
            case Term.MapGroups map -> List.of(map.groups(), map.key(), map.value());
            case Term.Top top -> List.of(top.list(), top.key(), top.count());
            case Term.GroupBy group -> List.of(group.list(), group.key());
            case Term.Select select -> of(select.generators());
            case Term.Exists exists -> of(exists.generators());
            case Term.ForAll forAll -> of(forAll.generators());
            case Term.Aggregation aggregation -> {
                List<Term> children = new ArrayList<>(of(aggregation.generators()));
                children.add(aggregation.value());
                yield children;
            }
            case Term.If choice -> List.of(choice.test(), choice.then(), choice.otherwise());
            case Term.Let let -> List.of(let.value(), let.body());
            case Term.Occurs occurs -> {
                List<Term> children = new ArrayList<>(List.of(occurs.timestamp()));
                children.addAll(of(occurs.test()));
                yield children;
            }
            case Term.Chain chain -> {
                List<Term> children = new ArrayList<>(List.of(chain.list(), chain.timestamp()));
                for (Term.Chain.Link link : chain.links()) {
                    children.add(link.condition());
                    link.when().ifPresent(when -> children.addAll(of(when)));
                }
                yield children;
            }
        };
    }

    private static List<Term> of(List<Term.Generator> generators) {
        List<Term> terms = new ArrayList<>();
        for (Term.Generator generator : generators) {
            terms.add(generator.range());
            generator.condition().ifPresent(terms::add);
        }
        return terms;
    }

    /** Returns the terms that a test of a timestamp depends on. */
    public static List<Term> of(Term.TimeCondition condition) {
        return switch (condition) {
            case Term.TimeCondition.Within within -> of(within.anchor());
            case Term.TimeCondition.Side side -> of(side.anchor());
            case Term.TimeCondition.On on -> of(on.time());
            case Term.TimeCondition.Between between -> {
                List<Term> terms = new ArrayList<>(of(between.from()));
                terms.addAll(of(between.to()));
                yield terms;
            }
        };
    }

    private static List<Term> of(Term.Time time) {
        return switch (time) {
            case Term.Time.Period period -> List.of();
            case Term.Time.NamedDay day -> List.of();
            case Term.Time.CalendarDay day -> List.of(day.day());
            case Term.Time.At at -> List.of(at.timestamp());
        };
    }
}
