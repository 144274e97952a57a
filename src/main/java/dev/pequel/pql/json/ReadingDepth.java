package dev.pequel.pql.json;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.Span;

/**
 * Where in the tree a reading is, so that no tree is read that is nested too deeply: levels of brackets, prefixes and open
 * ends, as the parser counts them in text; calls that are needed to walk it; and nodes on top of each other.
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
     * Goes deeper; {@link #leave} with the same numbers comes back.
     *
     * @return false when that is too deep, which is reported once; then there is nothing to leave
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
                            + " functions, lists and the like may contain each other, "
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
