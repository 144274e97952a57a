package dev.pequel.pql.check;

import static dev.pequel.pql.DiagnosticCode.INVALID_COUNT;
import static dev.pequel.pql.DiagnosticCode.LITERAL_EXPECTED;
import static dev.pequel.pql.DiagnosticCode.MISPLACED_LAMBDA;
import static dev.pequel.pql.DiagnosticCode.MISPLACED_MAP_ENTRY;
import static dev.pequel.pql.DiagnosticCode.NOT_COMPARABLE;
import static dev.pequel.pql.DiagnosticCode.TYPE_MISMATCH;
import static dev.pequel.pql.DiagnosticCode.UNKNOWN_FUNCTION;
import static dev.pequel.pql.DiagnosticCode.WRONG_ARITY;

import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expression.AggregateFunction;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.Conversions;
import dev.pequel.pql.term.MessageWords;
import dev.pequel.pql.term.Path;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Typed;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.GroupsOf;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.Type.MapOf;
import dev.pequel.pql.type.Type.ObjectOf;
import dev.pequel.pql.type.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks calls of functions. {@code x.f(y)} and {@code f(x, y)} are the same call (P51): the receiver is the first
 * argument.
 */
final class CallRules {

    /** Names of the same functions in other languages, for suggestions. */
    private static final Map<String, Function> ELSEWHERE = Map.ofEntries(
            Map.entry("avg", Function.AVERAGE),
            Map.entry("mean", Function.AVERAGE),
            Map.entry("size", Function.COUNT),
            Map.entry("length", Function.COUNT),
            Map.entry("first", Function.HEAD),
            Map.entry("any", Function.EXISTS),
            Map.entry("some", Function.EXISTS),
            Map.entry("anyMatch", Function.EXISTS),
            Map.entry("where", Function.FILTER),
            Map.entry("select", Function.FILTER),
            Map.entry("has", Function.INCLUDES),
            Map.entry("equalsIgnoreCase", Function.EQUALS),
            Map.entry("notEquals", Function.NOT_EQUAL_TO),
            Map.entry("doesNotEqual", Function.NOT_EQUAL_TO),
            Map.entry("notContains", Function.DOES_NOT_CONTAIN),
            Map.entry("regexMatch", Function.MATCHES),
            Map.entry("exist", Function.IS_NOT_NULL),
            Map.entry("isPresent", Function.IS_NOT_NULL),
            Map.entry("isMissing", Function.IS_NULL));

    private static final Term MISSING = new Term.Constant(new Scalar.Null());

    private final Elaborator elaborator;
    private final CheckDiagnostics findings;
    private final ComparisonRules comparisons;
    private final StringRules texts;
    private final TimeRules times;

    CallRules(
            Elaborator elaborator,
            CheckDiagnostics findings,
            ComparisonRules comparisons,
            StringRules texts,
            TimeRules times) {
        this.elaborator = elaborator;
        this.findings = findings;
        this.comparisons = comparisons;
        this.texts = texts;
        this.times = times;
    }

