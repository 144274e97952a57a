package dev.pequel.pql.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expression.Declaration;
import dev.pequel.pql.ast.Expression.Quantifier;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeTest;
import dev.pequel.pql.type.Function;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One writing of one expression. */
final class NodeWriting {

    private final JsonGenerator json;
    private final Set<String> declared;

    /** @param declared the variables of the expression; implicit items get other names */
    NodeWriting(JsonGenerator json, Set<String> declared) {
        this.json = json;
        this.declared = declared;
    }

    /**
     * Where in the expression: the variables that are visible, and the names given to the implicit items, outermost first.
     */
    record Place(List<String> variables, List<String> items) {

        static final Place ROOT = new Place(List.of(), List.of());

        Place with(String variable) {
            return new Place(added(variables, variable), items);
        }

        private Place inItem(String name) {
            return new Place(variables, added(items, name));
        }

        private static List<String> added(List<String> names, String name) {
            List<String> more = new ArrayList<>(names);
            more.add(name);
            return more;
        }
    }

    /** Writes a node. What stands on the left in text is written in a loop, because such nodes pile up. */
    void expression(Expression expression, Place place) throws IOException {
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

    /** Writes a node up to its left part. */
    private void startNode(Expression expression) throws IOException {
        switch (expression) {
            case Expression.Field field -> startLookup(field.name());
            case Expression.Filter filter -> startApplication(Function.FILTER.spelling());
            case Expression.Arithmetic arithmetic ->
                startApplication(arithmetic.operator().symbol());
            case Expression.Call call -> startCall(call.name());
            default -> throw new IllegalArgumentException("nothing is on the left of " + expression);
        }
    }

    /** Writes the rest of a node after its left part. */
    private void endNode(Expression expression, Place place) throws IOException {
        switch (expression) {
            case Expression.Field field -> json.writeEndObject();
            case Expression.Filter filter -> {
                itemExpression(filter.condition(), place);
                endApplication();
            }
            case Expression.Arithmetic arithmetic -> {
                expression(arithmetic.right(), place);
                endApplication();
            }
            case Expression.Call call -> arguments(call, place);
            default -> throw new IllegalArgumentException("nothing is on the left of " + expression);
        }
    }

    private void node(Expression expression, Place place) throws IOException {
        switch (expression) {
            case Expression.Literal literal -> literal(literal.value());
            case Expression.ListLiteral list -> {
                start("literal");
                json.writeStringField("literalType", "List");
                json.writeFieldName("value");
                list(list, place);
                json.writeEndObject();
            }
            case Expression.ObjectLiteral object -> object(object, place);
            case Expression.Name name -> name(name.name(), place);
            case Expression.InputReference input -> parameter(input.position());
            case Expression.OuterItem item -> outerItem(item.levels(), place);
            case Expression.CurrentItem item -> currentItem(place);
            case Expression.ContextReference context -> {
                start("contextReference");
                json.writeStringField("schema", context.schema());
                json.writeEndObject();
            }
            case Expression.TimeReference time ->
                literal("Timestamp", time.word().word());
            case Expression.Field field -> throw new IllegalArgumentException("has a left part");
            case Expression.Filter filter -> throw new IllegalArgumentException("has a left part");
            case Expression.Call call -> {
                startCall(call.name());
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
            case Expression.Occurs occurs -> {
                start("occurs");
                json.writeFieldName("timestamp");
                expression(occurs.timestamp(), place);
                timeTest(occurs.test(), place);
                json.writeEndObject();
            }
            case Expression.And and -> application("and", and.operands(), place);
            case Expression.Or or -> application("or", or.operands(), place);
            case Expression.If choice ->
                application("if", List.of(choice.test(), choice.then(), choice.otherwise()), place);
            case Expression.Let let -> {
                start("let");
                json.writeStringField("varName", let.name());
                json.writeFieldName("value");
                expression(let.value(), place);
                json.writeFieldName("body");
                expression(let.body(), place.with(let.name()));
                json.writeEndObject();
            }
            case Expression.Quantified quantified -> quantified(quantified, place);
            case Expression.Aggregation aggregation -> {
                start(aggregation.function().word());
                Place inside = declarations(aggregation.declarations(), place);
                if (aggregation.value().isPresent()) {
                    json.writeFieldName("aggExpr");
                    expression(aggregation.value().get(), inside);
                }
                json.writeEndObject();
            }
            case Expression.Chain chain -> chain(chain, place);
            case Expression.Lambda lambda -> {
                startLambda(lambda.parameters().stream()
                        .map(Expression.Lambda.Parameter::name)
                        .toList());
                Place inside = place;
                for (Expression.Lambda.Parameter parameter : lambda.parameters()) {
                    inside = inside.with(parameter.name());
                }
                json.writeFieldName("body");
                expression(lambda.body(), inside);
                json.writeEndObject();
            }
        }
    }

    private void start(String nodeType) throws IOException {
        json.writeStartObject();
        json.writeStringField("nodeType", nodeType);
    }

    // ---- Literals

    private void literal(Scalar value) throws IOException {
        start("literal");
        switch (value) {
            case Scalar.Null none -> {
                json.writeStringField("literalType", "Null");
                json.writeNullField("value");
            }
            case Scalar.Bool bool -> {
                json.writeStringField("literalType", "Boolean");
                json.writeBooleanField("value", bool.value());
            }
            case Scalar.Int whole -> {
                json.writeStringField("literalType", "Integer");
                json.writeNumberField("value", whole.value());
            }
            case Scalar.Real real -> {
                json.writeStringField("literalType", "Double");
                json.writeNumberField("value", real.value());
            }
            case Scalar.Text text -> {
                json.writeStringField("literalType", "String");
                json.writeStringField("value", text.value());
            }
        }
        json.writeEndObject();
    }

    private void literal(String literalType, String value) throws IOException {
        start("literal");
        json.writeStringField("literalType", literalType);
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    /** Scalars and lists of scalars as they are in JSON, everything else as a node. */
    private void list(Expression.ListLiteral list, Place place) throws IOException {
        json.writeStartArray();
        for (Expression item : list.items()) {
            switch (item) {
                case Expression.Literal literal -> scalar(literal.value());
                case Expression.ListLiteral nested -> list(nested, place);
                case Expression.Negation negation
                when negative(negation).isPresent() -> scalar(negative(negation).get());
                default -> expression(item, place);
            }
        }
        json.writeEndArray();
    }

    private void scalar(Scalar value) throws IOException {
        switch (value) {
            case Scalar.Null none -> json.writeNull();
            case Scalar.Bool bool -> json.writeBoolean(bool.value());
            case Scalar.Int whole -> json.writeNumber(whole.value());
            case Scalar.Real real -> json.writeNumber(real.value());
            case Scalar.Text text -> json.writeString(text.value());
        }
    }

    private void negation(Expression.Negation negation, Place place) throws IOException {
        Optional<Scalar> number = negative(negation);
        if (number.isPresent()) {
            literal(number.get());
        } else {
            application("-", List.of(negation.operand()), place);
        }
    }

    /** A negative number, which the expression has as the negation of a positive one. */
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

    private void object(Expression.ObjectLiteral object, Place place) throws IOException {
        start("object");
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

    private void name(String name, Place place) throws IOException {
        if (place.variables().contains(name)) {
            variable(name);
            return;
        }
        startLookup(name);
        if (place.items().isEmpty()) {
            parameter(1);
        } else {
            variable(place.items().getLast());
        }
        json.writeEndObject();
    }

    private void startLookup(String fieldName) throws IOException {
        start("fieldLookup");
        json.writeStringField("fieldName", fieldName);
        json.writeFieldName("object");
    }

    private void variable(String name) throws IOException {
        start("varRef");
        json.writeStringField("varName", name);
        json.writeEndObject();
    }

    private void parameter(int position) throws IOException {
        start("parameterReference");
        json.writeNumberField("position", position);
        json.writeEndObject();
    }

    private void currentItem(Place place) throws IOException {
        if (place.items().isEmpty()) {
            start("currentItem");
            json.writeEndObject();
        } else {
            variable(place.items().getLast());
        }
    }

    private void outerItem(int levels, Place place) throws IOException {
        int scopes = place.items().size();
        if (levels < scopes) {
            variable(place.items().get(scopes - 1 - levels));
        } else if (levels == scopes) {
            parameter(1);
        } else {
            start("outerItem");
            json.writeNumberField("levels", levels);
            json.writeEndObject();
        }
    }

    // ---- Functions

    private void application(String name, List<Expression> parameters, Place place) throws IOException {
        startApplication(name);
        for (Expression parameter : parameters) {
            expression(parameter, place);
        }
        endApplication();
    }

    private void startApplication(String name) throws IOException {
        start("fnApply");
        json.writeStringField("fnName", name);
        json.writeArrayFieldStart("params");
    }

    private void endApplication() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Words that {@code fnName} has for something else than a function of that name. */
    private static final Set<String> OPERATORS = Set.of(
            "and",
            "AND",
            "or",
            "OR",
            "not",
            "NOT",
            "in",
            "IN",
            "notIn",
            "notin",
            "NOTIN",
            "like",
            "LIKE",
            "if",
            "IF",
            "modelInstances",
            "notEquals",
            "notEqualsTo");

    private void startCall(String name) throws IOException {
        start("fnApply");
        json.writeStringField("fnName", name);
        if (OPERATORS.contains(name)) {
            json.writeBooleanField("call", true);
        }
        json.writeArrayFieldStart("params");
    }

    private void arguments(Expression.Call call, Place place) throws IOException {
        int position = call.receiver().isPresent() ? 1 : 0;
        int count = position + call.arguments().size();
        for (Expression argument : call.arguments()) {
            if (ItemExpressions.is(call.name(), position++, count)) {
                itemExpression(argument, place);
            } else {
                expression(argument, place);
            }
        }
        endApplication();
    }

    /** A lambda; where none was written, its variable is the implicit item, and the member {@code implicit} says so. */
    private void itemExpression(Expression body, Place place) throws IOException {
        if (body instanceof Expression.Lambda) {
            expression(body, place);
        } else {
            implicitItem(body, place);
        }
    }

    private void implicitItem(Expression body, Place place) throws IOException {
        String item = freshItem(place);
        startLambda(List.of(item));
        json.writeBooleanField("implicit", true);
        json.writeFieldName("body");
        expression(body, place.inItem(item));
        json.writeEndObject();
    }

    private void startLambda(List<String> variables) throws IOException {
        start("lambda");
        json.writeArrayFieldStart("varNames");
        for (String variable : variables) {
            json.writeString(variable);
        }
        json.writeEndArray();
    }

    private String freshItem(Place place) {
        int number = 1;
        while (declared.contains("X" + number) || place.items().contains("X" + number)) {
            number++;
        }
        return "X" + number;
    }

    // ---- Quantifiers

    private void quantified(Expression.Quantified quantified, Place place) throws IOException {
        start(quantified.quantifier().word());
        List<Declaration> declarations = quantified.declarations();
        Declaration last = declarations.getLast();
        // A `condition` makes every `where` a filter, which it is not in text; so it stands only where there is no
        // `where`.
        boolean onlyLast = quantified.quantifier() == Quantifier.FORALL
                && last.condition().isPresent()
                && declarations.stream().filter(d -> d.condition().isPresent()).count() == 1;
        if (onlyLast) {
            List<Declaration> bare = new ArrayList<>(declarations);
            bare.set(
                    bare.size() - 1,
                    new Declaration(last.name(), last.nameSpan(), last.range(), Optional.empty(), last.span()));
            Place inside = declarations(bare, place);
            json.writeFieldName("condition");
            expression(last.condition().get(), inside);
        } else {
            declarations(declarations, place);
        }
        json.writeEndObject();
    }

    /** @return the place in which all variables are visible */
    private Place declarations(List<Declaration> declarations, Place place) throws IOException {
        json.writeArrayFieldStart("variables");
        Place inside = place;
        for (Declaration declaration : declarations) {
            start("varDecl");
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

    // ---- Times

    private void timeTest(TimeTest test, Place place) throws IOException {
        switch (test) {
            case TimeTest.Within within -> {
                json.writeFieldName("timeinterval");
                time(within.anchor(), place);
                relation(within.direction().word());
                json.writeFieldName("qualification");
                start("timeQualification");
                json.writeFieldName("duration");
                start("duration");
                json.writeFieldName("count");
                literal(new Scalar.Int(within.count()));
                json.writeFieldName("unit");
                literal("TimeUnit", within.unit().singular());
                json.writeEndObject();
                json.writeFieldName("comparison");
                literal("Comparison", within.operator().symbol());
                json.writeEndObject();
            }
            case TimeTest.Side side -> {
                json.writeFieldName("timeinterval");
                time(side.anchor(), place);
                relation(side.direction().word());
            }
            case TimeTest.On on -> {
                json.writeFieldName("timeinterval");
                time(on.time(), place);
                relation("on");
            }
            case TimeTest.Between between -> {
                json.writeFieldName("timeinterval");
                start("range");
                json.writeFieldName("start");
                time(between.from(), place);
                json.writeFieldName("end");
                time(between.to(), place);
                json.writeEndObject();
                relation("between");
            }
        }
    }

    private void relation(String word) throws IOException {
        json.writeFieldName("relation");
        literal("TimeDirection", word);
    }

    private void time(TimeTest.Time time, Place place) throws IOException {
        switch (time) {
            case TimeTest.Time.Period period -> {
                start("literal");
                json.writeStringField("literalType", "TimeInterval");
                json.writeStringField("relation", period.period().word());
                json.writeStringField("unit", period.unit().singular());
                json.writeEndObject();
            }
            case TimeTest.Time.Value value -> expression(value.expression(), place);
        }
    }

    private void chain(Expression.Chain chain, Place place) throws IOException {
        start("chain");
        json.writeFieldName("array");
        expression(chain.list(), place);
        json.writeFieldName("timestampField");
        String item = freshItem(place);
        startLambda(List.of(item));
        json.writeFieldName("body");
        startLookup(chain.timestampField());
        variable(item);
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("elements");
        for (Expression.Chain.Link link : chain.links()) {
            json.writeStartObject();
            json.writeStringField("label", link.label());
            json.writeFieldName("what");
            implicitItem(link.condition(), place);
            if (link.when().isPresent()) {
                json.writeFieldName("when");
                start("occurs");
                timeTest(link.when().get(), place);
                json.writeEndObject();
            }
            if (link.count().isPresent()) {
                json.writeNumberField("count", link.count().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
