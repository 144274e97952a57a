package dev.pequel.pql.json;

import com.fasterxml.jackson.core.JsonFactory;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.syntax.Parsed;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads expressions in the form {@code pql/json}: a tree of nodes, in every published dialect (P61). The result is
 * the tree that the parser makes of text; its spans are the positions of the nodes in the JSON.
 *
 * <p>Every text leads to an expression or to diagnostics. An unknown member is an error, because it may change the
 * meaning. Only notes for users and members that are false or null are ignored with a warning, so that trees of other
 * tools can be read.
 */
public final class PqlJsonReader {

    /**
     * The maximum length of a tree as a multiple of that of a text ({@link Limits#length()}), because nodes are
     * longer than text.
     */
    private static final int LENGTH_PER_TEXT = 16;

    /**
     * The maximum height of the tree in nodes for each level of nesting that text may have ({@link Limits#depth()}).
     * It is larger because steps of paths and operands do not nest in text. With the default limits, every walk over
     * a tree can take the result.
     */
    static final int NODES_PER_LEVEL = 5;

    /** The maximum number of these nodes that need a recursive call: all but those that nest on the left. */
    static final int CALLS_PER_LEVEL = 3;

    /** The maximum number of levels of objects and arrays from one node to its child. */
    private static final int JSON_LEVELS_PER_NODE = 5;

    private final Limits limits;
    private final JsonFactory factory;

    public PqlJsonReader(Limits limits) {
        this.limits = limits;
        this.factory = LocatedJson.factory((limits.depth() * NODES_PER_LEVEL + 1) * JSON_LEVELS_PER_NODE);
    }

    /** Returns the maximum number of characters of a tree. */
    public long maximumLength() {
        return (long) limits.length() * LENGTH_PER_TEXT;
    }

    /** @param json one node, as JSON text */
    public Parsed read(String json) {
        if (Limits.characters(json) > maximumLength()) {
            return failed(List.of(Diagnostic.of(
                    DiagnosticCode.TOO_LONG,
                    "The tree has " + Limits.characters(json) + " characters; at most " + maximumLength()
                            + " are allowed.",
                    Span.NONE)));
        }
        LocatedJson root;
        try {
            root = LocatedJson.read(factory, json);
        } catch (LocatedJson.Unreadable unreadable) {
            return failed(List.of(unreadable.diagnostic()));
        }
        var reading = new NodeReader(limits, root);
        Expression expression = reading.expression();
        List<Diagnostic> diagnostics = reading.diagnostics().stream()
                .sorted(Comparator.comparingInt(d -> d.span().offset()))
                .toList();
        return diagnostics.stream().anyMatch(Diagnostic::isError)
                ? failed(diagnostics)
                : new Parsed(Optional.of(expression), diagnostics);
    }

    private static Parsed failed(List<Diagnostic> diagnostics) {
        return new Parsed(Optional.empty(), diagnostics);
    }
}
