package dev.pequel.pql.json.writer;

import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.TimeTest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the variables that an expression declares anywhere. Any other name is free for an implicit item. */
final class DeclaredVariables {

    private final Set<String> names = new HashSet<>();
    private final Deque<Expression> waiting = new ArrayDeque<>();

    private DeclaredVariables() {}

    static Set<String> of(Expression expression) {
        var declared = new DeclaredVariables();
        declared.collect(expression);
        while (!declared.waiting.isEmpty()) {
            declared.look(declared.waiting.pop());
        }
        return declared.names;
    }

    private void collect(Expression expression) {
        waiting.push(expression);
    }

    private void look(Expression expression) {
        switch (expression) {
            case Expression.Literal literal -> {}
            case Expression.Name name -> {}
            case Expression.InputReference input -> {}
            case Expression.OuterItem item -> {}
            case Expression.CurrentItem item -> {}
            case Expression.ContextReference context -> {}
            case Expression.TimeReference time -> {}
            case Expression.ListLiteral list -> list.items().forEach(this::collect);
            case Expression.ObjectLiteral object -> object.entries().forEach(entry -> collect(entry.value()));
            case Expression.Field field -> collect(field.target());
            case Expression.Call call -> {
                call.receiver().ifPresent(this::collect);
                call.arguments().forEach(this::collect);
            }
            case Expression.Filter filter -> {
                collect(filter.target());
                collect(filter.condition());
            }
            case Expression.Not not -> collect(not.operand());
            case Expression.Negation negation -> collect(negation.operand());
            case Expression.Arithmetic arithmetic -> {
                collect(arithmetic.left());
                collect(arithmetic.right());
            }
            case Expression.Comparison comparison -> {
                collect(comparison.left());
                collect(comparison.right());
            }
            case Expression.Membership membership -> {
                collect(membership.element());
                collect(membership.list());
            }
            case Expression.Like like -> {
                collect(like.text());
                collect(like.pattern());
            }
            case Expression.Occurs occurs -> {
                collect(occurs.timestamp());
                collect(occurs.test());
            }
            case Expression.And and -> and.operands().forEach(this::collect);
            case Expression.Or or -> or.operands().forEach(this::collect);
            case Expression.If choice -> {
                collect(choice.test());
                collect(choice.then());
                collect(choice.otherwise());
            }
            case Expression.Let let -> {
                names.add(let.name());
                collect(let.value());
                collect(let.body());
            }
            case Expression.Quantified quantified -> declarations(quantified.declarations());
            case Expression.Aggregation aggregation -> {
                declarations(aggregation.declarations());
                aggregation.value().ifPresent(this::collect);
            }
            case Expression.Chain chain -> {
                collect(chain.list());
                for (Expression.Chain.Link link : chain.links()) {
                    collect(link.condition());
                    link.when().ifPresent(this::collect);
                }
            }
            case Expression.Lambda lambda -> {
                lambda.parameters().forEach(parameter -> names.add(parameter.name()));
                collect(lambda.body());
            }
        }
    }

    private void declarations(List<Expression.Declaration> declarations) {
        for (Expression.Declaration declaration : declarations) {
            names.add(declaration.name());
            collect(declaration.range());
            declaration.condition().ifPresent(this::collect);
        }
    }

    private void collect(TimeTest test) {
        switch (test) {
            case TimeTest.Within within -> collect(within.anchor());
            case TimeTest.Side side -> collect(side.anchor());
            case TimeTest.On on -> collect(on.time());
            case TimeTest.Between between -> {
                collect(between.from());
                collect(between.to());
            }
        }
    }

    private void collect(TimeTest.Time time) {
        if (time instanceof TimeTest.Time.Value value) {
            collect(value.expression());
        }
    }
}
