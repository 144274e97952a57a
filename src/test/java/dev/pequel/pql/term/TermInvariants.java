package dev.pequel.pql.term;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** What every term must keep to, so that the evaluator can rely on it: slots as {@link Term} says, and Boolean operands. */
public final class TermInvariants {

    private TermInvariants() {}

    public static void verify(Term term, Purpose purpose) {
        if (purpose == Purpose.SEGMENT) {
            bool(term);
        }
        visit(term, 0);
    }

    private static void bool(Term term) {
        assertTrue(Conversions.isCertain(term), () -> "neither true nor false: " + term);
    }

    /** @param slots how many variables are visible */
    private static void visit(Term term, int slots) {
        switch (term) {
            case Term.Variable variable ->
                assertTrue(variable.slot() >= 0 && variable.slot() < slots, () -> "not visible: " + variable);
            case Term.Not not -> bool(not.operand());
            case Term.And and -> and.operands().forEach(TermInvariants::bool);
            case Term.Or or -> or.operands().forEach(TermInvariants::bool);
            case Term.If choice -> bool(choice.test());
            default -> {}
        }
        switch (term) {
            case Term.Filter filter -> {
                visit(filter.list(), slots);
                assertEquals(slots, filter.slot());
                bool(filter.condition());
                visit(filter.condition(), slots + 1);
            }
            case Term.MapItems map -> {
                visit(map.list(), slots);
                assertEquals(slots, map.slot());
                visit(map.body(), slots + 1);
            }
            case Term.MapGroups map -> {
                visit(map.groups(), slots);
                assertEquals(slots, map.keySlot());
                assertEquals(slots + 1, map.groupSlot());
                visit(map.key(), slots + 2);
                visit(map.value(), slots + 2);
            }
            case Term.Top top -> {
                visit(top.list(), slots);
                assertEquals(slots, top.slot());
                visit(top.key(), slots + 1);
                visit(top.count(), slots);
            }
            case Term.GroupBy group -> {
                visit(group.list(), slots);
                assertEquals(slots, group.slot());
                visit(group.key(), slots + 1);
            }
            case Term.Select select -> generators(select.generators(), slots);
            case Term.Exists exists -> generators(exists.generators(), slots);
            case Term.ForAll forAll -> generators(forAll.generators(), slots);
            case Term.Aggregation aggregation ->
                visit(aggregation.value(), generators(aggregation.generators(), slots));
            case Term.Let let -> {
                visit(let.value(), slots);
                assertEquals(slots, let.slot());
                visit(let.body(), slots + 1);
            }
            case Term.Chain chain -> {
                visit(chain.list(), slots);
                assertEquals(slots, chain.slot());
                visit(chain.timestamp(), slots + 1);
                for (Term.Chain.Link link : chain.links()) {
                    bool(link.condition());
                    visit(link.condition(), slots + 1);
                    link.when().map(Terms::of).orElse(List.of()).forEach(anchor -> visit(anchor, slots + 1));
                    assertTrue(link.count() >= 1);
                }
            }
            default -> Terms.children(term).forEach(child -> visit(child, slots));
        }
    }

    private static int generators(List<Term.Generator> generators, int slots) {
        int visible = slots;
        for (Term.Generator generator : generators) {
            visit(generator.range(), visible);
            assertEquals(visible, generator.slot());
            visible++;
            int inside = visible;
            generator.condition().ifPresent(condition -> {
                bool(condition);
                visit(condition, inside);
            });
        }
        return visible;
    }
}