    Typed call(Expression.Call call, VariableScope scope) {
        Optional<Function> named = Function.named(call.name());
        if (named.isEmpty()) {
            return unknownFunction(call, scope);
        }
        Function function = named.get();
        List<Expression> arguments = new ArrayList<>();
        call.receiver().ifPresent(arguments::add);
        arguments.addAll(call.arguments());
        if (arguments.size() < function.minimum() || arguments.size() > function.maximum()) {
            return wrongArity(function, call, scope);
        }
        return switch (function) {
            case STARTS_WITH,
                    DOES_NOT_START_WITH,
                    ENDS_WITH,
                    DOES_NOT_END_WITH,
                    CONTAINS,
                    DOES_NOT_CONTAIN,
                    EQUALS,
                    NOT_EQUAL_TO -> texts.predicate(function, values(arguments, scope), call);
            case STRING_COMPARE -> texts.stringCompare(values(arguments, scope), call);
            case MATCHES -> texts.matches(values(arguments, scope), call);
            case REGEX_GROUP -> texts.regexGroup(values(arguments, scope), call);
            case INCLUDES -> {
                List<Typed> values = values(arguments, scope);
                yield comparisons.membership(false, values.get(1), values.get(0), call);
            }
            case INTERSECTS, INTERSECTION, SUBSET_OF, SUPERSET_OF -> {
                List<Typed> values = values(arguments, scope);
                yield comparisons.sets(function, values.get(0), values.get(1), call);
            }
            case DISTINCT, HEAD, COUNT -> ofList(function, arguments.getFirst(), call, scope);
            case FILTER -> filter(arguments.get(0), arguments.get(1), call, scope);
            case EXISTS -> exists(arguments.get(0), arguments.get(1), call, scope);
            case MAP -> map(arguments.get(0), arguments.get(1), call, scope);
            case TOP_N, BOTTOM_N -> top(function, arguments, call, scope);
            case GROUP_BY -> groupBy(arguments.get(0), arguments.get(1), call, scope);
            case MAP_ENTRY -> misplacedMapEntry(arguments, call, scope);
            case SUM -> aggregate(AggregateFunction.SUM, arguments, call, scope);
            case AVERAGE -> aggregate(AggregateFunction.AVERAGE, arguments, call, scope);
            case MIN -> aggregate(AggregateFunction.MIN, arguments, call, scope);
            case MAX -> aggregate(AggregateFunction.MAX, arguments, call, scope);
            case GET -> get(arguments.get(0), arguments.get(1), call, scope);
            case KEYS, VALUES -> entries(function, arguments.getFirst(), call, scope);
            case IS_NULL, IS_NOT_NULL -> presence(function, arguments.getFirst(), call, scope);
            case IN_SEGMENT -> inSegment(arguments.getFirst(), call);
            case DATE -> times.date(values(arguments, scope), call);
            case CURRENT_YEAR, CURRENT_MONTH, CURRENT_DAY_OF_MONTH ->
                Typed.computed(new Term.Call(function, List.of()), Type.INTEGER, call);
            case GET_YEAR, GET_MONTH, GET_DAY_OF_MONTH -> {
                Typed time =
                        times.timestamp(elaborator.value(arguments.getFirst(), scope), "`" + function.spelling() + "`");
                yield Typed.computed(new Term.Call(function, List.of(time.term())), Type.INTEGER, call);
            }
        };
    }

    /**
     * {@code isNull} and {@code isNotNull}. For a list made by a path, they test whether there are values at its end
     * (P48).
     */
    private Typed presence(Function function, Expression argument, Expression.Call call, VariableScope scope) {
        Typed value = elaborator.value(argument, scope);
        if (!TypeRules.isPathMade(value.type())) {
            return Typed.computed(new Term.Call(function, List.of(value.term())), Type.BOOLEAN, call);
        }
        findings.valuesDecide(value, function);
        int slot = scope.nextSlot();
        Term isThere = new Term.Call(Function.IS_NOT_NULL, List.of(new Term.Variable(slot)));
        Term exists = new Term.Exists(List.of(new Term.Generator(slot, value.term(), Optional.of(isThere))));
        return Typed.computed(function == Function.IS_NULL ? new Term.Not(exists) : exists, Type.BOOLEAN, call);
    }

    private List<Typed> values(List<Expression> arguments, VariableScope scope) {
        List<Typed> values = new ArrayList<>(arguments.size());
        for (Expression argument : arguments) {
            values.add(elaborator.value(argument, scope));
        }
        return values;
    }

    private Typed unknownFunction(Expression.Call call, VariableScope scope) {
        call.receiver().ifPresent(receiver -> elaborator.value(receiver, scope));
        Optional<String> similar = Optional.ofNullable(ELSEWHERE.get(call.name()))
                .map(Function::spelling)
                .or(() -> Suggestions.closest(call.name(), Function.names()));
        String hint = call.name().equals("forall") ? " It is written `forall V from list where condition`." : "";
        findings.report(
                UNKNOWN_FUNCTION, "There is no function `" + call.name() + "`." + hint, call.nameSpan(), similar);
        return Typed.unknown(call);
    }

