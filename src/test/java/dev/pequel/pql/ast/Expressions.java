package dev.pequel.pql.ast;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression.AggregateFunction;
import dev.pequel.pql.ast.Expression.Aggregation;
import dev.pequel.pql.ast.Expression.And;
import dev.pequel.pql.ast.Expression.Arithmetic;
import dev.pequel.pql.ast.Expression.Call;
import dev.pequel.pql.ast.Expression.Chain;
import dev.pequel.pql.ast.Expression.Comparison;
import dev.pequel.pql.ast.Expression.ContextReference;
import dev.pequel.pql.ast.Expression.CurrentItem;
import dev.pequel.pql.ast.Expression.Declaration;
import dev.pequel.pql.ast.Expression.Field;
import dev.pequel.pql.ast.Expression.Filter;
import dev.pequel.pql.ast.Expression.If;
import dev.pequel.pql.ast.Expression.InputReference;
import dev.pequel.pql.ast.Expression.Lambda;
import dev.pequel.pql.ast.Expression.Let;
import dev.pequel.pql.ast.Expression.Like;
import dev.pequel.pql.ast.Expression.ListLiteral;
import dev.pequel.pql.ast.Expression.Literal;
import dev.pequel.pql.ast.Expression.Membership;
import dev.pequel.pql.ast.Expression.Name;
import dev.pequel.pql.ast.Expression.Negation;
import dev.pequel.pql.ast.Expression.Not;
import dev.pequel.pql.ast.Expression.ObjectLiteral;
import dev.pequel.pql.ast.Expression.Occurs;
import dev.pequel.pql.ast.Expression.Or;
import dev.pequel.pql.ast.Expression.OuterItem;
import dev.pequel.pql.ast.Expression.Quantified;
import dev.pequel.pql.ast.Expression.Quantifier;
import dev.pequel.pql.ast.Expression.TimeReference;
import dev.pequel.pql.ast.TimeTest.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary expressions, and expressions without their places, for tests of everything that reads or writes trees. */
public final class Expressions {

    private static final Span NOWHERE = Span.NONE;

    private Expressions() {}

    // ---- Arbitrary expressions

    /**
     * Trees of every shape that the parser can give: lambdas, open expressions and odd names anywhere, but no negative
     * literals and no {@code and} directly in an {@code and}.
     *
     * @param depth levels of nesting at most
     */
    public static Arbitrary<Expression> any(int depth) {
        return Arbitraries.randomValue(random -> new Generator(random).expression(1 + random.nextInt(depth)));
    }

    /** One such tree. */
    public static Expression random(Random random, int depth) {
        return new Generator(random).expression(depth);
    }

    private record Generator(Random random) {

        private static final List<String> ORDINARY =
                List.of("a", "b", "X", "_id", "xEvent", "timestamp", "\u00E9t\u00E9", "\u540D\u524D", "a1");
        private static final List<String> RESERVED = List.of(
                "and", "or", "not", "in", "notIn", "like", "matches", "occurs", "select", "exists", "forall", "from",
                "where", "over", "let", "if", "true", "false", "null", "this", "now", "today", "AND", "NOT", "NOTIN",
                "And", "Not", "If", "Let", "Exists", "Select", "From", "Matches", "True");
        private static final List<String> CONTEXTUAL = List.of(
                "before",
                "after",
                "on",
                "between",
                "last",
                "next",
                "day",
                "days",
                "MONTH",
                "millenium",
                "WHAT",
                "when",
                "COUNT",
                "sum",
                "average",
                "min",
                "MAX",
                "chain",
                "CHAIN",
                "Last",
                "Days",
                "Sum",
                "Chain",
                "some",
                "all",
                "is",
                "within",
                "ago",
                "one");
        private static final List<String> QUOTED =
                List.of("order-total", "1697323153", "a b", "a`b", "5a", "xdm:tags", "\u0301a", "\u200B", "a\"b");

