package dev.pequel.pql.json.writer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expression.Declaration;
import dev.pequel.pql.ast.Expression.Quantifier;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.json.ItemExpressions;
import dev.pequel.pql.json.NodeReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes one expression as a tree of nodes, in the form that {@link NodeReader} reads. */
final class NodeWriter {

    private final NodeOutput output;
    private final JsonGenerator json;
    private final TimeWriter times;
    private final Set<String> declared;

    /** @param declared the variables of the expression, whose names implicit items must not get */
    NodeWriter(JsonGenerator json, Set<String> declared) {
        this.output = new NodeOutput(json);
        this.json = json;
        this.times = new TimeWriter(this, output);
        this.declared = declared;
    }

    /** Writes a node. Nodes nest deeply on the left (as in text), so the left parts are written in a loop. */
    void expression(Expression expression, WritingScope place) throws IOException {
        Deque<Expression> spine = new ArrayDeque<>();
        Expression start = expression;
        for (Optional<Expression> left = leftOf(start); left.isPresent(); left = leftOf(start)) {
            startNode(start);
            spine.push(start);
            start = left.get();
        }
        node(start, place);
        for (Expression node : spine) {
            endNode(node, place);
        }
    }

    private static Optional<Expression> leftOf(Expression expression) {
        return switch (expression) {
            case Expression.Field field -> Optional.of(field.target());
            case Expression.Filter filter -> Optional.of(filter.target());
            case Expression.Arithmetic arithmetic -> Optional.of(arithmetic.left());
            case Expression.Call call -> call.receiver();
            default -> Optional.empty();
        };
    }

    /** Writes the beginning of a node before its left part. */
    private void startNode(Expression expression) throws IOException {
        switch (expression) {
            case Expression.Field field -> output.startLookup(field.name());
            case Expression.Filter filter -> output.startApplication(Function.FILTER.spelling());
            case Expression.Arithmetic arithmetic ->
                output.startApplication(arithmetic.operator().symbol());
            case Expression.Call call -> output.startCall(call.name());
            default -> throw new IllegalArgumentException("nothing is on the left of " + expression);
        }
    }

    /** Writes the rest of a node after its left part. */
    private void endNode(Expression expression, WritingScope place) throws IOException {
        switch (expression) {
            case Expression.Field field -> json.writeEndObject();
            case Expression.Filter filter -> {
                itemExpression(filter.condition(), place);
                output.endApplication();
            }
            case Expression.Arithmetic arithmetic -> {
                expression(arithmetic.right(), place);
                output.endApplication();
            }
            case Expression.Call call -> arguments(call, place);
            default -> throw new IllegalArgumentException("nothing is on the left of " + expression);
        }
    }

    private void node(Expression expression, WritingScope place) throws IOException {
        switch (expression) {
            case Expression.Literal literal -> output.literal(literal.value());
            case Expression.ListLiteral list -> {
                output.start("literal");
                json.writeStringField("literalType", "List");
                json.writeFieldName("value");
                list(list, place);
                json.writeEndObject();
            }
            case Expression.ObjectLiteral object -> object(object, place);
            case Expression.Name name -> name(name.name(), place);
            case Expression.InputReference input -> output.parameter(input.position());
            case Expression.OuterItem item -> outerItem(item.levels(), place);
            case Expression.CurrentItem item -> currentItem(place);
            case Expression.ContextReference context -> {
                output.start("contextReference");
                json.writeStringField("schema", context.schema());
                json.writeEndObject();
            }
            case Expression.TimeReference time ->
                output.literal("Timestamp", time.word().word());
            case Expression.Field field -> throw new IllegalArgumentException("has a left part");
            case Expression.Filter filter -> throw new IllegalArgumentException("has a left part");
            case Expression.Call call -> {
                output.startCall(call.name());
                arguments(call, place);
            }
            case Expression.Not not -> application("not", List.of(not.operand()), place);
            case Expression.Negation negation -> negation(negation, place);
            case Expression.Arithmetic arithmetic -> throw new IllegalArgumentException("has a left part");
            case Expression.Comparison comparison ->
                application(comparison.operator().symbol(), List.of(comparison.left(), comparison.right()), place);
            case Expression.Membership membership ->
                application(
                        membership.negated() ? "notIn" : "in", List.of(membership.element(), membership.list()), place);
            case Expression.Like like -> application("like", List.of(like.text(), like.pattern()), place);
            case Expression.Occurs occurs -> times.occurs(occurs, place);
            case Expression.And and -> application("and", and.operands(), place);
            case Expression.Or or -> application("or", or.operands(), place);
            case Expression.If choice ->
                application("if", List.of(choice.test(), choice.then(), choice.otherwise()), place);
            case Expression.Let let -> {
                output.start("let");
                json.writeStringField("varName", let.name());
                json.writeFieldName("value");
                expression(let.value(), place);
                json.writeFieldName("body");
                expression(let.body(), place.with(let.name()));
                json.writeEndObject();
            }
            case Expression.Quantified quantified -> quantified(quantified, place);
            case Expression.Aggregation aggregation -> {
                output.start(aggregation.function().word());
                WritingScope inside = declarations(aggregation.declarations(), place);
                if (aggregation.value().isPresent()) {
                    json.writeFieldName("aggExpr");
                    expression(aggregation.value().get(), inside);
                }
                json.writeEndObject();
            }
            case Expression.Chain chain -> times.chain(chain, place);
            case Expression.Lambda lambda -> {
                output.startLambda(lambda.parameters().stream()
                        .map(Expression.Lambda.Parameter::name)
                        .toList());
                WritingScope inside = place;
                for (Expression.Lambda.Parameter parameter : lambda.parameters()) {
                    inside = inside.with(parameter.name());
                }
                json.writeFieldName("body");
                expression(lambda.body(), inside);
                json.writeEndObject();
            }
        }
    }