    private Typed wrongArity(Function function, Expression.Call call, VariableScope scope) {
        call.receiver().ifPresent(receiver -> elaborator.elaborate(receiver, scope));
        int own = call.receiver().isPresent() ? 1 : 0;
        String problem = function.maximum() < own
                ? "cannot be called on a value"
                : "takes " + expected(function.minimum() - own, function.maximum() - own) + " here, not "
                        + call.arguments().size();
        findings.report(
                WRONG_ARITY,
                "`" + call.name() + "` " + problem + "; it is written `" + function.form() + "`.",
                call.nameSpan());
        return Typed.unknown(call);
    }

    private static String expected(int min, int max) {
        if (max == 0) {
            return "no arguments";
        }
        String number =
                max > 10 ? "at least " + min : min == max ? "" + min : min + (max == min + 1 ? " or " : " to ") + max;
        return number + (Math.min(max, 10) == 1 || max > 10 && min == 1 ? " argument" : " arguments");
    }

    // ---- Items

    /** An argument that is evaluated for each item, and the slot of the item. */
    private record ItemBody(int slot, Typed value) {}

    private ItemBody body(Expression argument, Typed list, Type item, VariableScope scope) {
        Path path = list.type() instanceof ObjectOf ? list.path() : list.path().item(list.type());
        if (argument instanceof Expression.Lambda lambda) {
            VariableScope inner = scope;
            if (lambda.parameters().size() == 1) {
                inner = scope.variable(lambda.parameters().getFirst().name(), item, path);
            } else {
                misplacedLambda(lambda, "a lambda with one parameter is needed here");
                for (Expression.Lambda.Parameter parameter : lambda.parameters()) {
                    inner = inner.variable(parameter.name(), Type.ANY, Path.COMPUTED);
                }
            }
            return new ItemBody(scope.nextSlot(), elaborator.value(lambda.body(), inner));
        }
        VariableScope inner = scope.item(itemName(list.source()), item, path);
        return new ItemBody(scope.nextSlot(), elaborator.value(argument, inner));
    }

    private void misplacedLambda(Expression.Lambda lambda, String need) {
        int given = lambda.parameters().size();
        findings.report(
                MISPLACED_LAMBDA,
                "This lambda has " + given + (given == 1 ? " parameter" : " parameters") + ", but " + need + ".",
                lambda.span());
    }

    /** Returns the singular of the last step of a list's path, which names its item (P36); empty when there is none. */
    static String itemName(Expression list) {
        return switch (list) {
            case Expression.Name name -> singular(name.name());
            case Expression.Field field -> singular(field.name());
            case Expression.Filter filter -> itemName(filter.target());
            case Expression.Call call
            when call.receiver().isPresent() && keepsItems(call.name()) ->
                itemName(call.receiver().get());
            default -> "";
        };
    }

    private static boolean keepsItems(String name) {
        return Function.named(name)
                .filter(f ->
                        f == Function.FILTER || f == Function.TOP_N || f == Function.BOTTOM_N || f == Function.DISTINCT)
                .isPresent();
    }

    private static String singular(String plural) {
        if (plural.endsWith("ies") && plural.length() > 4) {
            return plural.substring(0, plural.length() - 3) + "y";
        }
        if (plural.endsWith("sses") || plural.endsWith("xes") || plural.endsWith("ches") || plural.endsWith("shes")) {
            return plural.substring(0, plural.length() - 2);
        }
        return plural.endsWith("s") && !plural.endsWith("ss") && plural.length() > 2
                ? plural.substring(0, plural.length() - 1)
                : "";
    }

    /** Checks {@code list[condition]}. */
    Typed filter(Expression.Filter filter, VariableScope scope) {
        return filter(filter.target(), filter.condition(), filter, scope);
    }