        Expression expression(int depth) {
            if (depth <= 0) {
                return leaf();
            }
            int inner = depth - 1;
            return switch (random.nextInt(32)) {
                case 0, 1 -> leaf();
                case 2, 3, 4 -> new Field(expression(inner), name(), NOWHERE, NOWHERE);
                case 5 -> new Filter(expression(inner), expression(inner), NOWHERE);
                case 6, 7 -> new Call(Optional.of(expression(inner)), name(), some(0, inner), NOWHERE, NOWHERE);
                case 8 -> new Call(Optional.empty(), name(), some(0, inner), NOWHERE, NOWHERE);
                case 9 -> new Not(expression(inner), NOWHERE);
                case 10 -> new Negation(expression(inner), NOWHERE);
                case 11, 12, 13 ->
                    new Arithmetic(one(ArithmeticOperator.values()), expression(inner), expression(inner), NOWHERE);
                case 14, 15 ->
                    new Comparison(one(ComparisonOperator.values()), expression(inner), expression(inner), NOWHERE);
                case 16 -> new Membership(random.nextBoolean(), expression(inner), expression(inner), NOWHERE);
                case 17 -> new Like(expression(inner), expression(inner), NOWHERE);
                case 18, 19 -> new Occurs(expression(inner), timeTest(inner), NOWHERE);
                case 20, 21 -> and(some(2, inner));
                case 22, 23 -> or(some(2, inner));
                case 24 -> new ListLiteral(some(0, inner), NOWHERE);
                case 25 -> new ObjectLiteral(list(0, () -> entry(inner)), NOWHERE);
                case 26 -> new If(expression(inner), expression(inner), expression(inner), NOWHERE);
                case 27 -> new Chain(expression(inner), name(), NOWHERE, list(1, () -> link(inner)), NOWHERE);
                case 28 -> new Let(name(), NOWHERE, expression(inner), expression(inner), NOWHERE);
                case 29 -> new Quantified(one(Quantifier.values()), list(1, () -> declaration(inner)), NOWHERE);
                case 30 -> aggregation(inner);
                default -> lambda(inner);
            };
        }

        private Expression leaf() {
            return switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> new Name(name(), NOWHERE);
                case 4, 5, 6 -> new Literal(scalar(), NOWHERE);
                case 7 -> new InputReference(1 + random.nextInt(3), NOWHERE);
                case 8 -> new OuterItem(1 + random.nextInt(3), NOWHERE);
                case 9 -> new CurrentItem(NOWHERE);
                case 10 -> new ContextReference(one("_xdm.context;version=1", "a b", "https://x/y"), NOWHERE);
                default -> new TimeReference(one(TimeWord.values()), NOWHERE);
            };
        }

