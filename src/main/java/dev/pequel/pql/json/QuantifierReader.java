package dev.pequel.pql.json;

import static dev.pequel.pql.json.NodeReader.missing;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expression.AggregateFunction;
import dev.pequel.pql.ast.Expression.Declaration;
import dev.pequel.pql.ast.Expression.Quantifier;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.json.LocatedJson.Items;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads nodes that declare variables: quantifiers of all dialects, aggregates over variables, and {@code let}. */
final class QuantifierReader {

    private final NodeReader nodes;
    private final NodeValidator checks;
    private final Set<String> variables;

    /** @param root the whole tree, for the names of its variables */
    QuantifierReader(NodeReader nodes, NodeValidator checks, LocatedJson root) {
        this.nodes = nodes;
        this.checks = checks;
        this.variables = variablesIn(root);
    }

    /** The variables of a quantifier, and the scope in which all of them are visible. */
    private record Declared(List<Declaration> declarations, List<Expression> conditions, ReadingScope scope) {}

    /**
     * @param set whether the node is a {@code set} of the 2018 dialect, which may have conditions between the
     *     declarations, and may declare the same variable again to step from one list into the next
     */
    private Optional<Declared> declarations(Members node, ReadingScope scope, boolean set) {
        Optional<Items> variables = checks.requiredItems(node, "variables");
        if (variables.isEmpty()) {
            return Optional.empty();
        }
        List<Declaration> declarations = new ArrayList<>();
        List<Expression> conditions = new ArrayList<>();
        Set<String> declared = new HashSet<>();
        ReadingScope inner = scope;
        boolean complete = true;
        for (LocatedJson json : variables.get().items()) {
            boolean declares = json instanceof Members members && NodeKind.isDeclaration(members);
            if (set && !declares) {
                conditions.add(nodes.expression(json, inner));
                continue;
            }
            if (!declares) {
                checks.report(
                        DiagnosticCode.INVALID_NODE, "`variables` holds nodes of type `varDecl` only.", json.span());
                complete = false;
                continue;
            }
            Members declaration = (Members) json;
            checks.onlyMembers(declaration, "nodeType", "varName", "from", "range", "where");
            Optional<Text> variable = checks.requiredName(declaration, "varName");
            String from = checks.optional(declaration, "from").isEmpty()
                            && checks.optional(declaration, "range").isPresent()
                    ? "range"
                    : "from";
            if (from.equals("from")) {
                checks.optional(declaration, "range")
                        .ifPresent(range -> checks.report(
                                DiagnosticCode.INVALID_NODE,
                                "A variable has its list in `from` or in `range`, not in both.",
                                range.span()));
            }
            ReadingScope before = inner;
            Expression range = checks.required(declaration, from)
                    .map(child -> nodes.expression(child, before))
                    .orElseGet(() -> missing(declaration.span()));
            if (variable.isEmpty()) {
                complete = false;
                continue;
            }
            String name = declared.add(variable.get().value()) || !set
                    ? variable.get().value()
                    : freshVariable(variable.get().value());
            inner = inner.local(variable.get().value(), name);
            ReadingScope after = inner;
            Optional<Expression> condition =
                    checks.optional(declaration, "where").map(child -> nodes.expression(child, after));
            declarations.add(new Declaration(name, variable.get().span(), range, condition, declaration.span()));
        }
        if (declarations.isEmpty() && complete) {
            checks.report(
                    DiagnosticCode.INVALID_MEMBER,
                    "At least one variable is needed here.",
                    variables.get().span());
        }
        return complete && !declarations.isEmpty()
                ? Optional.of(new Declared(declarations, conditions, inner))
                : Optional.empty();
    }

    /** Returns a variable name that no node of the tree declares. */
    private String freshVariable(String variable) {
        int number = 2;
        while (!variables.add(variable + number)) {
            number++;
        }
        return variable + number;
    }