    private Typed filter(Expression target, Expression condition, Expression source, VariableScope scope) {
        Typed list = elaborator.elaborate(target, scope);
        boolean isObject = list.type() instanceof ObjectOf;
        Type item = isObject ? list.type() : elaborator.itemOf(list, "A filter");
        if (isObject) {
            findings.open(list.path());
        }
        ItemBody body = body(condition, list, item, scope);
        Type type = switch (list.type()) {
            case GroupsOf groups -> new ListOf(item);
            case ListOf kept -> kept;
            case ObjectOf object -> object;
            default -> Type.ANY;
        };
        Term holds = elaborator.condition(body.value());
        Term term = isObject
                ? new Term.Let(body.slot(), list.term(), new Term.If(holds, new Term.Variable(body.slot()), MISSING))
                : new Term.Filter(list.term(), body.slot(), holds);
        return new Typed(term, type, list.path(), source);
    }

    private Typed exists(Expression target, Expression condition, Expression source, VariableScope scope) {
        Typed list = elaborator.elaborate(target, scope);
        Type item = elaborator.itemOf(list, "`exists`");
        ItemBody body = body(condition, list, item, scope);
        Term.Generator generator =
                new Term.Generator(body.slot(), list.term(), Optional.of(elaborator.condition(body.value())));
        return Typed.computed(new Term.Exists(List.of(generator)), Type.BOOLEAN, source);
    }

    private Typed map(Expression target, Expression argument, Expression source, VariableScope scope) {
        Typed list = elaborator.elaborate(target, scope);
        if (argument instanceof Expression.Lambda lambda && lambda.parameters().size() == 2) {
            return mapGroups(list, lambda, source, scope);
        }
        ItemBody body = body(argument, list, elaborator.itemOf(list, "`map`"), scope);
        Typed value = body.value();
        return new Typed(
                new Term.MapItems(list.term(), body.slot(), value.term()),
                new ListOf(value.type()),
                value.path(),
                source);
    }

    /** Checks {@code groups.map((K, G) => mapEntry(key, value))} (P46). */
    private Typed mapGroups(Typed groups, Expression.Lambda lambda, Expression source, VariableScope scope) {
        Type key = Type.ANY;
        Type items = Type.ANY;
        if (groups.type() instanceof GroupsOf known) {
            key = known.key();
            items = new ListOf(known.item());
        } else if (!(TypeRules.isOpen(groups.type()) && groups.isConstant(Scalar.Null.class))) {
            misplacedLambda(lambda, "only groups of `groupBy` take two; the items of a list take one");
        }
        findings.open(groups.path());
        int keySlot = scope.nextSlot();
        VariableScope withKey = scope.variable(lambda.parameters().get(0).name(), key, Path.COMPUTED);
        VariableScope inner = withKey.variable(lambda.parameters().get(1).name(), items, groups.path());
        if (lambda.parameters().get(0).name().equals(lambda.parameters().get(1).name())) {
            elaborator.duplicate(
                    lambda.parameters().get(1).name(),
                    lambda.parameters().get(1).span());
        }
        List<Expression> entry = mapEntry(lambda.body());
        if (entry.isEmpty()) {
            elaborator.value(lambda.body(), inner);
            if (groups.type() instanceof GroupsOf) {
                findings.report(
                        MISPLACED_MAP_ENTRY,
                        "A lambda with a key and a group returns one entry of a map: its body must be"
                                + " `mapEntry(key, value)`.",
                        lambda.body().span());
            }
            return Typed.unknown(source);
        }
        Typed entryKey = elaborator.value(entry.get(0), inner);
        Typed entryValue = elaborator.value(entry.get(1), inner);
        return Typed.computed(
                new Term.MapGroups(groups.term(), keySlot, withKey.nextSlot(), entryKey.term(), entryValue.term()),
                new MapOf(entryValue.type()),
                source);
    }

    /** Returns key and value of a body {@code mapEntry(key, value)}; empty for any other body. */
    private static List<Expression> mapEntry(Expression body) {
        if (body instanceof Expression.Call call && call.name().equals(Function.MAP_ENTRY.spelling())) {
            List<Expression> arguments = new ArrayList<>();
            call.receiver().ifPresent(arguments::add);
            arguments.addAll(call.arguments());
            return arguments.size() == 2 ? arguments : List.of();
        }
        return List.of();
    }

