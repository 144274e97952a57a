package dev.pequel.pql.json;

import static dev.pequel.pql.json.NodeReader.missing;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads references to inputs, fields, variables, items, and schemas. */
final class NameReader {

    /** Schemas of the profile and of its experience events, by the last segment of their identifiers. */
    private static final Pattern PROFILE_SCHEMA = Pattern.compile("(?:.*[/.])?profile", Pattern.CASE_INSENSITIVE);

    private static final Pattern EVENT_SCHEMA =
            Pattern.compile("(?:.*[/.])?experience-?event", Pattern.CASE_INSENSITIVE);

    private final NodeValidator checks;

    NameReader(NodeValidator checks) {
        this.checks = checks;
    }

    Expression parameterReference(Members node) {
        checks.onlyMembers(node, "nodeType", "position");
        return checks.requiredWhole(node, "position", 1, Integer.MAX_VALUE)
                .<Expression>map(position -> new Expression.InputReference(position.intValue(), node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    Expression pathReference(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "fieldName");
        return checks.requiredName(node, "fieldName")
                .map(name -> itemField(name, node, scope))
                .orElseGet(() -> missing(node.span()));
    }

    /** Reads a lookup without {@code object}: a field of the current item. */
    Expression itemLookup(Members node, ReadingScope scope) {
        return lookup(node, item(node.span(), scope), scope);
    }

    Expression lookup(Members node, Expression target, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "fieldName", "object");
        return checks.requiredName(node, "fieldName")
                .map(name -> field(target, name, node, scope))
                .orElseGet(() -> missing(node.span()));
    }

    /** Returns a field of the current item or, outside of all items, of the first input. In text it is a bare name. */
    static Expression itemField(Text name, Members node, ReadingScope scope) {
        return field(item(node.span(), scope), name, node, scope);
    }

    private static Expression item(Span span, ReadingScope scope) {
        return scope.depth() == 0 ? new Expression.InputReference(1, span) : new Expression.CurrentItem(span);
    }

    private static Expression field(Expression target, Text name, Members node, ReadingScope scope) {
        boolean ofItem = scope.depth() == 0
                ? target instanceof Expression.InputReference input && input.position() == 1
                : target instanceof Expression.CurrentItem;
        return ofItem && !scope.hides(name.value())
                ? new Expression.Name(name.value(), node.span())
                : new Expression.Field(target, name.value(), name.span(), node.span());
    }

    Expression variableReference(Members node, ReadingScope scope) {
        checks.onlyMembers(node, "nodeType", "varName");
        Optional<Text> variable = checks.requiredName(node, "varName");
        if (variable.isEmpty()) {
            return missing(node.span());
        }
        String name = variable.get().value();
        Optional<ReadingScope.Binding> binding = scope.find(name);
        if (binding.isEmpty()) {
            // The 2018 dialect has this name for the implicit item, unless a variable has it.
            if (name.equals("_")) {
                return item(node.span(), scope);
            }
            checks.unknownWord(
                    DiagnosticCode.UNKNOWN_VARIABLE,
                    "No variable `" + name + "` is in scope here.",
                    variable.get(),
                    scope.variables());
            return missing(node.span());
        }
        return switch (binding.get()) {
            case ReadingScope.Binding.Local local -> new Expression.Name(local.name(), node.span());
            case ReadingScope.Binding.Item item ->
                item.level() == scope.depth()
                        ? new Expression.CurrentItem(node.span())
                        : new Expression.OuterItem(scope.depth() - item.level(), node.span());
        };
    }

    Expression currentItem(Members node) {
        checks.onlyMembers(node, "nodeType");
        return new Expression.CurrentItem(node.span());
    }

    Expression outerItem(Members node) {
        checks.onlyMembers(node, "nodeType", "levels");
        return checks.requiredWhole(node, "levels", 1, Integer.MAX_VALUE)
                .<Expression>map(levels -> new Expression.OuterItem(levels.intValue(), node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    Expression contextReference(Members node) {
        checks.onlyMembers(node, "nodeType", "schema");
        return checks.requiredText(node, "schema")
                .map(schema -> context(schema.value(), schema.span(), node.span()))
                .orElseGet(() -> missing(node.span()));
    }

    /** Returns the profile, or the object of a schema that is passed with the request. */
    Expression schemaObject(Text schema, Span span) {
        return PROFILE_SCHEMA.matcher(schema.value()).matches()
                ? new Expression.InputReference(1, span)
                : context(schema.value(), schema.span(), span);
    }

    /**
     * Returns the instances of a schema. The profile is the only instance of its schema, its experience events are
     * those of theirs, and instances of other schemas are passed with the request.
     */
    Expression instances(Expression argument, Span span) {
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
                    "A schema identifier must not be empty or contain braces or line breaks.",
                    schemaSpan);
            return missing(span);
        }
        return new Expression.ContextReference(schema, span);
    }
}
