package dev.pequel.pql.json;

import static dev.pequel.pql.json.NodeReader.missing;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.json.LocatedJson.Items;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads literal nodes. */
final class LiteralReader {

    private static final Pattern DAY = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");

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

    private final NodeReader nodes;
    private final NameReader names;
    private final ReadingDepth nesting;
    private final Limits limits;
    private final NodeValidator checks;

    LiteralReader(NodeReader nodes, NameReader names, ReadingDepth nesting, Limits limits, NodeValidator checks) {
        this.nodes = nodes;
        this.names = names;
        this.nesting = nesting;
        this.limits = limits;
        this.checks = checks;
    }

    Expression literal(Members node, ReadingScope scope) {
        Optional<LocatedJson> written = checks.optional(node, "value");
        if (checks.optional(node, "literalType").isEmpty() && written.isPresent()) {
            checks.onlyMembers(node, "nodeType", "literalType", "value");
            return ofJson(written.get(), node.span(), scope);
        }
        Optional<Text> type = checks.requiredText(node, "literalType");
        if (type.isEmpty()) {
            return missing(node.span());
        }
        String word = type.get().value().toLowerCase(Locale.ROOT);
        if (!word.equals("function") && !word.equals("timeinterval")) {
            checks.onlyMembers(node, "nodeType", "literalType", "value");
        }
        return switch (word) {
            case "null" -> {
                checks.optional(node, "value").ifPresent(value -> checks.wrongKind(value, "value", "null or absent"));
                yield new Expression.Literal(new Scalar.Null(), node.span());
            }
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
                        .map(schema -> names.schemaObject(schema, node.span()))
                        .orElseGet(() -> missing(node.span()));
            case "xdmfield", "field" ->
                checks.requiredName(node, "value")
                        .map(name -> names.itemField(name, node, scope))
                        .orElseGet(() -> missing(node.span()));
            case "comparison", "timedirection", "timeunit", "timeinterval", "function" -> {
                checks.report(
                        DiagnosticCode.INVALID_NODE,
                        "A literal of type `" + type.get().value() + "` is not a value and cannot be used here.",
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

    /**
     * Reads a value whose type follows from the JSON type, because published examples leave out {@code literalType}.
     */
    private Expression ofJson(LocatedJson value, Span span, ReadingScope scope) {
        return switch (value) {
            case Text text -> new Expression.Literal(new Scalar.Text(text.value()), span);
            case LocatedJson.Bool bool -> new Expression.Literal(new Scalar.Bool(bool.value()), span);
            case LocatedJson.Number number -> anyNumber(number, span);
            case LocatedJson.Null none -> missing(span);
            case Items items -> list(items, span, scope);
            case Members object -> {
                checks.wrongKind(object, "value", "a string, a number, a Boolean or an array");
                yield missing(span);
            }
        };
    }

    /** Returns a number. In expressions, a literal number has no sign (P7). */
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

    private Expression list(Items items, Span span, ReadingScope scope) {
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
                        case Members node -> nodes.expression(node, scope);
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

    private Expression nestedList(Items nested, ReadingScope scope) {
        if (!nesting.enter(1, 1, 1, nested.span())) {
            return missing(nested.span());
        }
        Expression list = list(nested, nested.span(), scope);
        nesting.leave(1, 1, 1);
        return list;
    }

    /** Reads {@code now}, a named day, a calendar day, or any other time in the formats of data. */
    private Expression time(LocatedJson json, Span span) {
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

    Expression object(Members node, ReadingScope scope) {
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
            Optional<Expression> value = checks.required(entry, "value").map(child -> nodes.expression(child, scope));
            if (key.isPresent() && value.isPresent()) {
                read.add(new Expression.ObjectLiteral.Entry(
                        key.get().value(), value.get(), key.get().span()));
            }
        }
        return new Expression.ObjectLiteral(read, node.span());
    }
}