    private Typed misplacedMapEntry(List<Expression> arguments, Expression.Call call, VariableScope scope) {
        values(arguments, scope);
        findings.report(
                MISPLACED_MAP_ENTRY,
                "`mapEntry` is allowed only as the body of a lambda over groups:"
                        + " `groupBy(key).map((K, G) => mapEntry(K, value))`.",
                call.nameSpan());
        return Typed.unknown(call);
    }

    private Typed top(Function function, List<Expression> arguments, Expression source, VariableScope scope) {
        String user = "`" + function.spelling() + "`";
        Typed list = elaborator.elaborate(arguments.get(0), scope);
        Type item = elaborator.itemOf(list, user);
        ItemBody key = body(arguments.get(1), list, item, scope);
        if (!TypeRules.isOrdered(key.value().type())) {
            findings.report(
                    NOT_COMPARABLE,
                    user + " sorts by numbers, strings or timestamps, but "
                            + MessageWords.subject(key.value().source()) + " is "
                            + MessageWords.type(key.value().type()) + ".",
                    key.value().span());
        }
        Typed count = elaborator.value(arguments.get(2), scope);
        requireCount(count, user);
        return new Typed(
                new Term.Top(
                        function == Function.TOP_N,
                        list.term(),
                        key.slot(),
                        key.value().term(),
                        count.term()),
                new ListOf(item),
                list.path().asList(list.type()),
                source);
    }

    private void requireCount(Typed count, String user) {
        Type type = count.type();
        boolean isNegative = count.term() instanceof Term.Constant constant
                && constant.value() instanceof Scalar.Int number
                && number.value() < 0;
        if (isNegative) {
            findings.report(INVALID_COUNT, "The number of items cannot be negative.", count.span());
        } else if (!TypeRules.isOpen(type) && !type.equals(Type.INTEGER) && !type.equals(Type.NUMBER)) {
            findings.report(
                    TYPE_MISMATCH,
                    "The last argument of " + user + " must be a whole number, but "
                            + MessageWords.subject(count.source())
                            + " is " + (type.equals(Type.DOUBLE) ? "a number with a fraction" : MessageWords.type(type))
                            + ".",
                    count.span());
        }
    }

    private Typed groupBy(Expression target, Expression key, Expression source, VariableScope scope) {
        Typed list = elaborator.elaborate(target, scope);
        Type item = elaborator.itemOf(list, "`groupBy`");
        ItemBody body = body(key, list, item, scope);
        return new Typed(
                new Term.GroupBy(list.term(), body.slot(), body.value().term()),
                new GroupsOf(body.value().type(), item),
                list.path().asList(list.type()),
                source);
    }

    private Typed ofList(Function function, Expression argument, Expression source, VariableScope scope) {
        Typed list = elaborator.elaborate(argument, scope);
        Type item = elaborator.itemOf(list, "`" + function.spelling() + "`");
        Term term = new Term.Call(function, List.of(list.term()));
        return switch (function) {
            case COUNT -> Typed.computed(term, Type.INTEGER, source);
            case HEAD -> new Typed(term, item, list.path().item(list.type()), source);
            default -> new Typed(term, new ListOf(item), list.path().asList(list.type()), source);
        };
    }

    // ---- Aggregation

    private Typed aggregate(
            AggregateFunction function, List<Expression> arguments, Expression source, VariableScope scope) {
        Typed list = elaborator.elaborate(arguments.getFirst(), scope);
        Type item = elaborator.itemOf(list, "`" + function.word() + "`");
        ItemBody body;
        if (arguments.size() == 2) {
            body = body(arguments.get(1), list, item, scope);
        } else {
            int slot = scope.nextSlot();
            Typed variable =
                    new Typed(new Term.Variable(slot), item, list.path().item(list.type()), list.source());
            findings.read(variable);
            body = new ItemBody(slot, variable);
        }
        Term.Generator generator = new Term.Generator(body.slot(), list.term(), Optional.empty());
        return aggregated(function, List.of(generator), body.value(), source);
    }

