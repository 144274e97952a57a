package dev.pequel.pql.json;

import static dev.pequel.pql.json.NodeReader.missing;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.json.LocatedJson.Items;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads expressions evaluated for each item of a list: lambdas, and expressions with an implicit item. */
final class ItemReader {

    private final NodeReader nodes;
    private final NodeValidator checks;

    ItemReader(NodeReader nodes, NodeValidator checks) {
        this.nodes = nodes;
        this.checks = checks;
    }

    /** Reads an argument evaluated for each item: a lambda, or an expression with an implicit item. */
    Expression itemExpression(LocatedJson json, ReadingScope scope) {
        if (json instanceof Members node && NodeKind.isLambda(node)) {
            boolean implicit = checks.optional(node, "implicit")
                    .map(flag -> flag instanceof LocatedJson.Bool(boolean value, Span span) && value)
                    .orElse(false);
            return implicit ? implicitValue(node, scope) : nodes.expression(json, scope);
        }
        return nodes.bracketed(json, scope.namelessItem());
    }

    private Expression implicitValue(Members lambda, ReadingScope scope) {
        Expression value = implicitItem(lambda, scope);
        if (value instanceof Expression.Lambda) {
            checks.report(
                    DiagnosticCode.INVALID_NODE,
                    "The body of an implicit item is a value, not a function.",
                    value.span());
        }
        return value;
    }

    /** Reads the body of a lambda with one variable, which becomes the implicit item. */
    Expression implicitItem(Members lambda, ReadingScope scope) {
        List<Text> names = lambdaVariables(lambda);
        Optional<LocatedJson> body = checks.required(lambda, "body");
        if (names.size() != 1) {
            notOneVariable(lambda, names);
            return missing(lambda.span());
        }
        return body.isPresent()
                ? nodes.bracketed(body.get(), scope.item(names.getFirst().value()))
                : missing(lambda.span());
    }

    /**
     * Reads a lambda with one variable as a declaration: the variable ranges over a list, and the body is its
     * condition.
     */
    Optional<Expression.Declaration> declaration(Expression list, LocatedJson json, ReadingScope scope) {
        if (!(json instanceof Members lambda) || !NodeKind.isLambda(lambda)) {
            checks.report(
                    DiagnosticCode.INVALID_NODE,
                    "A `lambda` with one variable is needed here; this is "
                            + (json instanceof Members ? "another node" : json.kind()) + ".",
                    json.span());
            return Optional.empty();
        }
        List<Text> names = lambdaVariables(lambda);
        if (names.size() != 1) {
            notOneVariable(lambda, names);
            return Optional.empty();
        }
        Text name = names.getFirst();
        return checks.required(lambda, "body")
                .map(body -> nodes.expression(body, scope.local(name.value(), name.value())))
                .map(condition -> new Expression.Declaration(
                        name.value(), name.span(), list, Optional.of(condition), lambda.span()));
    }

    private void notOneVariable(Members lambda, List<Text> names) {
        checks.report(
                DiagnosticCode.INVALID_NODE,
                "This function takes one variable, the item, not " + names.size() + ".",
                lambda.span());
    }

    Expression lambda(Members node, ReadingScope scope) {
        checks.optional(node, "implicit")
                .filter(flag -> !(flag instanceof LocatedJson.Bool))
                .ifPresent(flag -> checks.wrongKind(flag, "implicit", "a Boolean"));
        List<Text> names = lambdaVariables(node);
        ReadingScope inner = scope;
        List<Expression.Lambda.Parameter> parameters = new ArrayList<>();
        for (Text name : names) {
            inner = inner.local(name.value(), name.value());
            parameters.add(new Expression.Lambda.Parameter(name.value(), name.span()));
        }
        ReadingScope bodyScope = inner;
        Optional<Expression> body = checks.required(node, "body").map(json -> nodes.expression(json, bodyScope));
        return parameters.isEmpty() || body.isEmpty()
                ? missing(node.span())
                : new Expression.Lambda(parameters, body.get(), node.span());
    }

    /** Returns the body of a lambda whose variables do not matter; {@code null} when there is none. */
    LocatedJson body(Members lambda) {
        lambdaVariables(lambda);
        return lambda.members().get("body");
    }

    /** Reads {@code varNames: ["X"]} or, in the 2018 dialect, {@code params: [{"varName": "X"}]}. */
    private List<Text> lambdaVariables(Members node) {
        boolean old = checks.optional(node, "varNames").isEmpty()
                && checks.optional(node, "params").isPresent();
        checks.onlyMembers(node, "nodeType", old ? "params" : "varNames", "body", "implicit");
        Optional<Items> variables = checks.requiredItems(node, old ? "params" : "varNames");
        if (variables.isEmpty()) {
            return List.of();
        }
        List<Text> names = new ArrayList<>();
        for (LocatedJson json : variables.get().items()) {
            if (json instanceof Members parameter) {
                checks.onlyMembers(parameter, "nodeType", "varName");
                checks.isOfType(parameter, "varDecl");
                checks.requiredName(parameter, "varName").ifPresent(names::add);
            } else {
                checks.name(json, "varNames").ifPresent(names::add);
            }
        }
        if (variables.get().items().isEmpty()) {
            checks.report(
                    DiagnosticCode.INVALID_MEMBER,
                    "A function has at least one variable.",
                    variables.get().span());
        }
        return names;
    }
}