        private Scalar scalar() {
            return switch (random.nextInt(8)) {
                case 0 -> new Scalar.Null();
                case 1 -> new Scalar.Bool(random.nextBoolean());
                case 2, 3 -> new Scalar.Int(random.nextInt(100));
                case 4 -> new Scalar.Int(random.nextLong() & Long.MAX_VALUE);
                case 5 -> new Scalar.Real(one(0.0, 1.0, 1e10, 1e-10, 0.1, Double.MIN_VALUE, Double.MAX_VALUE));
                case 6 -> new Scalar.Real(Math.abs(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20)));
                default -> new Scalar.Text(string());
            };
        }

        private String string() {
            String characters = "ab\"\\\n\r\t'`\u0000 \u00E9\u0301\u200B{}";
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uD83D\uDE00" : "");
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            return text.toString();
        }

        /** Ordinary names, keywords in every case, and names that need backticks. */
        private String name() {
            List<String> names = switch (random.nextInt(8)) {
                case 0 -> RESERVED;
                case 1, 2 -> CONTEXTUAL;
                case 3 -> QUOTED;
                default -> ORDINARY;
            };
            return names.get(random.nextInt(names.size()));
        }

        private ObjectLiteral.Entry entry(int depth) {
            return new ObjectLiteral.Entry(string(), expression(depth), NOWHERE);
        }

        private Chain.Link link(int depth) {
            return new Chain.Link(
                    name(),
                    expression(depth),
                    random.nextBoolean() ? Optional.of(timeTest(depth)) : Optional.empty(),
                    random.nextBoolean() ? Optional.of(1L + random.nextInt(9)) : Optional.empty(),
                    NOWHERE);
        }

        private Declaration declaration(int depth) {
            return new Declaration(
                    name(),
                    NOWHERE,
                    expression(depth),
                    random.nextBoolean() ? Optional.of(expression(depth)) : Optional.empty(),
                    NOWHERE);
        }

        private Expression aggregation(int depth) {
            AggregateFunction function = one(AggregateFunction.values());
            return random.nextBoolean()
                    ? new Aggregation(function, Optional.empty(), List.of(declaration(depth)), NOWHERE)
                    : new Aggregation(
                            function, Optional.of(expression(depth)), list(1, () -> declaration(depth)), NOWHERE);
        }

        private Expression lambda(int depth) {
            return new Lambda(list(1, () -> new Lambda.Parameter(name(), NOWHERE)), expression(depth), NOWHERE);
        }

        private TimeTest timeTest(int depth) {
            return switch (random.nextInt(4)) {
                case 0 ->
                    new TimeTest.Within(
                            one(ComparisonOperator.values()),
                            random.nextInt(3),
                            one(CalendarUnit.values()),
                            one(TimeDirection.values()),
                            time(depth),
                            NOWHERE);
                case 1 -> new TimeTest.Side(one(TimeDirection.values()), time(depth), NOWHERE);
                case 2 -> new TimeTest.On(time(depth), NOWHERE);
                default -> new TimeTest.Between(time(depth), time(depth), NOWHERE);
            };
        }

        private Time time(int depth) {
            return random.nextBoolean()
                    ? new Time.Period(one(RelativePeriod.values()), one(CalendarUnit.values()), NOWHERE)
                    : new Time.Value(expression(depth), NOWHERE);
        }

        private static Expression and(List<Expression> operands) {
            List<Expression> flat = new ArrayList<>();
            for (Expression operand : operands) {
                flat.addAll(operand instanceof And(var inner, var span) ? inner : List.of(operand));
            }
            return new And(flat, NOWHERE);
        }

        private static Expression or(List<Expression> operands) {
            List<Expression> flat = new ArrayList<>();
            for (Expression operand : operands) {
                flat.addAll(operand instanceof Or(var inner, var span) ? inner : List.of(operand));
            }
            return new Or(flat, NOWHERE);
        }

        private List<Expression> some(int atLeast, int depth) {
            return list(atLeast, () -> expression(depth));
        }

        private <T> List<T> list(int atLeast, Supplier<T> item) {
            return Stream.generate(item).limit(atLeast + random.nextInt(3)).toList();
        }

        @SafeVarargs
        private <T> T one(T... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }

    // ---- Without places

    /** The same expression with all places erased, so that two that were written differently can be compared. */
    public static Expression withoutPlaces(Expression expression) {
        return switch (expression) {
            case Literal(var value, var span) -> new Literal(value, NOWHERE);
            case ListLiteral(var items, var span) -> new ListLiteral(all(items), NOWHERE);
            case ObjectLiteral(var entries, var span) ->
                new ObjectLiteral(
                        entries.stream()
                                .map(entry ->
                                        new ObjectLiteral.Entry(entry.key(), withoutPlaces(entry.value()), NOWHERE))
                                .toList(),
                        NOWHERE);
            case Name(var name, var span) -> new Name(name, NOWHERE);
            case InputReference(var position, var span) -> new InputReference(position, NOWHERE);
            case OuterItem(var levels, var span) -> new OuterItem(levels, NOWHERE);
            case CurrentItem(var span) -> new CurrentItem(NOWHERE);
            case ContextReference(var schema, var span) -> new ContextReference(schema, NOWHERE);
            case TimeReference(var word, var span) -> new TimeReference(word, NOWHERE);
            case Field(var target, var name, var nameSpan, var span) ->
                new Field(withoutPlaces(target), name, NOWHERE, NOWHERE);
            case Call(var receiver, var name, var arguments, var nameSpan, var span) ->
                new Call(receiver.map(Expressions::withoutPlaces), name, all(arguments), NOWHERE, NOWHERE);
            case Filter(var target, var condition, var span) ->
                new Filter(withoutPlaces(target), withoutPlaces(condition), NOWHERE);
            case Not(var operand, var span) -> new Not(withoutPlaces(operand), NOWHERE);
            case Negation(var operand, var span) -> new Negation(withoutPlaces(operand), NOWHERE);
            case Arithmetic(var operator, var left, var right, var span) ->
                new Arithmetic(operator, withoutPlaces(left), withoutPlaces(right), NOWHERE);
            case Comparison(var operator, var left, var right, var span) ->
                new Comparison(operator, withoutPlaces(left), withoutPlaces(right), NOWHERE);
            case Membership(var negated, var element, var list, var span) ->
                new Membership(negated, withoutPlaces(element), withoutPlaces(list), NOWHERE);
            case Like(var text, var pattern, var span) ->
                new Like(withoutPlaces(text), withoutPlaces(pattern), NOWHERE);
            case Occurs(var timestamp, var test, var span) ->
                new Occurs(withoutPlaces(timestamp), withoutPlaces(test), NOWHERE);
            case And(var operands, var span) -> new And(all(operands), NOWHERE);
            case Or(var operands, var span) -> new Or(all(operands), NOWHERE);
            case If(var test, var then, var otherwise, var span) ->
                new If(withoutPlaces(test), withoutPlaces(then), withoutPlaces(otherwise), NOWHERE);
            case Let(var name, var nameSpan, var value, var body, var span) ->
                new Let(name, NOWHERE, withoutPlaces(value), withoutPlaces(body), NOWHERE);
            case Quantified(var quantifier, var declarations, var span) ->
                new Quantified(quantifier, allDeclarations(declarations), NOWHERE);
            case Aggregation(var function, var value, var declarations, var span) ->
                new Aggregation(
                        function, value.map(Expressions::withoutPlaces), allDeclarations(declarations), NOWHERE);
            case Chain(var list, var field, var fieldSpan, var links, var span) ->
                new Chain(
                        withoutPlaces(list),
                        field,
                        NOWHERE,
                        links.stream()
                                .map(link -> new Chain.Link(
                                        link.label(),
                                        withoutPlaces(link.condition()),
                                        link.when().map(Expressions::withoutPlaces),
                                        link.count(),
                                        NOWHERE))
                                .toList(),
                        NOWHERE);
            case Lambda(var parameters, var body, var span) ->
                new Lambda(
                        parameters.stream()
                                .map(parameter -> new Lambda.Parameter(parameter.name(), NOWHERE))
                                .toList(),
                        withoutPlaces(body),
                        NOWHERE);
        };
    }

    private static TimeTest withoutPlaces(TimeTest test) {
        return switch (test) {
            case TimeTest.Within(var operator, var count, var unit, var direction, var anchor, var span) ->
                new TimeTest.Within(operator, count, unit, direction, withoutPlaces(anchor), NOWHERE);
            case TimeTest.Side(var direction, var anchor, var span) ->
                new TimeTest.Side(direction, withoutPlaces(anchor), NOWHERE);
            case TimeTest.On(var time, var span) -> new TimeTest.On(withoutPlaces(time), NOWHERE);
            case TimeTest.Between(var from, var to, var span) ->
                new TimeTest.Between(withoutPlaces(from), withoutPlaces(to), NOWHERE);
        };
    }

    private static Time withoutPlaces(Time time) {
        return switch (time) {
            case Time.Period(var period, var unit, var span) -> new Time.Period(period, unit, NOWHERE);
            case Time.Value(var value, var span) -> new Time.Value(withoutPlaces(value), NOWHERE);
        };
    }

    private static List<Expression> all(List<Expression> expressions) {
        return expressions.stream().map(Expressions::withoutPlaces).toList();
    }

    private static List<Declaration> allDeclarations(List<Declaration> declarations) {
        return declarations.stream()
                .map(declaration -> new Declaration(
                        declaration.name(),
                        NOWHERE,
                        withoutPlaces(declaration.range()),
                        declaration.condition().map(Expressions::withoutPlaces),
                        NOWHERE))
                .toList();
    }
}
