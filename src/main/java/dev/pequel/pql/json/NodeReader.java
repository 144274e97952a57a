package dev.pequel.pql.json;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.json.LocatedJson.Members;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads one tree. A node that cannot be read is reported and replaced by {@code null} in the expression, so that the
 * rest of the tree is read as well. An expression with such a replacement is never returned to callers of the
 * package.
 */
public final class NodeReader {

    private static final List<String> VALUE_NODES = List.of(
            "fnApply",
            "fieldLookup",
            "parameterReference",
            "literal",
            "varRef",
            "select",
            "exists",
            "forall",
            "quantification",
            "sum",
            "min",
            "max",
            "average",
            "let",
            "occurs",
            "lambda",
            "chain",
            "object",
            "currentItem",
            "outerItem",
            "contextReference",
            "pathReference",
            "fnCreate",
            "set");

    private final LocatedJson root;
    private final NodeValidator checks;
    private final ReadingDepth nesting;
    private final NameReader names;
    private final LiteralReader literals;
    private final ItemReader items;
    private final QuantifierReader quantifiers;
    private final FunctionReader functions;
    private final TimeReader times;
    private final ChainReader chains;

    NodeReader(Limits limits, LocatedJson root) {
        this.root = root;
        this.checks = new NodeValidator();
        this.nesting = new ReadingDepth(limits, checks);
        this.names = new NameReader(checks);
        this.literals = new LiteralReader(this, names, nesting, limits, checks);
        this.items = new ItemReader(this, checks);
        this.quantifiers = new QuantifierReader(this, checks, root);
        this.functions = new FunctionReader(this, names, items, quantifiers, checks);
        this.times = new TimeReader(this, checks);
        this.chains = new ChainReader(this, items, times, checks);
    }

    Expression expression() {
        return expression(root, ReadingScope.ROOT);
    }

    List<Diagnostic> diagnostics() {
        return checks.diagnostics();
    }

    /**
     * Reads a node in the position of a value. Nodes nest deeply on the left (the receiver of a method, the start of
     * a path, the left operand of arithmetic), so the left parts are read in a loop and only the others recursively.
     */
    Expression expression(LocatedJson json, ReadingScope scope) {
        Deque<Members> spine = new ArrayDeque<>();
        LocatedJson start = json;
        while (start instanceof Members node && NodeKind.leftOf(node).isPresent()) {
            spine.push(node);
            start = NodeKind.leftOf(node).get();
        }
        if (!nesting.enter(0, 1, spine.size() + 1, json.span())) {
            return missing(json.span());
        }
        Expression expression = start instanceof Members node ? nested(node, scope) : notANode(start);
        for (Members node : spine) {
            expression = NodeKind.nodeType(node).equals("fieldLookup")
                    ? names.lookup(node, expression, scope)
                    : functions.application(node, Optional.of(expression), scope);
        }
        nesting.leave(0, 1, spine.size() + 1);
        return expression;
    }

    private Expression nested(Members node, ReadingScope scope) {
        int levels = NodeKind.nests(node) ? 1 : 0;
        if (!nesting.enter(levels, 0, 0, node.span())) {
            return missing(node.span());
        }
        Expression expression = node(node, scope);
        nesting.leave(levels, 0, 0);
        return expression;
    }

    /** Reads a node that in this position needs brackets in text, unless it is a name or a literal. */
    Expression bracketed(LocatedJson json, ReadingScope scope) {
        if (!nesting.enter(1, 0, 0, json.span())) {
            return missing(json.span());
        }
        Expression expression = expression(json, scope);
        nesting.leave(1, 0, 0);
        return expression;
    }

    private Expression notANode(LocatedJson json) {
        checks.report(
                DiagnosticCode.INVALID_NODE,
                "A node is an object with the member `nodeType`; this is " + json.kind() + ".",
                json.span());
        return missing(json.span());
    }

    // The recursive methods have few locals because deep trees are read on threads with small stacks.
    private Expression node(Members node, ReadingScope scope) {
        return switch (NodeKind.nodeType(node)) {
            case "fnApply" -> functions.application(node, Optional.empty(), scope);
            case "fieldLookup" -> names.itemLookup(node, scope);
            case "pathReference" -> names.pathReference(node, scope);
            case "parameterReference" -> names.parameterReference(node);
            case "literal" -> literals.literal(node, scope);
            case "varRef" -> names.variableReference(node, scope);
            case "select", "set" -> quantifiers.selection(node, scope);
            case "exists", "exist" -> quantifiers.exists(node, scope);
            case "forall" -> quantifiers.forall(node, scope);
            case "quantification" -> quantifiers.quantification(node, scope);
            case "sum", "min", "max", "average" -> quantifiers.aggregation(node, scope);
            case "let" -> quantifiers.let(node, scope);
            case "occurs" -> times.occurs(node, scope);
            case "lambda", "fnCreate" -> items.lambda(node, scope);
            case "chain" -> chains.chain(node, scope);
            case "object" -> literals.object(node, scope);
            case "currentItem" -> names.currentItem(node);
            case "outerItem" -> names.outerItem(node);
            case "contextReference" -> names.contextReference(node);
            default -> unknownNode(node);
        };
    }

    private Expression unknownNode(Members node) {
        checks.requiredText(node, "nodeType")
                .ifPresent(type -> checks.unknownWord(
                        DiagnosticCode.UNKNOWN_NODE,
                        "`" + type.value() + "` is not a type of node that represents a value.",
                        type,
                        VALUE_NODES));
        return missing(node.span());
    }

    /** Returns a placeholder for a node that could not be read. */
    static Expression missing(Span span) {
        return new Expression.Literal(new Scalar.Null(), span);
    }
}
