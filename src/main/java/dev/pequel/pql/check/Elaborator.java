package dev.pequel.pql.check;

import static dev.pequel.pql.DiagnosticCode.DUPLICATE_NAME;
import static dev.pequel.pql.DiagnosticCode.INCOMPATIBLE_BRANCHES;
import static dev.pequel.pql.DiagnosticCode.MISPLACED_LAMBDA;
import static dev.pequel.pql.DiagnosticCode.NOT_A_LIST;
import static dev.pequel.pql.DiagnosticCode.NO_CONTEXT;
import static dev.pequel.pql.DiagnosticCode.NO_CURRENT_ITEM;
import static dev.pequel.pql.DiagnosticCode.TOO_DEEP;
import static dev.pequel.pql.DiagnosticCode.TOO_MANY_CARETS;
import static dev.pequel.pql.DiagnosticCode.TYPE_MISMATCH;
import static dev.pequel.pql.DiagnosticCode.UNKNOWN_PARAMETER;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.check.VariableScope.Binding;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.Conversions;
import dev.pequel.pql.term.MessageWords;
import dev.pequel.pql.term.Path;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Typed;
import dev.pequel.pql.type.Inputs;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.Type.ObjectOf;
import dev.pequel.pql.type.TypeRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns the tree into a {@link Term}: resolves names, finds types, inserts conversions. Every mistake is reported
 * once: an expression with an error gets {@link Type#ANY}, which fits everywhere.
 */
final class Elaborator {

    private final Inputs inputs;
    private final int deepest;
    private final CheckDiagnostics findings;
    private final Fields fields;
    private final ComparisonRules comparisons;
    private final TimeRules times;
    private final CallRules calls;
    private int depth;
    private boolean isTooDeep;

    Elaborator(Inputs inputs, ProfileSchema schema, int deepest, CheckDiagnostics findings) {
        this.inputs = inputs;
        this.deepest = deepest;
        this.findings = findings;
        this.fields = new Fields(findings);
        this.comparisons = new ComparisonRules(findings, !schema.strict());
        this.times = new TimeRules(this, findings);
        this.calls = new CallRules(this, findings, comparisons, new StringRules(findings, !schema.strict()), times);
    }

    /** Elaborates the whole expression. A lambda at this level names the inputs. */
    Typed query(Expression expression, VariableScope outermost) {
        if (!(expression instanceof Expression.Lambda lambda)) {
            return value(expression, outermost);
        }
        VariableScope scope = outermost;
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lambda.parameters().size(); i++) {
            Expression.Lambda.Parameter parameter = lambda.parameters().get(i);
            if (!seen.add(parameter.name())) {
                duplicate(parameter.name(), parameter.span());
            }
            if (i >= inputs.size()) {
                findings.report(
                        UNKNOWN_PARAMETER,
                        "There is no input for `" + parameter.name() + "`: " + availableInputs() + ".",
                        parameter.span());
            }
            scope = scope.input(parameter.name(), i + 1, inputType(i + 1, outermost), inputPath(i + 1));
        }
        return value(lambda.body(), scope);
    }

    /** Elaborates an expression whose value is used, and records the data that it reads. */
    Typed value(Expression expression, VariableScope scope) {
        Typed typed = elaborate(expression, scope);
        findings.read(typed);
        return typed;
    }

    /** Elaborates an expression in a Boolean position. */
    Term condition(Expression expression, VariableScope scope) {
        return condition(value(expression, scope));
    }

    Term condition(Typed value) {
        ConditionChecks.condition(value, findings);
        Term term = Conversions.toBoolean(value);
        findings.place(term, Type.BOOLEAN, value.span());
        return term;
    }

    /** Elaborates an expression without recording it as read. The caller records which part of it is read. */
    Typed elaborate(Expression expression, VariableScope scope) {
        int weight = weight(expression);
        if (depth + weight > deepest) {
            if (!isTooDeep) {
                isTooDeep = true;
                findings.report(TOO_DEEP, "The expression is nested too deeply here.", expression.span());
            }
            return Typed.unknown(expression);
        }
        depth += weight;
        try {
            Typed typed = node(expression, scope);
            findings.place(typed.term(), typed.type(), expression.span());
            return typed;
        } finally {
            depth -= weight;
        }
    }

    /** Constructs that open a scope or look up a function need about twice the stack of others. */
    private static int weight(Expression expression) {
        return switch (expression) {
            case Expression.Call call -> 2;
            case Expression.Filter filter -> 2;
            case Expression.Quantified quantified -> 2;
            case Expression.Aggregation aggregation -> 2;
            case Expression.Chain chain -> 2;
            case Expression.Occurs occurs -> 2;
            case Expression.Let let -> 2;
            case Expression.If choice -> 2;
            default -> 1;
        };
    }

    private Typed node(Expression expression, VariableScope scope) {
        return switch (expression) {
            case Expression.Literal literal -> literal(literal);
            case Expression.ListLiteral list -> list(list, scope);
            case Expression.ObjectLiteral object -> object(object, scope);
            case Expression.Name name -> fields.name(name, scope);
            case Expression.InputReference input -> input(input, scope);
            case Expression.OuterItem outer -> outerItem(outer, scope);
            case Expression.CurrentItem item -> currentItem(item, scope);
            case Expression.ContextReference context -> context(context);
            case Expression.TimeReference time ->
                Typed.computed(new Term.Moment(time.word()), Type.TIMESTAMP, expression);
            case Expression.Field field -> fields.field(elaborate(field.target(), scope), field);
            case Expression.Call call -> calls.call(call, scope);
            case Expression.Filter filter -> calls.filter(filter, scope);
            case Expression.Not not ->
                Typed.computed(new Term.Not(condition(not.operand(), scope)), Type.BOOLEAN, expression);
            case Expression.Negation negation -> negation(negation, scope);
            case Expression.Arithmetic arithmetic -> arithmetic(arithmetic, scope);
            case Expression.Comparison comparison ->
                comparisons.comparison(comparison, value(comparison.left(), scope), value(comparison.right(), scope));
            case Expression.Membership in ->
                comparisons.membership(in.negated(), value(in.element(), scope), value(in.list(), scope), expression);
            case Expression.Like like -> calls.like(like, scope);
            case Expression.Occurs occurs -> times.occurs(occurs, scope);
            case Expression.And and ->
                Typed.computed(new Term.And(conditions(and.operands(), scope)), Type.BOOLEAN, expression);
            case Expression.Or or ->
                Typed.computed(new Term.Or(conditions(or.operands(), scope)), Type.BOOLEAN, expression);
            case Expression.If choice -> choice(choice, scope);
            case Expression.Let let -> let(let, scope);
            case Expression.Quantified quantified -> quantified(quantified, scope);
            case Expression.Aggregation aggregation -> aggregation(aggregation, scope);
            case Expression.Chain chain -> chain(chain, scope);
            case Expression.Lambda lambda -> misplaced(lambda, scope);
        };
    }

    private List<Term> conditions(List<Expression> operands, VariableScope scope) {
        List<Term> terms = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            terms.add(condition(operand, scope));
        }
        return terms;
    }

    // ---- Literals and inputs

    private static Typed literal(Expression.Literal literal) {
        Term term = new Term.Constant(literal.value());
        return Typed.computed(term, Conversions.typeOf(term), literal);
    }

    private Typed list(Expression.ListLiteral list, VariableScope scope) {
        List<Term> terms = new ArrayList<>(list.items().size());
        List<Type> types = new ArrayList<>(list.items().size());
        for (Expression item : list.items()) {
            Typed typed = value(item, scope);
            terms.add(typed.term());
            types.add(typed.type());
        }
        return Typed.computed(new Term.ListOf(terms), new ListOf(TypeRules.common(types)), list);
    }

    private Typed object(Expression.ObjectLiteral object, VariableScope scope) {
        List<Term.ObjectOf.Entry> entries = new ArrayList<>();
        Map<String, Type> types = new LinkedHashMap<>();
        for (Expression.ObjectLiteral.Entry entry : object.entries()) {
            Typed typed = value(entry.value(), scope);
            if (types.put(entry.key(), typed.type()) != null) {
                duplicate(entry.key(), entry.keySpan());
            }
            entries.add(new Term.ObjectOf.Entry(entry.key(), typed.term()));
        }
        return Typed.computed(new Term.ObjectOf(entries), new ObjectOf(types, false), object);
    }

    private Typed input(Expression.InputReference input, VariableScope scope) {
        if (input.position() < 1 || input.position() > inputs.size()) {
            findings.report(
                    UNKNOWN_PARAMETER,
                    "There is no input `$" + input.position() + "`: " + availableInputs() + ".",
                    input.span(),
                    inputs.size() == 1 ? Optional.of("$1") : Optional.empty());
            return Typed.unknown(input);
        }
        return new Typed(
                new Term.Input(input.position()),
                inputType(input.position(), scope),
                inputPath(input.position()),
                input);
    }

    private String availableInputs() {
        return inputs.size() == 1 ? "the profile is the only input" : "the expression has " + inputs.size() + " inputs";
    }

    private Type inputType(int position, VariableScope scope) {
        if (position == 1) {
            return scope.item(scope.levels()).orElseThrow().type();
        }
        return position <= inputs.size() ? inputs.others().get(position - 2).type() : Type.ANY;
    }

    private Path inputPath(int position) {
        if (position == 1) {
            return Path.PROFILE;
        }
        String name =
                position <= inputs.size() ? inputs.others().get(position - 2).name() : "";
        return Path.input(name.isEmpty() ? "$" + position : name);
    }

    private Typed outerItem(Expression.OuterItem outer, VariableScope scope) {
        Optional<Binding> item = scope.item(outer.levels());
        if (item.isEmpty()) {
            int possible = scope.levels();
            String carets = "^".repeat(Math.min(outer.levels(), 10));
            findings.report(
                    TOO_MANY_CARETS,
                    possible == 0
                            ? "`" + carets + "` is used outside of any list: there is no item to leave."
                            : "`" + carets + "` leaves " + outer.levels() + " items, but only " + possible
                                    + (possible == 1 ? " is" : " are") + " in scope here.",
                    outer.span(),
                    possible == 0 ? Optional.empty() : Optional.of("^".repeat(possible)));
            return Typed.unknown(outer);
        }
        return bound(item.get(), outer);
    }

    private Typed currentItem(Expression.CurrentItem current, VariableScope scope) {
        if (scope.levels() == 0) {
            findings.report(
                    NO_CURRENT_ITEM,
                    "`this` is the current item of a list, but it is used outside of any list.",
                    current.span());
            return Typed.unknown(current);
        }
        return bound(scope.currentItem(), current);
    }

    private static Typed bound(Binding binding, Expression source) {
        return new Typed(binding.use(), binding.type(), binding.path(), source);
    }

    private Typed context(Expression.ContextReference context) {
        findings.report(
                NO_CONTEXT,
                "Context data comes with a request; it is missing when profiles are evaluated.",
                context.span());
        return Typed.computed(new Term.Context(context.schema()), Type.ANY, context);
    }

    // ---- Arithmetic

    private Typed negation(Expression.Negation negation, VariableScope scope) {
        Typed operand = value(negation.operand(), scope);
        if (operand.term() instanceof Term.Constant constant && constant.value() instanceof Scalar.Int whole) {
            boolean fits = whole.value() != Long.MIN_VALUE;
            Scalar negated = fits ? new Scalar.Int(-whole.value()) : new Scalar.Real(-(double) whole.value());
            return Typed.computed(new Term.Constant(negated), fits ? Type.INTEGER : Type.DOUBLE, negation);
        }
        if (operand.term() instanceof Term.Constant constant && constant.value() instanceof Scalar.Real real) {
            return Typed.computed(new Term.Constant(new Scalar.Real(-real.value())), Type.DOUBLE, negation);
        }
        boolean isNumber = requireNumber(operand, "-");
        return Typed.computed(
                new Term.Negation(operand.term()),
                isNumber && operand.type().isNumber() ? operand.type() : Type.NUMBER,
                negation);
    }

    private Typed arithmetic(Expression.Arithmetic arithmetic, VariableScope scope) {
        Typed left = value(arithmetic.left(), scope);
        Typed right = value(arithmetic.right(), scope);
        String symbol = arithmetic.operator().symbol();
        requireNumber(left, symbol);
        requireNumber(right, symbol);
        Type type = arithmetic.operator() == ArithmeticOperator.DIVIDE
                ? Type.DOUBLE
                : TypeRules.arithmetic(left.type(), right.type());
        return Typed.computed(new Term.Arithmetic(arithmetic.operator(), left.term(), right.term()), type, arithmetic);
    }

    private boolean requireNumber(Typed operand, String symbol) {
        Type type = operand.type();
        if (TypeRules.isOpen(type) || type.isNumber()) {
            return true;
        }
        String hint = "";
        if (symbol.equals("+") && type.equals(Type.STRING)) {
            hint = " Strings cannot be joined.";
        } else if (type instanceof ListOf list && (list.element().isNumber() || TypeRules.isOpen(list.element()))) {
            hint = " Reduce it to one number, for instance with `sum()`.";
        }
        findings.report(
                TYPE_MISMATCH,
                "`" + symbol + "` computes with numbers, but " + MessageWords.subject(operand.source()) + " is "
                        + MessageWords.type(type) + "." + hint,
                operand.span());
        return false;
    }

    // ---- Choice and names

    private Typed choice(Expression.If choice, VariableScope scope) {
        Term test = condition(choice.test(), scope);
        Typed then = value(choice.then(), scope);
        Typed otherwise = value(choice.otherwise(), scope);
        if (then.type().equals(Type.TIMESTAMP)) {
            otherwise = Conversions.toTimestamp(otherwise);
        } else if (otherwise.type().equals(Type.TIMESTAMP)) {
            then = Conversions.toTimestamp(then);
        }
        Optional<Type> type = TypeRules.common(then.type(), otherwise.type());
        if (type.isEmpty()) {
            findings.report(
                    INCOMPATIBLE_BRANCHES,
                    "The branches of `if` need a common type, but the first is " + MessageWords.type(then.type())
                            + " and the second is " + MessageWords.type(otherwise.type()) + ".",
                    otherwise.span());
        }
        return Typed.computed(new Term.If(test, then.term(), otherwise.term()), type.orElse(Type.ANY), choice);
    }

    private Typed let(Expression.Let let, VariableScope scope) {
        Typed value = value(let.value(), scope);
        Typed body = value(let.body(), scope.variable(let.name(), value.type(), value.path()));
        return new Typed(new Term.Let(scope.nextSlot(), value.term(), body.term()), body.type(), body.path(), let);
    }

    private Typed misplaced(Expression.Lambda lambda, VariableScope scope) {
        findings.report(
                MISPLACED_LAMBDA,
                "A lambda may only be the whole expression or the argument of a list function such as `filter`"
                        + " or `map`.",
                lambda.span());
        VariableScope inner = scope;
        for (Expression.Lambda.Parameter parameter : lambda.parameters()) {
            inner = inner.variable(parameter.name(), Type.ANY, Path.COMPUTED);
        }
        value(lambda.body(), inner);
        return Typed.unknown(lambda);
    }

    void duplicate(String name, Span span) {
        findings.report(DUPLICATE_NAME, "`" + name + "` is declared twice here.", span);
    }

    // ---- Variables over lists

    private record Declared(List<Term.Generator> generators, List<Type> types, VariableScope scope, Typed firstRange) {}

    private Declared declare(List<Expression.Declaration> declarations, VariableScope outer) {
        List<Term.Generator> generators = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Typed firstRange = null;
        VariableScope scope = outer;
        List<String> later = declarations.stream()
                .map(Expression.Declaration::name)
                .collect(Collectors.toCollection(ArrayList::new));
        for (Expression.Declaration declaration : declarations) {
            later.removeFirst();
            if (!seen.add(declaration.name())) {
                duplicate(declaration.name(), declaration.nameSpan());
            }
            Typed range = elaborate(declaration.range(), scope.later(later));
            Type item = itemOf(range, "`from`");
            firstRange = firstRange == null ? range : firstRange;
            int slot = scope.nextSlot();
            scope = scope.variable(declaration.name(), item, range.path().item(range.type()));
            Optional<Term> condition = Optional.empty();
            if (declaration.condition().isPresent()) {
                condition = Optional.of(condition(declaration.condition().get(), scope.later(later)));
            }
            generators.add(new Term.Generator(slot, range.term(), condition));
            types.add(item);
        }
        return new Declared(generators, types, scope, firstRange);
    }

    /**
     * Returns the type of the items of a list, and records that its items are read. Reports a value that is not a
     * list.
     */
    Type itemOf(Typed list, String user) {
        findings.open(list.path());
        Optional<Type> item = TypeRules.item(list.type());
        if (item.isEmpty()) {
            findings.report(
                    NOT_A_LIST,
                    user + " needs a list, but " + MessageWords.subject(list.source()) + " is "
                            + MessageWords.type(list.type()) + "." + listHint(list.type()),
                    list.span());
        }
        return item.orElse(Type.ANY);
    }

    private static String listHint(Type type) {
        return type instanceof Type.MapOf
                ? " `values()` returns the list of its values, `keys()` that of its keys."
                : "";
    }

    private Typed quantified(Expression.Quantified quantified, VariableScope scope) {
        Declared declared = declare(quantified.declarations(), scope);
        return switch (quantified.quantifier()) {
            case EXISTS -> Typed.computed(new Term.Exists(declared.generators()), Type.BOOLEAN, quantified);
            case FORALL -> Typed.computed(new Term.ForAll(declared.generators()), Type.BOOLEAN, quantified);
            case SELECT -> {
                Type item =
                        declared.types().size() == 1 ? declared.types().getFirst() : new Type.Tuple(declared.types());
                Path path = declared.types().size() == 1 ? declared.firstRange().path() : Path.COMPUTED;
                yield new Typed(new Term.Select(declared.generators()), new ListOf(item), path, quantified);
            }
        };
    }

    private Typed aggregation(Expression.Aggregation aggregation, VariableScope scope) {
        Declared declared = declare(aggregation.declarations(), scope);
        Typed value;
        if (aggregation.value().isPresent()) {
            value = value(aggregation.value().get(), declared.scope());
        } else {
            Expression.Declaration last = aggregation.declarations().getLast();
            Binding binding = declared.scope().named(last.name()).orElseThrow();
            value = new Typed(binding.use(), binding.type(), binding.path(), last.range());
            findings.read(value);
        }
        return calls.aggregated(aggregation.function(), declared.generators(), value, aggregation);
    }

    // ---- Chains

    private Typed chain(Expression.Chain chain, VariableScope scope) {
        Typed list = elaborate(chain.list(), scope);
        Type item = itemOf(list, "`chain`");
        Path path = list.path().item(list.type());
        int slot = scope.nextSlot();
        VariableScope inner = scope.item(CallRules.itemName(chain.list()), item, path);
        Term timestamp = times.timestampField(chain, inner, fields);
        List<Term.Chain.Link> links = new ArrayList<>();
        for (Expression.Chain.Link link : chain.links()) {
            Term condition = condition(link.condition(), inner);
            Optional<Term.TimeCondition> when = link.when().map(test -> times.test(test, scope.hidden()));
            links.add(new Term.Chain.Link(condition, when, times.count(link)));
        }
        return Typed.computed(new Term.Chain(list.term(), slot, timestamp, links), Type.BOOLEAN, chain);
    }
}
