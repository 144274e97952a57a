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
 * Reads an expression in the form {@code pql/json}: a tree of nodes, in every published dialect (P61). The result is the
 * same tree that the parser makes of text; its spans are the places of the nodes in the JSON.
 *
 * <p>Whatever the text holds, the outcome is an expression or diagnostics. A member that no node of its kind has is
 * ignored with a warning, so that trees of other tools can be read.
 */
public final class PqlJsonReader {

    /** A tree may be so many times as long as a text ({@link Limits#length()}), because a node takes more room than words. */
    private static final int LENGTH_PER_TEXT = 16;

    /**
     * For each level that a text may be nested ({@link Limits#depth()}), a tree may have so many nodes on top of each other:
     * steps of paths and operands do not nest in text. With the default limits it is what every walk over a tree can take.
     */
    static final int NODES_PER_LEVEL = 5;

    /** So many of them may be nodes for which a walk needs calls: all but those that pile up on the left. */
    static final int CALLS_PER_LEVEL = 3;

    /** One node above another takes at most so many levels of objects and arrays. */
    private static final int JSON_LEVELS_PER_NODE = 5;

    private final Limits limits;
    private final JsonFactory factory;

    public PqlJsonReader(Limits limits) {
        this.limits = limits;
        this.factory = LocatedJson.factory((limits.depth() * NODES_PER_LEVEL + 1) * JSON_LEVELS_PER_NODE);
    }

    /** Characters that a tree may have. */
    public long maximumLength() {
        return (long) limits.length() * LENGTH_PER_TEXT;
    }

    /** @param json one node, as JSON text */
    public Parsed read(String json) {
        if (Limits.characters(json) > maximumLength()) {
            return failed(List.of(Diagnostic.of(
                    DiagnosticCode.TOO_LONG,
                    "The tree has " + Limits.characters(json) + " characters; at most " + maximumLength()
                            + " are read.",
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