    // ---- Literals

    /** Writes scalars and lists of scalars as plain JSON, other items as nodes. */
    private void list(Expression.ListLiteral list, WritingScope place) throws IOException {
        json.writeStartArray();
        for (Expression item : list.items()) {
            switch (item) {
                case Expression.Literal literal -> output.scalar(literal.value());
                case Expression.ListLiteral nested -> list(nested, place);
                case Expression.Negation negation
                when negative(negation).isPresent() ->
                    output.scalar(negative(negation).get());
                default -> expression(item, place);
            }
        }
        json.writeEndArray();
    }

    private void negation(Expression.Negation negation, WritingScope place) throws IOException {
        Optional<Scalar> number = negative(negation);
        if (number.isPresent()) {
            output.literal(number.get());
        } else {
            application("-", List.of(negation.operand()), place);
        }
    }

    /** Returns a negative number, which an expression has as the negation of a positive one. */
    private static Optional<Scalar> negative(Expression.Negation negation) {
        if (negation.operand() instanceof Expression.Literal literal) {
            if (literal.value() instanceof Scalar.Int whole && whole.value() > 0) {
                return Optional.of(new Scalar.Int(-whole.value()));
            }
            if (literal.value() instanceof Scalar.Real real && real.value() > 0) {
                return Optional.of(new Scalar.Real(-real.value()));
            }
        }
        return Optional.empty();
    }

    private void object(Expression.ObjectLiteral object, WritingScope place) throws IOException {
        output.start("object");
        json.writeArrayFieldStart("entries");
        for (Expression.ObjectLiteral.Entry entry : object.entries()) {
            json.writeStartObject();
            json.writeStringField("key", entry.key());
            json.writeFieldName("value");
            expression(entry.value(), place);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    // ---- Names

    private void name(String name, WritingScope place) throws IOException {
        if (place.variables().contains(name)) {
            output.variable(name);
            return;
        }
        output.startLookup(name);
        if (place.items().isEmpty()) {
            output.parameter(1);
        } else {
            output.variable(place.items().getLast());
        }
        json.writeEndObject();
    }

    private void currentItem(WritingScope place) throws IOException {
        if (place.items().isEmpty()) {
            output.start("currentItem");
            json.writeEndObject();
        } else {
            output.variable(place.items().getLast());
        }
    }

    private void outerItem(int levels, WritingScope place) throws IOException {
        int scopes = place.items().size();
        if (levels < scopes) {
            output.variable(place.items().get(scopes - 1 - levels));
        } else if (levels == scopes) {
            output.parameter(1);
        } else {
            output.start("outerItem");
            json.writeNumberField("levels", levels);
            json.writeEndObject();
        }
    }

    // ---- Functions

    private void application(String name, List<Expression> parameters, WritingScope place) throws IOException {
        output.startApplication(name);
        for (Expression parameter : parameters) {
            expression(parameter, place);
        }
        output.endApplication();
    }

    private void arguments(Expression.Call call, WritingScope place) throws IOException {
        int position = call.receiver().isPresent() ? 1 : 0;
        int count = position + call.arguments().size();
        for (Expression argument : call.arguments()) {
            if (ItemExpressions.is(call.name(), position++, count)) {
                itemExpression(argument, place);
            } else {
                expression(argument, place);
            }
        }
        output.endApplication();
    }

    /**
     * Writes a lambda. If the expression has none, its variable is the implicit item, which the member
     * {@code implicit} marks.
     */
    private void itemExpression(Expression body, WritingScope place) throws IOException {
        if (body instanceof Expression.Lambda) {
            expression(body, place);
        } else {
            implicitItem(body, place);
        }
    }

    void implicitItem(Expression body, WritingScope place) throws IOException {
        String item = freshItem(place);
        output.startLambda(List.of(item));
        json.writeBooleanField("implicit", true);
        json.writeFieldName("body");
        expression(body, place.inItem(item));
        json.writeEndObject();
    }

    String freshItem(WritingScope place) {
        int number = 1;
        while (declared.contains("X" + number) || place.items().contains("X" + number)) {
            number++;
        }
        return "X" + number;
    }

    // ---- Quantifiers

    private void quantified(Expression.Quantified quantified, WritingScope place) throws IOException {
        output.start(quantified.quantifier().word());
        List<Declaration> declarations = quantified.declarations();
        Declaration last = declarations.getLast();
        // A `condition` turns every `where` into a filter, which `where` is not in text. So a `condition` is written
        // only when there is no other `where`.
        boolean onlyLast = quantified.quantifier() == Quantifier.FORALL
                && last.condition().isPresent()
                && declarations.stream().filter(d -> d.condition().isPresent()).count() == 1;
        if (onlyLast) {
            List<Declaration> bare = new ArrayList<>(declarations);
            bare.set(
                    bare.size() - 1,
                    new Declaration(last.name(), last.nameSpan(), last.range(), Optional.empty(), last.span()));
            WritingScope inside = declarations(bare, place);
            json.writeFieldName("condition");
            expression(last.condition().get(), inside);
        } else {
            declarations(declarations, place);
        }
        json.writeEndObject();
    }

    /** @return the scope in which all variables are visible */
    private WritingScope declarations(List<Declaration> declarations, WritingScope place) throws IOException {
        json.writeArrayFieldStart("variables");
        WritingScope inside = place;
        for (Declaration declaration : declarations) {
            output.start("varDecl");
            json.writeStringField("varName", declaration.name());
            json.writeFieldName("from");
            expression(declaration.range(), inside);
            inside = inside.with(declaration.name());
            if (declaration.condition().isPresent()) {
                json.writeFieldName("where");
                expression(declaration.condition().get(), inside);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        return inside;
    }
}
