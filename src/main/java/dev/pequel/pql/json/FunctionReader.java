package dev.pequel.pql.json;

import static dev.pequel.pql.json.NodeReader.missing;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expression.Quantifier;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.json.LocatedJson.Items;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads calls of functions and operators. */
final class FunctionReader {

    private final NodeReader nodes;
    private final NameReader names;
    private final ItemReader items;
    private final QuantifierReader quantifiers;
    private final NodeValidator checks;

    FunctionReader(
            NodeReader nodes, NameReader names, ItemReader items, QuantifierReader quantifiers, NodeValidator checks) {
        this.nodes = nodes;
        this.names = names;
        this.items = items;
        this.quantifiers = quantifiers;
        this.checks = checks;
    }

    /** @param left the first parameter, if it is already read */
    Expression application(Members node, Optional<Expression> left, ReadingScope scope) {
        if (node.members().get("function") instanceof Members function && NodeKind.isLambda(function)) {
            return listFilter(node, function, scope);
        }
        Optional<Text> name = functionName(node);
        if (name.isPresent() && node.members().containsKey("varName")) {
            return quantifiers.quantifierFunction(node, name.get(), scope);
        }
        checks.onlyMembers(node, "nodeType", "fnName", "function", "params", "call");
        checks.flag(node, "call");
        Optional<Items> params = checks.requiredItems(node, "params");
        if (name.isEmpty() || params.isEmpty()) {
            return missing(node.span());
        }
        if (name.get().value().equals(Quantifier.FORALL.word()) && !NodeKind.isCall(node)) {
            return forAll(node, name.get(), params.get(), left, scope);
        }
        boolean method = left.isPresent() && NodeKind.nests(node);
        List<LocatedJson> parameters = params.get().items();
        List<Expression> arguments = new ArrayList<>(parameters.size());
        left.ifPresent(arguments::add);
        for (int i = arguments.size(); i < parameters.size(); i++) {
            LocatedJson parameter = parameters.get(i);
            arguments.add(
                    ItemExpressions.is(name.get().value(), i, parameters.size())
                            ? items.itemExpression(parameter, scope)
                            : method ? nodes.bracketed(parameter, scope) : nodes.expression(parameter, scope));
        }
        return NodeKind.isCall(node)
                ? call(name.get().value(), name.get().span(), arguments, node.span())
                : function(name.get(), arguments, params.get().span(), node.span());
    }

