package dev.pequel.pql.json;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expression.AggregateFunction;
import dev.pequel.pql.ast.Expression.Declaration;
import dev.pequel.pql.ast.Expression.Quantifier;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeTest;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.json.LocatedJson.Items;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import dev.pequel.pql.type.Function;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One reading of one tree. A node that cannot be read is reported and stands as {@code null} in the expression, so that the
 * rest of the tree is looked at as well; such an expression is never handed out.
 */
final class NodeReading {

    /** Names of schemas that stand for the profile and for its experience events, in the last step of their identifiers. */
    private static final Pattern PROFILE_SCHEMA = Pattern.compile("(?:.*[/.])?profile", Pattern.CASE_INSENSITIVE);

    private static final Pattern EVENT_SCHEMA =
            Pattern.compile("(?:.*[/.])?experience-?event", Pattern.CASE_INSENSITIVE);

    private static final Pattern DAY = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");

    private final Limits limits;
    private final LocatedJson root;
    private final NodeChecks checks;
    private final TimeReading times;
    private final Set<String> variables;
    private int depth;
    private int steps;
    private int height;
    private boolean tooDeep;

    NodeReading(Limits limits, LocatedJson root) {
        this.limits = limits;
        this.root = root;
        this.checks = new NodeChecks();
        this.times = new TimeReading(this, checks);
        this.variables = variablesIn(root);
    }

    Expression expression() {
        return expression(root, Scope.ROOT);
    }

    List<Diagnostic> diagnostics() {
        return checks.diagnostics();
    }

    /**
     * Reads a node in the position of a value. What stands on its left in text (the receiver of a method, the start of a path,
     * the left operand of arithmetic) is read in a loop, because such nodes pile up: only the rest is read by calls.
     */
    Expression expression(LocatedJson json, Scope scope) {
        Deque<Members> spine = new ArrayDeque<>();
        LocatedJson start = json;
        while (start instanceof Members node && leftOf(node).isPresent()) {
            spine.push(node);
            start = leftOf(node).get();
        }
        if (!enter(0, 1, spine.size() + 1, json.span())) {
            return missing(json.span());
        }
        Expression expression = start instanceof Members node ? nested(node, scope) : notANode(start);
        for (Members node : spine) {
            expression = nodeType(node).equals("fieldLookup")
                    ? lookup(node, expression, scope)
                    : application(node, Optional.of(expression), scope);
        }
        leave(0, 1, spine.size() + 1);
        return expression;
    }

    private Expression nested(Members node, Scope scope) {
        int levels = nests(node) ? 1 : 0;
        if (!enter(levels, 0, 0, node.span())) {
            return missing(node.span());
        }
        Expression expression = node(node, scope);
        leave(levels, 0, 0);
        return expression;
    }

    /** Reads what in text needs brackets here if it is more than a name or a literal. */
    Expression bracketed(LocatedJson json, Scope scope) {
        if (!enter(1, 0, 0, json.span())) {
            return missing(json.span());
        }
        Expression expression = expression(json, scope);
        leave(1, 0, 0);
        return expression;
    }

    private static Optional<LocatedJson> leftOf(Members node) {
        LocatedJson left = switch (nodeType(node)) {
            case "fieldLookup" -> node.members().get("object");
            case "fnApply" ->
                (isArithmetic(node) || isMethod(node))
                                && node.members().get("params") instanceof Items params
                                && !params.items().isEmpty()
                        ? params.items().getFirst()
                        : null;
            default -> null;
        };
        return Optional.ofNullable(left).filter(value -> !(value instanceof LocatedJson.Null));
    }

