package dev.pequel.pql.compile;

import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Terms;
import java.util.List;

/** Properties of a whole term that the compiler needs. */
final class TermWalk {

    private TermWalk() {}

    /** Returns the slots of the variables that the term itself declares. */
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

    /** Returns the number of slots that the term needs. */
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

    /** Whether evaluating the term runs through lists. Uses no streams because they take much stack for deep terms. */
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