    /**
     * Reads {@code forall} as a function. Trees have it as a function of a list and a lambda; in text it has a
     * variable (P42).
     */
    private Expression forAll(Members node, Text name, Items params, Optional<Expression> left, ReadingScope scope) {
        if (params.items().size() != 2) {
            checks.report(
                    DiagnosticCode.WRONG_ARITY,
                    "`" + name.value() + "` takes 2 parameters, not "
                            + params.items().size() + ".",
                    params.span());
            return missing(node.span());
        }
        Expression list = left.orElseGet(() -> nodes.expression(params.items().getFirst(), scope));
        return items.declaration(list, params.items().getLast(), scope)
                .<Expression>map(
                        declaration -> new Expression.Quantified(Quantifier.FORALL, List.of(declaration), node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    private Optional<Text> functionName(Members node) {
        Optional<LocatedJson> function = checks.optional(node, "function");
        if (function.isPresent() && checks.optional(node, "fnName").isPresent()) {
            checks.report(
                    DiagnosticCode.INVALID_NODE,
                    "A node names its function by `fnName` or by `function`, not by both.",
                    function.get().span());
            return Optional.empty();
        }
        return function.isPresent() ? functionLiteral(function.get()) : checks.requiredName(node, "fnName");
    }

    private Optional<Text> functionLiteral(LocatedJson json) {
        if (json instanceof Members node
                && checks.requiredText(node, "nodeType")
                        .filter(type -> type.value().equals("literal"))
                        .isPresent()
                && checks.requiredText(node, "literalType")
                        .filter(type -> type.value().equalsIgnoreCase("function"))
                        .isPresent()) {
            checks.onlyMembers(node, "nodeType", "literalType", "fnName", "value");
            return checks.requiredName(node, checks.optional(node, "fnName").isPresent() ? "fnName" : "value");
        }
        checks.report(
                DiagnosticCode.INVALID_NODE,
                "A `function` is a literal of type `Function`, or a `lambda` with one variable.",
                json.span());
        return Optional.empty();
    }

    /** @param place the span of the arguments */
    private Expression function(Text name, List<Expression> arguments, Span place, Span span) {
        return switch (name.value()) {
            case "and", "AND" ->
                checks.arity(name, arguments, 1, Integer.MAX_VALUE, place)
                        ? Junctions.and(arguments, span)
                        : missing(span);
            case "or", "OR" ->
                checks.arity(name, arguments, 1, Integer.MAX_VALUE, place)
                        ? Junctions.or(arguments, span)
                        : missing(span);
            case "not", "NOT", "!" ->
                checks.arity(name, arguments, 1, 1, place)
                        ? new Expression.Not(arguments.getFirst(), span)
                        : missing(span);
            case "-" ->
                arguments.size() == 1
                        ? new Expression.Negation(arguments.getFirst(), span)
                        : arithmetic(ArithmeticOperator.SUBTRACT, name, arguments, place, span);
            case "+" -> arithmetic(ArithmeticOperator.ADD, name, arguments, place, span);
            case "*" -> arithmetic(ArithmeticOperator.MULTIPLY, name, arguments, place, span);
            case "/" -> arithmetic(ArithmeticOperator.DIVIDE, name, arguments, place, span);
            case "%" -> arithmetic(ArithmeticOperator.REMAINDER, name, arguments, place, span);
            case "=" -> comparison(ComparisonOperator.EQUAL, name, arguments, place, span);
            case "!=" -> comparison(ComparisonOperator.NOT_EQUAL, name, arguments, place, span);
            case "<" -> comparison(ComparisonOperator.LESS, name, arguments, place, span);
            case "<=" -> comparison(ComparisonOperator.LESS_OR_EQUAL, name, arguments, place, span);
            case ">" -> comparison(ComparisonOperator.GREATER, name, arguments, place, span);
            case ">=" -> comparison(ComparisonOperator.GREATER_OR_EQUAL, name, arguments, place, span);
            case "in", "IN", "notIn", "notin", "NOTIN" ->
                checks.arity(name, arguments, 2, 2, place)
                        ? new Expression.Membership(
                                !name.value().equalsIgnoreCase("in"), arguments.get(0), arguments.get(1), span)
                        : missing(span);
            case "like", "LIKE" ->
                checks.arity(name, arguments, 2, 2, place)
                        ? new Expression.Like(arguments.get(0), arguments.get(1), span)
                        : missing(span);
            case "if", "IF" ->
                checks.arity(name, arguments, 3, 3, place)
                        ? new Expression.If(arguments.get(0), arguments.get(1), arguments.get(2), span)
                        : missing(span);
            case "modelInstances" ->
                checks.arity(name, arguments, 1, 1, place)
                        ? names.instances(arguments.getFirst(), span)
                        : missing(span);
            // The older table of functions has these names for `notEqualTo`.
            case "notEquals", "notEqualsTo" -> call(Function.NOT_EQUAL_TO.spelling(), name.span(), arguments, span);
            default -> call(name.value(), name.span(), arguments, span);
        };
    }

    private Expression arithmetic(
            ArithmeticOperator operator, Text name, List<Expression> sides, Span place, Span span) {
        return checks.arity(name, sides, 2, 2, place)
                ? new Expression.Arithmetic(operator, sides.get(0), sides.get(1), span)
                : missing(span);
    }

    private Expression comparison(
            ComparisonOperator operator, Text name, List<Expression> sides, Span place, Span span) {
        return checks.arity(name, sides, 2, 2, place)
                ? new Expression.Comparison(operator, sides.get(0), sides.get(1), span)
                : missing(span);
    }

    private static Expression call(String name, Span nameSpan, List<Expression> arguments, Span span) {
        if (name.equals(Function.FILTER.spelling())
                && arguments.size() == 2
                && !(arguments.get(1) instanceof Expression.Lambda)) {
            return new Expression.Filter(arguments.get(0), arguments.get(1), span);
        }
        if (arguments.isEmpty()
                || Function.named(name).filter(NodeKind::standsAlone).isPresent()) {
            return new Expression.Call(Optional.empty(), name, arguments, nameSpan, span);
        }
        return new Expression.Call(
                Optional.of(arguments.getFirst()), name, arguments.subList(1, arguments.size()), nameSpan, span);
    }

    /** Reads a list filter of the 2018 dialect, which applies a function to a list to select the matching items. */
    private Expression listFilter(Members node, Members function, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "function", "params");
        Optional<Items> params = checks.requiredItems(node, "params");
        if (params.isEmpty()) {
            return missing(node.span());
        }
        if (params.get().items().size() != 1) {
            checks.report(
                    DiagnosticCode.WRONG_ARITY,
                    "A function defined here is applied to one list, not to "
                            + params.get().items().size() + " values.",
                    params.get().span());
            return missing(node.span());
        }
        Expression list = nodes.expression(params.get().items().getFirst(), scope);
        Expression condition = items.itemExpression(function, scope);
        return condition instanceof Expression.Lambda
                ? new Expression.Call(
                        Optional.of(list), Function.FILTER.spelling(), List.of(condition), function.span(), node.span())
                : new Expression.Filter(list, condition, node.span());
    }
}