    /**
     * Counts what an expression may have of: levels of brackets, prefixes and open ends, as the parser counts them in text;
     * calls that are needed to walk it; and nodes on top of each other.
     *
     * @return false when it is too much, which is reported once
     */
    private boolean enter(int levels, int calls, int nodes, Span span) {
        if (depth + levels <= limits.depth()
                && steps + calls <= limits.depth() * PqlJsonReader.CALLS_PER_LEVEL
                && height + nodes <= limits.depth() * PqlJsonReader.NODES_PER_LEVEL) {
            depth += levels;
            steps += calls;
            height += nodes;
            return true;
        }
        if (!tooDeep) {
            tooDeep = true;
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

    private void leave(int levels, int calls, int nodes) {
        depth -= levels;
        steps -= calls;
        height -= nodes;
    }

    private static boolean nests(Members node) {
        return switch (nodeType(node)) {
            case "fieldLookup", "parameterReference", "varRef", "occurs", "currentItem", "outerItem" -> false;
            case "literal" -> node.members().get("value") instanceof Items;
            case "fnApply" -> !isInfix(node);
            default -> true;
        };
    }

    private static boolean isInfix(Members application) {
        if (isCall(application)) {
            return false;
        }
        return switch (fnName(application)) {
            case "and", "AND", "or", "OR", "=", "!=", "<", "<=", ">", ">=" -> true;
            case "in", "IN", "notIn", "notin", "NOTIN", "like", "LIKE" -> true;
            default -> isArithmetic(application);
        };
    }

    private static boolean isArithmetic(Members application) {
        return switch (fnName(application)) {
            case "+", "*", "/", "%" -> true;
            case "-" ->
                application.members().get("params") instanceof Items params
                        && params.items().size() == 2;
            default -> false;
        };
    }

    /** Whether the function has a receiver in text. */
    private static boolean isMethod(Members application) {
        return switch (fnName(application)) {
            case "" -> false;
            case "not", "NOT", "!", "-", "if", "IF", "modelInstances" -> isCall(application);
            case "some", "all" -> !application.members().containsKey("varName");
            default ->
                !isInfix(application)
                        && Function.named(fnName(application))
                                .filter(NodeReading::standsAlone)
                                .isEmpty();
        };
    }

    private static String fnName(Members application) {
        return application.members().get("fnName") instanceof Text name ? name.value() : "";
    }

    private Expression notANode(LocatedJson json) {
        checks.report(
                DiagnosticCode.INVALID_NODE,
                "A node is an object with the member `nodeType`; this is " + json.kind() + ".",
                json.span());
        return missing(json.span());
    }

    // The recursive methods keep few locals, since deep trees are read on threads with small stacks.
    private Expression node(Members node, Scope scope) {
        return switch (nodeType(node)) {
            case "fnApply" -> application(node, Optional.empty(), scope);
            case "fieldLookup" -> lookup(node, item(node.span(), scope), scope);
            case "pathReference" -> pathReference(node, scope);
            case "parameterReference" -> parameterReference(node);
            case "literal" -> literal(node, scope);
            case "varRef" -> variableReference(node, scope);
            case "select", "set" -> selection(node, scope);
            case "exists", "exist" -> exists(node, scope);
            case "forall" -> forall(node, scope);
            case "quantification" -> quantification(node, scope);
            case "sum", "min", "max", "average" -> aggregation(node, scope);
            case "let" -> let(node, scope);
            case "occurs" -> occurs(node, scope);
            case "lambda", "fnCreate" -> lambda(node, scope);
            case "chain" -> chain(node, scope);
            case "object" -> object(node, scope);
            case "currentItem" -> currentItem(node);
            case "outerItem" -> outerItem(node);
            case "contextReference" -> contextReference(node);
            default -> unknownNode(node);
        };
    }

    /** The member {@code nodeType}; empty, which is no type, where there is no such string. */
    private static String nodeType(Members node) {
        return node.members().get("nodeType") instanceof Text type ? type.value() : "";
    }

    private Expression unknownNode(Members node) {
        checks.requiredText(node, "nodeType")
                .ifPresent(type -> checks.unknownWord(
                        DiagnosticCode.UNKNOWN_NODE,
                        "`" + type.value() + "` is not a kind of node that stands for a value.",
                        type,
                        VALUE_NODES));
        return missing(node.span());
    }

    private Expression parameterReference(Members node) {
        checks.onlyMembers(node, "nodeType", "position");
        return checks.requiredWhole(node, "position", 1, Integer.MAX_VALUE)
                .<Expression>map(position -> new Expression.InputReference(position.intValue(), node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    private Expression pathReference(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "fieldName");
        return checks.requiredName(node, "fieldName")
                .map(name -> itemField(name, node, scope))
                .orElseGet(() -> missing(node.span()));
    }

    private Expression currentItem(Members node) {
        checks.onlyMembers(node, "nodeType");
        return new Expression.CurrentItem(node.span());
    }

    private Expression outerItem(Members node) {
        checks.onlyMembers(node, "nodeType", "levels");
        return checks.requiredWhole(node, "levels", 1, Integer.MAX_VALUE)
                .<Expression>map(levels -> new Expression.OuterItem(levels.intValue(), node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    private Expression contextReference(Members node) {
        checks.onlyMembers(node, "nodeType", "schema");
        return checks.requiredText(node, "schema")
                .map(schema -> context(schema.value(), schema.span(), node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    private Expression occurs(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "timestamp", "timeinterval", "relation", "qualification");
        Optional<LocatedJson> json = checks.required(node, "timestamp");
        Expression timestamp = json.isPresent() ? expression(json.get(), scope) : missing(node.span());
        return times.test(node, scope)
                .<Expression>map(test -> new Expression.Occurs(timestamp, test, node.span()))
                .orElseGet(() -> missing(node.span()));
    }

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

    static Expression missing(Span span) {
        return new Expression.Literal(new Scalar.Null(), span);
    }

    // ---- Paths and variables

    private Expression lookup(Members node, Expression target, Scope scope) {
        checks.onlyMembers(node, "nodeType", "fieldName", "object");
        return checks.requiredName(node, "fieldName")
                .map(name -> field(target, name, node, scope))
                .orElseGet(() -> missing(node.span()));
    }

    /** The field of the current item or, outside of all items, of the first input: in text a bare name. */
    private static Expression itemField(Text name, Members node, Scope scope) {
        return field(item(node.span(), scope), name, node, scope);
    }

    private static Expression item(Span span, Scope scope) {
        return scope.depth() == 0 ? new Expression.InputReference(1, span) : new Expression.CurrentItem(span);
    }

    private static Expression field(Expression target, Text name, Members node, Scope scope) {
        boolean ofItem = scope.depth() == 0
                ? target instanceof Expression.InputReference input && input.position() == 1
                : target instanceof Expression.CurrentItem;
        return ofItem && !scope.hides(name.value())
                ? new Expression.Name(name.value(), node.span())
                : new Expression.Field(target, name.value(), name.span(), node.span());
    }

    private Expression variableReference(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "varName");
        Optional<Text> variable = checks.requiredName(node, "varName");
        if (variable.isEmpty()) {
            return missing(node.span());
        }
        String name = variable.get().value();
        Optional<Scope.Binding> binding = scope.find(name);
        if (binding.isEmpty()) {
            // The 2018 dialect reaches the implicit item by this name where no variable has it.
            if (name.equals("_")) {
                return item(node.span(), scope);
            }
            checks.unknownWord(
                    DiagnosticCode.UNKNOWN_VARIABLE,
                    "No variable `" + name + "` is declared around this.",
                    variable.get(),
                    scope.variables());
            return missing(node.span());
        }
        return switch (binding.get()) {
            case Scope.Binding.Local local -> new Expression.Name(local.name(), node.span());
            case Scope.Binding.Item item ->
                item.level() == scope.depth()
                        ? new Expression.CurrentItem(node.span())
                        : new Expression.OuterItem(scope.depth() - item.level(), node.span());
        };
    }

    /** The instances of a schema: of the profile's there is one, its experience events are its own, others come with the request. */
    private Expression instances(Expression argument, Span span) {
        if (!(argument instanceof Expression.Literal(Scalar.Text(String schema), Span schemaSpan))) {
            checks.report(
                    DiagnosticCode.INVALID_NODE,
                    "`modelInstances` takes a literal of type `String`, the identifier of a schema.",
                    argument.span());
            return missing(span);
        }
        if (PROFILE_SCHEMA.matcher(schema).matches()) {
            return new Expression.ListLiteral(List.of(new Expression.InputReference(1, span)), span);
        }
        if (EVENT_SCHEMA.matcher(schema).matches()) {
            return new Expression.Field(new Expression.InputReference(1, span), "xEvent", span, span);
        }
        return context(schema, schemaSpan, span);
    }

    private Expression context(String schema, Span schemaSpan, Span span) {
        if (schema.isEmpty() || schema.chars().anyMatch(c -> c == '{' || c == '}' || c == '\r' || c == '\n')) {
            checks.report(
                    DiagnosticCode.INVALID_MEMBER,
                    "A schema identifier is not empty and has no braces and no line breaks.",
                    schemaSpan);
            return missing(span);
        }
        return new Expression.ContextReference(schema, span);
    }

    // ---- Functions

    /** @param left the first parameter, where it is already read */
    private Expression application(Members node, Optional<Expression> left, Scope scope) {
        if (node.members().get("function") instanceof Members function && isLambda(function)) {
            return listFilter(node, function, scope);
        }
        Optional<Text> name = functionName(node);
        if (name.isPresent() && node.members().containsKey("varName")) {
            return quantifierFunction(node, name.get(), scope);
        }
        checks.onlyMembers(node, "nodeType", "fnName", "function", "params", "call");
        Optional<Items> params = checks.requiredItems(node, "params");
        if (name.isEmpty() || params.isEmpty()) {
            return missing(node.span());
        }
        boolean method = left.isPresent() && nests(node);
        List<LocatedJson> items = params.get().items();
        List<Expression> arguments = new ArrayList<>(items.size());
        left.ifPresent(arguments::add);
        for (int i = arguments.size(); i < items.size(); i++) {
            arguments.add(
                    ItemExpressions.is(name.get().value(), i, items.size())
                            ? itemExpression(items.get(i), scope)
                            : method ? bracketed(items.get(i), scope) : expression(items.get(i), scope));
        }
        return isCall(node)
                ? call(name.get().value(), name.get().span(), arguments, node.span())
                : function(name.get(), arguments, params.get().span(), node.span());
    }

    /** Whether the function is called by its name although an operator has the same. */
    private static boolean isCall(Members application) {
        return application.members().get("call") instanceof LocatedJson.Bool flag && flag.value();
    }

    private Optional<Text> functionName(Members node) {
        Optional<LocatedJson> function = checks.optional(node, "function");
        return function.isPresent() && checks.optional(node, "fnName").isEmpty()
                ? functionLiteral(function.get())
                : checks.requiredName(node, "fnName");
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

    /** @param place of the arguments */
    private Expression function(Text name, List<Expression> arguments, Span place, Span span) {
        return switch (name.value()) {
            case "and", "AND" ->
                arity(name, arguments, 1, Integer.MAX_VALUE, place)
                        ? joined(
                                arguments.stream()
                                        .flatMap(NodeReading::conjuncts)
                                        .toList(),
                                Expression.And::new,
                                span)
                        : missing(span);
            case "or", "OR" ->
                arity(name, arguments, 1, Integer.MAX_VALUE, place)
                        ? joined(
                                arguments.stream()
                                        .flatMap(NodeReading::disjuncts)
                                        .toList(),
                                Expression.Or::new,
                                span)
                        : missing(span);
            case "not", "NOT", "!" ->
                arity(name, arguments, 1, 1, place) ? new Expression.Not(arguments.getFirst(), span) : missing(span);
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
                arity(name, arguments, 2, 2, place)
                        ? new Expression.Membership(
                                !name.value().equalsIgnoreCase("in"), arguments.get(0), arguments.get(1), span)
                        : missing(span);
            case "like", "LIKE" ->
                arity(name, arguments, 2, 2, place)
                        ? new Expression.Like(arguments.get(0), arguments.get(1), span)
                        : missing(span);
            case "if", "IF" ->
                arity(name, arguments, 3, 3, place)
                        ? new Expression.If(arguments.get(0), arguments.get(1), arguments.get(2), span)
                        : missing(span);
            case "modelInstances" ->
                arity(name, arguments, 1, 1, place) ? instances(arguments.getFirst(), span) : missing(span);
            // The older table of functions prints these names for what the language calls notEqualTo.
            case "notEquals", "notEqualsTo" -> call(Function.NOT_EQUAL_TO.spelling(), name.span(), arguments, span);
            default -> call(name.value(), name.span(), arguments, span);
        };
    }

    private static Expression joined(
            List<Expression> operands, BiFunction<List<Expression>, Span, Expression> junction, Span span) {
        return operands.size() == 1 ? operands.getFirst() : junction.apply(operands, span);
    }

    private Expression arithmetic(
            ArithmeticOperator operator, Text name, List<Expression> sides, Span place, Span span) {
        return arity(name, sides, 2, 2, place)
                ? new Expression.Arithmetic(operator, sides.get(0), sides.get(1), span)
                : missing(span);
    }

    private Expression comparison(
            ComparisonOperator operator, Text name, List<Expression> sides, Span place, Span span) {
        return arity(name, sides, 2, 2, place)
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
                || Function.named(name).filter(NodeReading::standsAlone).isPresent()) {
            return new Expression.Call(Optional.empty(), name, arguments, nameSpan, span);
        }
        return new Expression.Call(
                Optional.of(arguments.getFirst()), name, arguments.subList(1, arguments.size()), nameSpan, span);
    }

    /** Whether the function is written without receiver. */
    private static boolean standsAlone(Function function) {
        return function.form().startsWith(function.spelling() + "(");
    }

    /** The 2018 dialect applies a function to a list to select the items for which it holds. */
    private Expression listFilter(Members node, Members function, Scope scope) {
        checks.onlyMembers(node, "nodeType", "function", "params");
        Optional<Items> params = checks.requiredItems(node, "params");
        if (params.isEmpty()) {
            return missing(node.span());
        }
        if (params.get().items().size() != 1) {
            checks.report(
                    DiagnosticCode.WRONG_ARITY,
                    "A function made here is applied to one list, not to "
                            + params.get().items().size() + " values.",
                    params.get().span());
            return missing(node.span());
        }
        Expression list = expression(params.get().items().getFirst(), scope);
        Expression condition = itemExpression(function, scope);
        return condition instanceof Expression.Lambda
                ? new Expression.Call(
                        Optional.of(list), Function.FILTER.spelling(), List.of(condition), function.span(), node.span())
                : new Expression.Filter(list, condition, node.span());
    }

    private static Stream<Expression> conjuncts(Expression expression) {
        return expression instanceof Expression.And and ? and.operands().stream() : Stream.of(expression);
    }

    private static Stream<Expression> disjuncts(Expression expression) {
        return expression instanceof Expression.Or or ? or.operands().stream() : Stream.of(expression);
    }

    private static Expression both(Expression left, Expression right, Span span) {
        return new Expression.And(
                Stream.concat(conjuncts(left), conjuncts(right)).toList(), span);
    }

    private boolean arity(Text name, List<Expression> arguments, int minimum, int maximum, Span place) {
        int count = arguments.size();
        if (count >= minimum && count <= maximum) {
            return true;
        }
        String wanted = minimum == maximum ? Integer.toString(minimum) : "at least " + minimum;
        checks.report(
                DiagnosticCode.WRONG_ARITY,
                "`" + name.value() + "` takes " + wanted + (wanted.equals("1") ? " parameter" : " parameters")
                        + ", not " + count + ".",
                place);
        return false;
    }

    // ---- Items

    private static boolean isLambda(Members node) {
        return nodeType(node).equals("lambda") || nodeType(node).equals("fnCreate");
    }

    /** An argument that is evaluated for each item: a lambda, or an expression in which the item is implicit. */
    private Expression itemExpression(LocatedJson json, Scope scope) {
        if (json instanceof Members node && isLambda(node)) {
            boolean implicit = checks.optional(node, "implicit")
                    .map(flag -> flag instanceof LocatedJson.Bool(boolean value, Span span) && value)
                    .orElse(false);
            return implicit ? implicitValue(node, scope) : expression(json, scope);
        }
        return bracketed(json, scope.namelessItem());
    }

    private Expression implicitValue(Members lambda, Scope scope) {
        Expression value = implicitItem(lambda, scope);
        if (value instanceof Expression.Lambda) {
            checks.report(
                    DiagnosticCode.INVALID_NODE,
                    "The body of an implicit item is a value, not a function.",
                    value.span());
        }
        return value;
    }

    /** The body of a lambda with one variable, the variable being the implicit item. */
    private Expression implicitItem(Members lambda, Scope scope) {
        List<Text> names = lambdaVariables(lambda);
        Optional<LocatedJson> body = checks.required(lambda, "body");
        if (names.size() != 1) {
            checks.report(
                    DiagnosticCode.INVALID_NODE,
                    "This function has one variable, the item; not " + names.size() + ".",
                    lambda.span());
            return missing(lambda.span());
        }
        return body.isPresent()
                ? bracketed(body.get(), scope.item(names.getFirst().value()))
                : missing(lambda.span());
    }

    private Expression lambda(Members node, Scope scope) {
        checks.optional(node, "implicit")
                .filter(flag -> !(flag instanceof LocatedJson.Bool))
                .ifPresent(flag -> checks.wrongKind(flag, "implicit", "a Boolean"));
        List<Text> names = lambdaVariables(node);
        Scope inner = scope;
        List<Expression.Lambda.Parameter> parameters = new ArrayList<>();
        for (Text name : names) {
            inner = inner.local(name.value(), name.value());
            parameters.add(new Expression.Lambda.Parameter(name.value(), name.span()));
        }
        Scope bodyScope = inner;
        Optional<Expression> body = checks.required(node, "body").map(json -> expression(json, bodyScope));
        return parameters.isEmpty() || body.isEmpty()
                ? missing(node.span())
                : new Expression.Lambda(parameters, body.get(), node.span());
    }

    /** {@code varNames: ["X"]} or, in the 2018 dialect, {@code params: [{"varName": "X"}]}. */
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

    // ---- Quantifiers

    /** Variables of one quantifier and the scope in which they are all visible. */
    private record Declared(List<Declaration> declarations, List<Expression> conditions, Scope scope) {}

    /**
     * @param set whether this is a {@code set} of the 2018 dialect, which may have plain conditions between the declarations,
     *     and may declare the same variable again to step from one list into the next
     */
    private Optional<Declared> declarations(Members node, Scope scope, boolean set) {
        Optional<Items> variables = checks.requiredItems(node, "variables");
        if (variables.isEmpty()) {
            return Optional.empty();
        }
        List<Declaration> declarations = new ArrayList<>();
        List<Expression> conditions = new ArrayList<>();
        Set<String> declared = new HashSet<>();
        Scope inner = scope;
        boolean complete = true;
        for (LocatedJson json : variables.get().items()) {
            boolean declares = json instanceof Members members && isDeclaration(members);
            if (set && !declares) {
                conditions.add(expression(json, inner));
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
            Scope before = inner;
            Expression range = checks.required(declaration, from)
                    .map(child -> expression(child, before))
                    .orElseGet(() -> missing(declaration.span()));
            if (variable.isEmpty()) {
                complete = false;
                continue;
            }
            String name = declared.add(variable.get().value()) || !set
                    ? variable.get().value()
                    : freshVariable(variable.get().value());
            inner = inner.local(variable.get().value(), name);
            Scope after = inner;
            Optional<Expression> condition =
                    checks.optional(declaration, "where").map(child -> expression(child, after));
            declarations.add(new Declaration(name, variable.get().span(), range, condition, declaration.span()));
        }
        if (declarations.isEmpty() && complete) {
            checks.report(
                    DiagnosticCode.INVALID_MEMBER,
                    "There is no variable here; at least one is needed.",
                    variables.get().span());
        }
        return complete && !declarations.isEmpty()
                ? Optional.of(new Declared(declarations, conditions, inner))
                : Optional.empty();
    }

    private static boolean isDeclaration(Members node) {
        LocatedJson type = node.members().get("nodeType");
        return type == null
                ? node.members().containsKey("varName")
                : type instanceof Text text && text.value().equals("varDecl");
    }

    /** A variable that no node of the tree declares. */
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

    private Expression selection(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "variables");
        return declarations(node, scope, nodeType(node).equals("set"))
                .map(declared -> {
                    Expression select =
                            new Expression.Quantified(Quantifier.SELECT, declared.declarations(), node.span());
                    if (declared.conditions().isEmpty()) {
                        return select;
                    }
                    return declared.conditions().reversed().stream()
                            .reduce(select, (rest, condition) -> both(condition, rest, node.span()));
                })
                .orElseGet(() -> missing(node.span()));
    }

    private Expression exists(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "variables", "condition");
        return declarations(node, scope, false)
                .<Expression>map(declared ->
                        new Expression.Quantified(Quantifier.EXISTS, withCondition(node, declared), node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    private List<Declaration> withCondition(Members node, Declared declared) {
        Optional<Expression> condition =
                checks.optional(node, "condition").map(json -> expression(json, declared.scope()));
        if (condition.isEmpty()) {
            return declared.declarations();
        }
        Declaration last = declared.declarations().getLast();
        Expression both = last.condition()
                .map(where -> both(where, condition.get(), condition.get().span()))
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
     * With a {@code condition}, a {@code where} chooses the items that must satisfy it. Without one, each {@code where} is
     * what its items must satisfy, as in text (P41).
     */
    private Expression forall(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "variables", "condition");
        Optional<Declared> declared = declarations(node, scope, false);
        if (declared.isEmpty()) {
            return missing(node.span());
        }
        Optional<Expression> condition = checks.optional(node, "condition")
                .map(json -> expression(json, declared.get().scope()));
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

    private Expression quantification(Members node, Scope scope) {
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
                        "`" + quantifier.value() + "` is not a quantifier; they are `all`, `some`, `none` and `one`.",
                        quantifier,
                        List.of("all", "some", "none", "one"));
                yield missing(span);
            }
        };
    }

    /** The oldest form: {@code fnApply} of {@code some} or {@code all} with {@code varName}, {@code range} and one parameter. */
    private Expression quantifierFunction(Members node, Text name, Scope scope) {
        checks.onlyMembers(node, "nodeType", "fnName", "varName", "range", "params");
        Optional<Text> variable = checks.requiredName(node, "varName");
        Optional<Expression> range = checks.required(node, "range").map(json -> expression(json, scope));
        Optional<Items> params = checks.requiredItems(node, "params");
        if (variable.isEmpty() || range.isEmpty() || params.isEmpty()) {
            return missing(node.span());
        }
        Scope inside = scope.local(variable.get().value(), variable.get().value());
        List<Expression> conditions = params.get().items().stream()
                .map(json -> expression(json, inside))
                .toList();
        if (!arity(name, conditions, 1, 1, params.get().span())) {
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

    private Expression aggregation(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "variables", "aggExpr");
        AggregateFunction function = Arrays.stream(AggregateFunction.values())
                .filter(candidate -> candidate.word().equals(nodeType(node)))
                .findFirst()
                .orElseThrow();
        return declarations(node, scope, false)
                .map(declared -> {
                    Optional<Expression> value =
                            checks.optional(node, "aggExpr").map(json -> expression(json, declared.scope()));
                    if (value.isEmpty() && declared.declarations().size() > 1) {
                        checks.report(
                                DiagnosticCode.MISSING_MEMBER,
                                "With several variables, `aggExpr` says what is aggregated.",
                                node.span());
                    }
                    return (Expression)
                            new Expression.Aggregation(function, value, declared.declarations(), node.span());
                })
                .orElseGet(() -> missing(node.span()));
    }

    private Expression let(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "varName", "value", "body");
        Optional<Text> variable = checks.requiredName(node, "varName");
        Optional<Expression> value = checks.required(node, "value").map(json -> expression(json, scope));
        Scope inner =
                variable.map(name -> scope.local(name.value(), name.value())).orElse(scope);
        Optional<Expression> body = checks.required(node, "body").map(json -> expression(json, inner));
        return variable.isEmpty() || value.isEmpty() || body.isEmpty()
                ? missing(node.span())
                : new Expression.Let(
                        variable.get().value(), variable.get().span(), value.get(), body.get(), node.span());
    }

    // ---- Chains and objects

    private Expression chain(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "array", "timestampField", "elements");
        Optional<Expression> list = checks.required(node, "array").map(json -> expression(json, scope));
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
                links.add(link(element, links.size(), scope));
            } else {
                checks.report(
                        DiagnosticCode.INVALID_NODE,
                        "An element of a chain is an object with the member `what`; this is " + json.kind() + ".",
                        json.span());
            }
        }
        return list.isEmpty() || timestamp.isEmpty() || links.isEmpty()
                ? missing(node.span())
                : new Expression.Chain(
                        list.get(), timestamp.get().value(), timestamp.get().span(), links, node.span());
    }

    private Expression.Chain.Link link(Members element, int index, Scope scope) {
        checks.onlyMembers(element, "nodeType", "label", "what", "when", "count");
        String label = checks.optional(element, "label")
                .flatMap(json -> checks.name(json, "label"))
                .map(Text::value)
                .orElse("E" + (index + 1));
        Expression condition = checks.required(element, "what")
                .map(json -> json instanceof Members what && isLambda(what)
                        ? implicitItem(what, scope)
                        : expression(json, scope.namelessItem()))
                .orElseGet(() -> missing(element.span()));
        return new Expression.Chain.Link(
                label,
                condition,
                checks.optional(element, "when").flatMap(json -> window(json, scope)),
                checks.optional(element, "count").flatMap(json -> checks.whole(json, "count", 0, Long.MAX_VALUE)),
                element.span());
    }

    private Optional<TimeTest> window(LocatedJson json, Scope scope) {
        if (json instanceof Members when) {
            checks.onlyMembers(when, "nodeType", "timeinterval", "relation", "qualification");
            // The times of a window do not depend on the item, as in WHEN( ) of text.
            return times.test(when, scope);
        }
        checks.wrongKind(json, "when", "a node of type `occurs` without `timestamp`");
        return Optional.empty();
    }

    /** A function that looks up one field of its variable, that lookup alone, or the name of the field. */
    private Optional<Text> timestampField(LocatedJson json) {
        if (json instanceof Text) {
            return checks.name(json, "timestampField");
        }
        if (json instanceof Members node) {
            LocatedJson body = isLambda(node) ? node.members().get("body") : node;
            if (body instanceof Members lookup
                    && nodeType(lookup).equals("fieldLookup")
                    && !(lookup.members().get("object") instanceof Members object
                            && nodeType(object).equals("fieldLookup"))) {
                return checks.requiredName(lookup, "fieldName");
            }
            if (body instanceof Members literal
                    && literal.members().get("literalType") instanceof Text type
                    && (type.value().equalsIgnoreCase("xdmfield")
                            || type.value().equalsIgnoreCase("field"))) {
                return checks.requiredName(literal, "value");
            }
        }
        checks.report(
                DiagnosticCode.INVALID_MEMBER,
                "`timestampField` names one field of the items: a lambda whose body looks it up, or its name.",
                json.span());
        return Optional.empty();
    }

    private Expression object(Members node, Scope scope) {
        checks.onlyMembers(node, "nodeType", "entries");
        Optional<Items> entries = checks.requiredItems(node, "entries");
        if (entries.isEmpty()) {
            return missing(node.span());
        }
        List<Expression.ObjectLiteral.Entry> read = new ArrayList<>();
        for (LocatedJson json : entries.get().items()) {
            if (!(json instanceof Members entry)) {
                checks.report(
                        DiagnosticCode.INVALID_NODE,
                        "An entry is an object with the members `key` and `value`; this is " + json.kind() + ".",
                        json.span());
                continue;
            }
            checks.onlyMembers(entry, "key", "value");
            Optional<Text> key = checks.requiredText(entry, "key");
            Optional<Expression> value = checks.required(entry, "value").map(child -> expression(child, scope));
            if (key.isPresent() && value.isPresent()) {
                read.add(new Expression.ObjectLiteral.Entry(
                        key.get().value(), value.get(), key.get().span()));
            }
        }
        return new Expression.ObjectLiteral(read, node.span());
    }

    // ---- Literals

    private Expression literal(Members node, Scope scope) {
        Optional<Text> type = checks.requiredText(node, "literalType");
        if (type.isEmpty()) {
            return missing(node.span());
        }
        String word = type.get().value().toLowerCase(Locale.ROOT);
        if (!word.equals("function") && !word.equals("timeinterval")) {
            checks.onlyMembers(node, "nodeType", "literalType", "value");
        }
        return switch (word) {
            case "null" -> new Expression.Literal(new Scalar.Null(), node.span());
            case "string" ->
                checks.requiredText(node, "value")
                        .<Expression>map(text -> new Expression.Literal(new Scalar.Text(text.value()), node.span()))
                        .orElseGet(() -> missing(node.span()));
            case "boolean" ->
                checks.required(node, "value")
                        .flatMap(checks::bool)
                        .<Expression>map(value -> new Expression.Literal(new Scalar.Bool(value), node.span()))
                        .orElseGet(() -> missing(node.span()));
            case "integer" ->
                checks.required(node, "value")
                        .flatMap(json -> checks.whole(json, "value", -Long.MAX_VALUE, Long.MAX_VALUE))
                        .map(value -> number(value, node.span()))
                        .orElseGet(() -> missing(node.span()));
            case "double" ->
                checks.required(node, "value")
                        .flatMap(checks::real)
                        .map(value -> number(value, node.span()))
                        .orElseGet(() -> missing(node.span()));
            case "number" ->
                checks.required(node, "value")
                        .map(json -> anyNumber(json, node.span()))
                        .orElseGet(() -> missing(node.span()));
            case "list" ->
                checks.requiredItems(node, "value")
                        .map(items -> list(items, node.span(), scope))
                        .orElseGet(() -> missing(node.span()));
            case "date", "datetime", "timestamp" ->
                checks.required(node, "value")
                        .map(json -> time(json, node.span()))
                        .orElseGet(() -> missing(node.span()));
            case "xdmobject" ->
                checks.requiredText(node, "value")
                        .map(schema -> PROFILE_SCHEMA.matcher(schema.value()).matches()
                                ? new Expression.InputReference(1, node.span())
                                : context(schema.value(), schema.span(), node.span()))
                        .orElseGet(() -> missing(node.span()));
            case "xdmfield", "field" ->
                checks.requiredName(node, "value")
                        .map(name -> itemField(name, node, scope))
                        .orElseGet(() -> missing(node.span()));
            case "comparison", "timedirection", "timeunit", "timeinterval", "function" -> {
                checks.report(
                        DiagnosticCode.INVALID_NODE,
                        "A literal of type `" + type.get().value() + "` is not a value and cannot stand here.",
                        node.span());
                yield missing(node.span());
            }
            default -> {
                checks.unknownWord(
                        DiagnosticCode.INVALID_MEMBER,
                        "`" + type.get().value() + "` is not a type of literal.",
                        type.get(),
                        LITERAL_TYPES);
                yield missing(node.span());
            }
        };
    }

    private static final List<String> LITERAL_TYPES = List.of(
            "String",
            "Integer",
            "Double",
            "Number",
            "Boolean",
            "Null",
            "List",
            "Date",
            "DateTime",
            "Timestamp",
            "TimeInterval",
            "TimeUnit",
            "TimeDirection",
            "Comparison",
            "Function",
            "XDMObject",
            "XDMField",
            "Field");

    /** A number of the expression has no sign of its own (P7). */
    private static Expression number(long value, Span span) {
        return value < 0
                ? new Expression.Negation(new Expression.Literal(new Scalar.Int(-value), span), span)
                : new Expression.Literal(new Scalar.Int(value), span);
    }

    private static Expression number(double value, Span span) {
        return value < 0 || 1 / value < 0
                ? new Expression.Negation(new Expression.Literal(new Scalar.Real(-value), span), span)
                : new Expression.Literal(new Scalar.Real(value), span);
    }

    private Expression anyNumber(LocatedJson json, Span span) {
        boolean whole = json instanceof LocatedJson.Number number ? number.integral() : !mentionsFraction(json);
        return whole
                ? checks.whole(json, "value", -Long.MAX_VALUE, Long.MAX_VALUE)
                        .map(value -> number(value, span))
                        .orElseGet(() -> missing(span))
                : checks.real(json).map(value -> number(value, span)).orElseGet(() -> missing(span));
    }

    private static boolean mentionsFraction(LocatedJson json) {
        return json instanceof Text text && text.value().chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E');
    }

    private Expression list(Items items, Span span, Scope scope) {
        if (items.items().size() > limits.listItems()) {
            checks.report(
                    DiagnosticCode.TOO_MANY_ITEMS,
                    "The list has " + items.items().size() + " items; at most " + limits.listItems() + " are allowed.",
                    items.span());
            return missing(span);
        }
        List<Expression> read = new ArrayList<>(items.items().size());
        for (LocatedJson item : items.items()) {
            read.add(
                    switch (item) {
                        case Members node -> expression(node, scope);
                        case Items nested -> nestedList(nested, scope);
                        case Text text -> new Expression.Literal(new Scalar.Text(text.value()), text.span());
                        case LocatedJson.Bool bool ->
                            new Expression.Literal(new Scalar.Bool(bool.value()), bool.span());
                        case LocatedJson.Null none -> missing(none.span());
                        case LocatedJson.Number number -> anyNumber(number, number.span());
                    });
        }
        return new Expression.ListLiteral(read, span);
    }

    private Expression nestedList(Items nested, Scope scope) {
        if (!enter(1, 1, 1, nested.span())) {
            return missing(nested.span());
        }
        Expression list = list(nested, nested.span(), scope);
        leave(1, 1, 1);
        return list;
    }

    /** {@code now} and the named days, a calendar day, or any other time in the form that data has it. */
    Expression time(LocatedJson json, Span span) {
        if (!(json instanceof Text text)) {
            return checks.whole(json, "value", -Long.MAX_VALUE, Long.MAX_VALUE)
                    .map(value -> number(value, span))
                    .orElseGet(() -> missing(span));
        }
        for (TimeWord word : TimeWord.values()) {
            if (word.word().equalsIgnoreCase(text.value())) {
                return new Expression.TimeReference(word, span);
            }
        }
        Matcher day = DAY.matcher(text.value());
        if (day.matches()) {
            List<Expression> numbers = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                numbers.add(new Expression.Literal(new Scalar.Int(Long.parseLong(day.group(i))), span));
            }
            return new Expression.Call(Optional.empty(), Function.DATE.spelling(), numbers, span, span);
        }
        return new Expression.Literal(new Scalar.Text(text.value()), span);
    }
}
