package dev.pequel.pql.json;

import dev.pequel.pql.function.Function;
import java.util.EnumSet;
import java.util.Set;

/** Determines which parameters of which functions are evaluated for each item (section "Arrays, lists, sets"). */
public final class ItemExpressions {

    private static final Set<Function> FUNCTIONS = EnumSet.of(
            Function.FILTER,
            Function.EXISTS,
            Function.MAP,
            Function.TOP_N,
            Function.BOTTOM_N,
            Function.GROUP_BY,
            Function.SUM,
            Function.AVERAGE,
            Function.MIN,
            Function.MAX);

    private ItemExpressions() {}

    /**
     * @param position position of the parameter, from 0, counting the receiver
     * @param count number of parameters of the call
     */
    public static boolean is(String function, int position, int count) {
        return position == 1
                && count >= 2
                && Function.named(function).filter(FUNCTIONS::contains).isPresent();
    }
}
