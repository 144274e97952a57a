package dev.pequel.pql.check;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.CalendarUnit;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expression.AggregateFunction;
import dev.pequel.pql.ast.Expression.Declaration;
import dev.pequel.pql.ast.Expression.Quantifier;
import dev.pequel.pql.ast.RelativePeriod;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeTest;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.function.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Trees of every form with names that often, but not always, mean something in the shop's schema, so that many of them get
 * far into the checker.
 */
final class RandomExpressions {

    private static final List<String> NAMES = List.of(
            "person",
            "name",
            "firstName",
            "birthYear",
            "birthDate",
            "favoriteColors",
            "homeAddress",
            "city",
            "vip",
            "credit",
            "orders",
            "order",
            "id",
            "storeId",
            "price",
            "count",
            "paid",
            "placed",
            "tags",
            "lines",
            "sku",
            "visits",
            "scores",
            "attributes",
            "renewals",
            "anything",
            "xEvent",
            "timestamp",
            "eventType",
            "productListItems",
            "SKU",
            "identityMap",
            "segmentMembership",
            "status",
            "A",
            "B",
            "C",
            "nonsense");
    private static final List<String> VARIABLES = List.of("A", "B", "C", "order");
    private static final List<String> TEXTS =
            List.of("", "Rome", "5", "true", "2018-08-28", "2018-08-28T10:00:00Z", "^R.*", "(R", "a%", "ups", "equals");

    private final Random random;
    private int left;

    RandomExpressions(Random random) {
        this.random = random;
    }

    /** @param nodes about how many nodes at most */
    Expression next(int nodes) {
        left = nodes;
        return expression();
    }

    private Expression expression() {
        left--;
        if (left <= 0) {
            return leaf();
        }
        Span span = span();
        return switch (random.nextInt(24)) {
            case 0 -> new Expression.ListLiteral(some(4, this::expression), span);
            case 1 ->
                new Expression.ObjectLiteral(
                        some(3, () -> new Expression.ObjectLiteral.Entry(pick(NAMES), expression(), span())), span);
            case 2, 3, 4 -> new Expression.Field(expression(), pick(NAMES), span(), span);
            case 5, 6, 7, 8 -> call(span);
            case 9 -> new Expression.Filter(expression(), expression(), span);
            case 10 -> new Expression.Not(expression(), span);
            case 11 -> new Expression.Negation(expression(), span);
            case 12 ->
                new Expression.Arithmetic(pick(List.of(ArithmeticOperator.values())), expression(), expression(), span);
            case 13, 14 ->
                new Expression.Comparison(pick(List.of(ComparisonOperator.values())), expression(), expression(), span);
            case 15 -> new Expression.Membership(random.nextBoolean(), expression(), expression(), span);
            case 16 -> new Expression.Like(expression(), expression(), span);
            case 17 -> new Expression.Occurs(expression(), timeTest(), span);
            case 18 ->
                random.nextBoolean()
                        ? new Expression.And(List.of(expression(), expression()), span)
                        : new Expression.Or(List.of(expression(), expression(), expression()), span);
            case 19 -> new Expression.If(expression(), expression(), expression(), span);
            case 20 -> new Expression.Let(pick(VARIABLES), span(), expression(), expression(), span);
            case 21 ->
                new Expression.Quantified(pick(List.of(Quantifier.values())), atLeastOne(2, this::declaration), span);
            case 22 -> aggregation(span);
            default -> new Expression.Chain(expression(), pick(NAMES), span(), atLeastOne(4, this::link), span);
        };
    }

    private Expression leaf() {
        Span span = span();
        return switch (random.nextInt(10)) {
            case 0 -> new Expression.Literal(scalar(), span);
            case 1 -> new Expression.InputReference(random.nextInt(3), span);
            case 2 -> new Expression.OuterItem(1 + random.nextInt(2), span);
            case 3 -> new Expression.CurrentItem(span);
            case 4 -> new Expression.TimeReference(pick(List.of(TimeWord.values())), span);
            case 5 ->
                random.nextInt(4) == 0
                        ? new Expression.ContextReference("schema", span)
                        : new Expression.Literal(new Scalar.Text(pick(TEXTS)), span);
            default -> new Expression.Name(pick(NAMES), span);
        };
    }

