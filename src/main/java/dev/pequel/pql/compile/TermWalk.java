package dev.pequel.pql.compile;

import dev.pequel.pql.check.Term;
import dev.pequel.pql.check.Terms;
import java.util.List;

/** What the compiler needs to know of a whole term. */
final class TermWalk {

    private TermWalk() {}

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
        for (Term child : Terms.children(term)) {
            slots = Math.max(slots, slots(child));
        }
        return slots;
    }

    /** Whether evaluating the term runs through lists. No streams: they take much stack where terms are deep. */
    static boolean isExpensive(Term term) {
        if (!declared(term).isEmpty()) {
            return true;
        }
        for (Term child : Terms.children(term)) {
            if (isExpensive(child)) {
                return true;
            }
        }
        return false;
    }
}