    /** Checks the aggregation of a value over generators, in both spellings (P37). */
    Typed aggregated(AggregateFunction function, List<Term.Generator> generators, Typed value, Expression source) {
        Type type = value.type();
        boolean takesTimes = function == AggregateFunction.MIN || function == AggregateFunction.MAX;
        if (!TypeRules.isOpen(type) && !type.isNumber() && !(takesTimes && type.equals(Type.TIMESTAMP))) {
            String hint = type instanceof ObjectOf
                    ? ": name the field to take."
                    : type instanceof ListOf ? " for each item." : ".";
            findings.report(
                    TYPE_MISMATCH,
                    "`" + function.word() + "` needs " + (takesTimes ? "numbers or timestamps" : "numbers") + ", but "
                            + MessageWords.subject(value.source()) + " is " + MessageWords.type(type) + hint,
                    value.span());
        }
        Type result = switch (function) {
            case AVERAGE -> Type.DOUBLE;
            case SUM -> type.isNumber() ? type : Type.NUMBER;
            case MIN, MAX -> TypeRules.isOpen(type) ? Type.ANY : type;
        };
        return Typed.computed(new Term.Aggregation(function, generators, value.term()), result, source);
    }

    // ---- Maps

    static Term get(Term map, Term key) {
        return new Term.Call(Function.GET, List.of(map, key));
    }

    private Typed get(Expression target, Expression argument, Expression source, VariableScope scope) {
        Typed map = elaborator.elaborate(target, scope);
        Typed key = elaborator.value(argument, scope);
        findings.open(map.path());
        Type value = valueOf(map, "get");
        if (!TypeRules.isOpen(key.type()) && !key.type().equals(Type.STRING)) {
            findings.report(
                    TYPE_MISMATCH,
                    "The keys of a map are strings, but " + MessageWords.subject(key.source()) + " is "
                            + MessageWords.type(key.type()) + ".",
                    key.span(),
                    key.source() instanceof Expression.Literal literal
                            ? Optional.of('"' + MessageWords.literal(literal.value()) + '"')
                            : Optional.empty());
        }
        Path path = key.term() instanceof Term.Constant constant && constant.value() instanceof Scalar.Text text
                ? map.path().step(text.value()).item(map.type())
                : map.path().item(map.type());
        Term term = get(map.term(), key.term());
        findings.place(term, value, source.span());
        return new Typed(Conversions.fromData(term, value), value, path, source);
    }

    private Typed entries(Function function, Expression target, Expression source, VariableScope scope) {
        Typed map = elaborator.elaborate(target, scope);
        findings.open(map.path());
        Type value = valueOf(map, function.spelling());
        Term term = new Term.Call(function, List.of(map.term()));
        if (function == Function.KEYS) {
            return new Typed(term, new ListOf(Type.STRING), map.path(), source);
        }
        findings.place(term, value, source.span());
        return new Typed(Conversions.fromData(term, value), new ListOf(value), map.path(), source);
    }

    /** Returns the type of a map's values. An object with unknown fields may be a map. */
    private Type valueOf(Typed map, String user) {
        return switch (map.type()) {
            case MapOf known -> known.value();
            case Type.Any any -> Type.ANY;
            case Type.Null none -> Type.ANY;
            case ObjectOf object when object.open() -> Type.ANY;
            default -> {
                findings.report(
                        TYPE_MISMATCH,
                        "`" + user + "` needs a map, but " + MessageWords.subject(map.source()) + " is "
                                + MessageWords.type(map.type()) + ".",
                        map.span());
                yield Type.ANY;
            }
        };
    }

    // ---- Segments and strings

    private Typed inSegment(Expression argument, Expression.Call call) {
        if (argument instanceof Expression.Literal literal && literal.value() instanceof Scalar.Text id) {
            findings.refer(new AudienceReference(id.value(), true, literal.span()));
            return Typed.computed(new Term.InSegment(id.value()), Type.BOOLEAN, call);
        }
        findings.report(LITERAL_EXPECTED, "`inSegment` takes the id of an audience in quotes.", argument.span());
        return Typed.computed(new Term.Constant(new Scalar.Bool(false)), Type.BOOLEAN, call);
    }

    Typed like(Expression.Like like, VariableScope scope) {
        return texts.like(elaborator.value(like.text(), scope), elaborator.value(like.pattern(), scope), like);
    }
}
