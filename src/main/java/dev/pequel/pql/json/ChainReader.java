package dev.pequel.pql.json;

import static dev.pequel.pql.json.NodeReader.missing;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.TimeTest;
import dev.pequel.pql.json.LocatedJson.Items;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code chain} nodes. */
final class ChainReader {

    private final NodeReader nodes;
    private final ItemReader items;
    private final TimeReader times;
    private final NodeValidator checks;

    ChainReader(NodeReader nodes, ItemReader items, TimeReader times, NodeValidator checks) {
        this.nodes = nodes;
        this.items = items;
        this.times = times;
        this.checks = checks;
    }

    Expression chain(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "array", "timestampField", "elements");
        Optional<Expression> list = checks.required(node, "array").map(json -> nodes.expression(json, scope));
        Optional<Text> timestamp = checks.required(node, "timestampField").flatMap(this::timestampField);
        Optional<Items> elements = checks.requiredItems(node, "elements");
        if (elements.isEmpty()) {
            return missing(node.span());
        }
        if (elements.get().items().isEmpty()) {
            checks.report(
                    DiagnosticCode.INVALID_MEMBER,
                    "A chain has at least one element.",
                    elements.get().span());
        }
        List<Expression.Chain.Link> links = new ArrayList<>();
        for (LocatedJson json : elements.get().items()) {
            if (json instanceof Members element) {
                if (NodeKind.nodeType(element).equals("gap")) {
                    gap(element);
                } else if (checks.isOfType(element, "element")) {
                    links.add(link(element, links.size(), scope));
                }
            } else {
                checks.report(
                        DiagnosticCode.INVALID_NODE,
                        "An element of a chain is an object with the member `what`; this is " + json.kind() + ".",
                        json.span());
            }
        }
        boolean negated = isNegated(elements.get());
        if (list.isEmpty() || timestamp.isEmpty() || links.isEmpty()) {
            return missing(node.span());
        }
        Expression chain = new Expression.Chain(
                list.get(), timestamp.get().value(), timestamp.get().span(), links, node.span());
        return negated ? new Expression.Not(chain, node.span()) : chain;
    }

    /**
     * Whether the only element of a chain is marked {@code negated}: no event may match it. In a chain of several
     * elements, {@code negated} has no equivalent in the language and is reported.
     */
    private boolean isNegated(Items elements) {
        boolean negated = false;
        for (LocatedJson json : elements.items()) {
            if (json instanceof Members element && checks.flag(element, "negated")) {
                negated = true;
                if (elements.items().size() > 1) {
                    checks.report(
                            DiagnosticCode.UNSUPPORTED_MEMBER,
                            "`negated` is supported only in a chain of one element. For an event that does not occur"
                                    + " between two others, use variables and `not exists`.",
                            element.members().get("negated").span());
                }
            }
        }
        return negated;
    }

    /** @param gap a node, or the member of an element */
    private void gap(LocatedJson gap) {
        checks.report(
                DiagnosticCode.UNSUPPORTED_MEMBER,
                "A `gap` between the elements of a chain is not supported; use two variables with `occurs ... after` to limit"
                        + " the time between two events.",
                gap.span());
    }

    private Expression.Chain.Link link(Members element, int index, ReadingScope scope) {
        checks.onlyMembers(element, "nodeType", "label", "what", "when", "count", "negated", "gap");
        checks.optional(element, "gap").ifPresent(this::gap);
        String label = checks.optional(element, "label")
                .flatMap(json -> checks.name(json, "label"))
                .map(Text::value)
                .orElse("E" + (index + 1));
        Expression condition = checks.required(element, "what")
                .map(json -> json instanceof Members what && NodeKind.isLambda(what)
                        ? items.implicitItem(what, scope)
                        : nodes.expression(json, scope.namelessItem()))
                .orElseGet(() -> missing(element.span()));
        return new Expression.Chain.Link(
                label,
                condition,
                checks.optional(element, "when").flatMap(json -> window(json, scope)),
                checks.optional(element, "count").flatMap(json -> checks.whole(json, "count", 0, Long.MAX_VALUE)),
                element.span());
    }

    private Optional<TimeTest> window(LocatedJson json, ReadingScope scope) {
        // The times of a window do not depend on the item, as in `WHEN( )` of text.
        if (json instanceof Members range && NodeKind.nodeType(range).equals("range")) {
            return times.between(range, range, scope);
        }
        if (json instanceof Members when) {
            checks.onlyMembers(when, "nodeType", "timeinterval", "relation", "qualification");
            return checks.isOfType(when, "occurs") ? times.test(when, scope) : Optional.empty();
        }
        checks.wrongKind(json, "when", "a node of type `occurs` without `timestamp`");
        return Optional.empty();
    }

    /**
     * Reads the name of the timestamp field: a lambda that looks up a field of its variable, the lookup alone, or the
     * name itself.
     */
    private Optional<Text> timestampField(LocatedJson json) {
        if (json instanceof Text) {
            return checks.name(json, "timestampField");
        }
        if (json instanceof Members node) {
            LocatedJson body = NodeKind.isLambda(node) ? items.body(node) : node;
            if (body instanceof Members lookup
                    && NodeKind.nodeType(lookup).equals("fieldLookup")
                    && !(lookup.members().get("object") instanceof Members object
                            && NodeKind.nodeType(object).equals("fieldLookup"))) {
                checks.onlyMembers(lookup, "nodeType", "fieldName", "object");
                return checks.requiredName(lookup, "fieldName");
            }
            if (body instanceof Members literal
                    && literal.members().get("literalType") instanceof Text type
                    && (type.value().equalsIgnoreCase("xdmfield")
                            || type.value().equalsIgnoreCase("field"))) {
                checks.onlyMembers(literal, "nodeType", "literalType", "value");
                return checks.requiredName(literal, "value");
            }
        }
        checks.report(
                DiagnosticCode.INVALID_MEMBER,
                "`timestampField` must be the name of a field of the items, or a lambda whose body looks up that field.",
                json.span());
        return Optional.empty();
    }
}