    private Scalar scalar() {
        return switch (random.nextInt(6)) {
            case 0 -> new Scalar.Null();
            case 1 -> new Scalar.Bool(random.nextBoolean());
            case 2 -> new Scalar.Int(random.nextInt(4));
            case 3 -> new Scalar.Int(random.nextLong());
            case 4 -> new Scalar.Real(random.nextGaussian() * 1e6);
            default -> new Scalar.Text(pick(TEXTS));
        };
    }

    private Expression call(Span span) {
        List<String> functions = new ArrayList<>(Function.names());
        functions.add("nonsense");
        String name = pick(functions);
        int arity = Function.named(name)
                .map(f -> f.minimum() + random.nextInt(Math.min(f.maximum(), f.minimum() + 2) - f.minimum() + 1))
                .orElse(random.nextInt(3));
        if (random.nextInt(20) == 0) {
            arity = random.nextInt(4);
        }
        boolean hasReceiver = arity > 0 && random.nextInt(4) > 0;
        Optional<Expression> receiver = hasReceiver ? Optional.of(expression()) : Optional.empty();
        List<Expression> arguments = new ArrayList<>();
        for (int i = hasReceiver ? 1 : 0; i < arity; i++) {
            arguments.add(random.nextInt(6) == 0 ? lambda() : expression());
        }
        return new Expression.Call(receiver, name, arguments, span(), span);
    }

    private Expression lambda() {
        return new Expression.Lambda(
                atLeastOne(2, () -> new Expression.Lambda.Parameter(pick(VARIABLES), span())), expression(), span());
    }

    private Expression aggregation(Span span) {
        List<Declaration> declarations = atLeastOne(2, this::declaration);
        Optional<Expression> value =
                declarations.size() > 1 || random.nextBoolean() ? Optional.of(expression()) : Optional.empty();
        return new Expression.Aggregation(pick(List.of(AggregateFunction.values())), value, declarations, span);
    }

    private Declaration declaration() {
        Optional<Expression> condition = random.nextBoolean() ? Optional.of(expression()) : Optional.empty();
        return new Declaration(pick(VARIABLES), span(), expression(), condition, span());
    }

    private Expression.Chain.Link link() {
        Optional<TimeTest> when = random.nextBoolean() ? Optional.of(timeTest()) : Optional.empty();
        Optional<Long> count = random.nextBoolean() ? Optional.of((long) random.nextInt(3)) : Optional.empty();
        return new Expression.Chain.Link(pick(VARIABLES), expression(), when, count, span());
    }

    private TimeTest timeTest() {
        Span span = span();
        return switch (random.nextInt(4)) {
            case 0 ->
                new TimeTest.Within(
                        pick(List.of(ComparisonOperator.values())),
                        random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(40),
                        pick(List.of(CalendarUnit.values())),
                        pick(List.of(TimeDirection.values())),
                        time(),
                        span);
            case 1 -> new TimeTest.Side(pick(List.of(TimeDirection.values())), time(), span);
            case 2 -> new TimeTest.On(time(), span);
            default -> new TimeTest.Between(time(), time(), span);
        };
    }

    private TimeTest.Time time() {
        return random.nextInt(3) == 0
                ? new TimeTest.Time.Period(
                        pick(List.of(RelativePeriod.values())), pick(List.of(CalendarUnit.values())), span())
                : new TimeTest.Time.Value(expression(), span());
    }

    private Span span() {
        int offset = random.nextInt(100);
        return new Span(1, offset + 1, offset, 1 + random.nextInt(5));
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> List<T> some(int most, Supplier<T> one) {
        List<T> values = new ArrayList<>();
        int count = random.nextInt(most);
        for (int i = 0; i < count; i++) {
            values.add(one.get());
        }
        return values;
    }

    private <T> List<T> atLeastOne(int most, Supplier<T> one) {
        List<T> values = new ArrayList<>(some(most, one));
        values.add(one.get());
        return values;
    }
}