    private static Set<String> variablesIn(LocatedJson root) {
        Set<String> variables = new HashSet<>();
        Deque<LocatedJson> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            switch (waiting.pop()) {
                case Members node ->
                    node.members().forEach((name, value) -> {
                        if (name.equals("varName") && value instanceof Text text) {
                            variables.add(text.value());
                        }
                        waiting.push(value);
                    });
                case Items items -> items.items().forEach(waiting::push);
                default -> {}
            }
        }
        return variables;
    }

    Expression selection(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "variables");
        return declarations(node, scope, NodeKind.nodeType(node).equals("set"))
                .map(declared -> {
                    Expression select =
                            new Expression.Quantified(Quantifier.SELECT, declared.declarations(), node.span());
                    if (declared.conditions().isEmpty()) {
                        return select;
                    }
                    return declared.conditions().reversed().stream()
                            .reduce(select, (rest, condition) -> Junctions.and(List.of(condition, rest), node.span()));
                })
                .orElseGet(() -> missing(node.span()));
    }

    Expression exists(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "variables", "condition");
        return declarations(node, scope, false)
                .<Expression>map(declared ->
                        new Expression.Quantified(Quantifier.EXISTS, withCondition(node, declared), node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    private List<Declaration> withCondition(Members node, Declared declared) {
        Optional<Expression> condition =
                checks.optional(node, "condition").map(json -> nodes.expression(json, declared.scope()));
        if (condition.isEmpty()) {
            return declared.declarations();
        }
        Declaration last = declared.declarations().getLast();
        Expression both = last.condition()
                .map(where -> Junctions.and(
                        List.of(where, condition.get()), condition.get().span()))
                .orElse(condition.get());
        return replaceLast(declared.declarations(), last.range(), Optional.of(both));
    }

    private static List<Declaration> replaceLast(
            List<Declaration> declarations, Expression range, Optional<Expression> condition) {
        List<Declaration> changed = new ArrayList<>(declarations);
        Declaration last = changed.removeLast();
        changed.add(new Declaration(last.name(), last.nameSpan(), range, condition, last.span()));
        return changed;
    }

    /**
     * Reads {@code forall}. With a {@code condition}, each {@code where} selects the items that must satisfy it.
     * Without one, each {@code where} is the condition for its items, as in text (P41).
     */
    Expression forall(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "variables", "condition");
        Optional<Declared> declared = declarations(node, scope, false);
        if (declared.isEmpty()) {
            return missing(node.span());
        }
        Optional<Expression> condition = checks.optional(node, "condition")
                .map(json -> nodes.expression(json, declared.get().scope()));
        List<Declaration> declarations = declared.get().declarations();
        if (condition.isPresent()) {
            List<Declaration> chosen = new ArrayList<>();
            for (Declaration declaration : declarations) {
                Expression range = declaration.condition().isEmpty()
                        ? declaration.range()
                        : new Expression.Quantified(Quantifier.SELECT, List.of(declaration), declaration.span());
                chosen.add(new Declaration(
                        declaration.name(), declaration.nameSpan(), range, Optional.empty(), declaration.span()));
            }
            declarations = replaceLast(chosen, chosen.getLast().range(), condition);
        }
        return new Expression.Quantified(Quantifier.FORALL, declarations, node.span());
    }

    Expression quantification(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "quantifier", "variables", "condition");
        Optional<Text> quantifier = checks.requiredText(node, "quantifier");
        Optional<Declared> declared = declarations(node, scope, false);
        if (quantifier.isEmpty() || declared.isEmpty()) {
            return missing(node.span());
        }
        return quantified(quantifier.get(), withCondition(node, declared.get()), node.span());
    }

    private Expression quantified(Text quantifier, List<Declaration> declarations, Span span) {
        return switch (quantifier.value().toLowerCase(Locale.ROOT)) {
            case "some" -> new Expression.Quantified(Quantifier.EXISTS, declarations, span);
            case "all" -> new Expression.Quantified(Quantifier.FORALL, declarations, span);
            case "none" -> new Expression.Not(new Expression.Quantified(Quantifier.EXISTS, declarations, span), span);
            case "one" ->
                new Expression.Comparison(
                        ComparisonOperator.EQUAL,
                        new Expression.Call(
                                Optional.of(new Expression.Quantified(Quantifier.SELECT, declarations, span)),
                                Function.COUNT.spelling(),
                                List.of(),
                                span,
                                span),
                        new Expression.Literal(new Scalar.Int(1), span),
                        span);
            default -> {
                checks.unknownWord(
                        DiagnosticCode.INVALID_MEMBER,
                        "`" + quantifier.value() + "` is not a quantifier; the quantifiers are"
                                + " `all`, `some`, `none` and `one`.",
                        quantifier,
                        List.of("all", "some", "none", "one"));
                yield missing(span);
            }
        };
    }

    /**
     * Reads the oldest form: {@code fnApply} of {@code some} or {@code all} with {@code varName}, {@code range} and
     * one parameter.
     */
    Expression quantifierFunction(Members node, Text name, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "fnName", "varName", "range", "params");
        Optional<Text> variable = checks.requiredName(node, "varName");
        Optional<Expression> range = checks.required(node, "range").map(json -> nodes.expression(json, scope));
        Optional<Items> params = checks.requiredItems(node, "params");
        if (variable.isEmpty() || range.isEmpty() || params.isEmpty()) {
            return missing(node.span());
        }
        ReadingScope inside = scope.local(variable.get().value(), variable.get().value());
        List<Expression> conditions = params.get().items().stream()
                .map(json -> nodes.expression(json, inside))
                .toList();
        if (!checks.arity(name, conditions, 1, 1, params.get().span())) {
            return missing(node.span());
        }
        var declaration = new Declaration(
                variable.get().value(),
                variable.get().span(),
                range.get(),
                Optional.of(conditions.getFirst()),
                node.span());
        return quantified(name, List.of(declaration), node.span());
    }

    Expression aggregation(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "variables", "aggExpr");
        AggregateFunction function = Arrays.stream(AggregateFunction.values())
                .filter(candidate -> candidate.word().equals(NodeKind.nodeType(node)))
                .findFirst()
                .orElseThrow();
        return declarations(node, scope, false)
                .map(declared -> {
                    Optional<Expression> value =
                            checks.optional(node, "aggExpr").map(json -> nodes.expression(json, declared.scope()));
                    if (value.isEmpty() && declared.declarations().size() > 1) {
                        checks.report(
                                DiagnosticCode.MISSING_MEMBER,
                                "With several variables, `aggExpr` must specify what is aggregated.",
                                node.span());
                    }
                    return (Expression)
                            new Expression.Aggregation(function, value, declared.declarations(), node.span());
                })
                .orElseGet(() -> missing(node.span()));
    }

    Expression let(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "varName", "value", "body");
        Optional<Text> variable = checks.requiredName(node, "varName");
        Optional<Expression> value = checks.required(node, "value").map(json -> nodes.expression(json, scope));
        ReadingScope inner =
                variable.map(name -> scope.local(name.value(), name.value())).orElse(scope);
        Optional<Expression> body = checks.required(node, "body").map(json -> nodes.expression(json, inner));
        return variable.isEmpty() || value.isEmpty() || body.isEmpty()
                ? missing(node.span())
                : new Expression.Let(
                        variable.get().value(), variable.get().span(), value.get(), body.get(), node.span());
    }
}
