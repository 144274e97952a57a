package dev.pequel.pql.json;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.Span;

/**
 * Tracks the depth of the current node and refuses trees that are nested too deeply. It counts levels of brackets,
 * prefix operators and open expressions, as the parser does for text; recursive calls needed to walk the tree; and
 * the height in nodes.
 */
final class ReadingDepth {

    private final Limits limits;
    private final NodeValidator checks;
    private int levels;
    private int calls;
    private int nodes;
    private boolean reported;

    ReadingDepth(Limits limits, NodeValidator checks) {
        this.limits = limits;
        this.checks = checks;
    }

    /**
     * Enters a deeper level; {@link #leave} with the same numbers reverts it.
     *
     * @return false when the level is too deep, which is reported once; {@link #leave} must not be called then
     */
    boolean enter(int moreLevels, int moreCalls, int moreNodes, Span span) {
        if (levels + moreLevels <= limits.depth()
                && calls + moreCalls <= limits.depth() * PqlJsonReader.CALLS_PER_LEVEL
                && nodes + moreNodes <= limits.depth() * PqlJsonReader.NODES_PER_LEVEL) {
            levels += moreLevels;
            calls += moreCalls;
            nodes += moreNodes;
            return true;
        }
        if (!reported) {
            reported = true;
            checks.report(
                    DiagnosticCode.TOO_DEEP,
                    "The expression is nested too deeply here: at most " + limits.depth()
                            + " functions, lists and the like may be nested, "
                            + limits.depth() * PqlJsonReader.CALLS_PER_LEVEL + " operators, and "
                            + limits.depth() * PqlJsonReader.NODES_PER_LEVEL + " nodes of any kind.",
                    span);
        }
        return false;
    }

    void leave(int fewerLevels, int fewerCalls, int fewerNodes) {
        levels -= fewerLevels;
        calls -= fewerCalls;
        nodes -= fewerNodes;
    }
}
