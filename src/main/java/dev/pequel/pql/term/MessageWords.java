package dev.pequel.pql.term;

import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.type.Type;
import java.util.Optional;

/** Wordings of types and expressions for messages. */
public final class MessageWords {

    private static final int LONGEST_QUOTE = 60;

    private MessageWords() {}

    /** Returns a wording such as {@code a string}. */
    public static String type(Type type) {
        return switch (type) {
            case Type.Any any -> "a value of unknown type";
            case Type.Null none -> "`null`";
            case Type.Primitive primitive -> primitive(primitive, false);
            case Type.ListOf list -> "a list" + of(list.element());
            case Type.MapOf map -> "a map" + of(map.value());
            case Type.ObjectOf object -> "an object";
            case Type.GroupsOf groups -> "the groups of `groupBy`";
            case Type.Tuple tuple -> "a tuple";
        };
    }

    private static String of(Type element) {
        return switch (element) {
            case Type.Any any -> "";
            case Type.Null none -> "";
            case Type.Primitive primitive -> " of " + primitive(primitive, true);
            case Type.ListOf list -> " of lists";
            case Type.MapOf map -> " of maps";
            case Type.ObjectOf object -> " of objects";
            case Type.GroupsOf groups -> " of groups";
            case Type.Tuple tuple -> " of tuples";
        };
    }

    private static String primitive(Type.Primitive type, boolean plural) {
        String s = plural ? "s" : "";
        if (type.equals(Type.BOOLEAN)) {
            return plural ? "Booleans" : "a Boolean";
        }
        if (type.equals(Type.STRING)) {
            return plural ? "strings" : "a string";
        }
        if (type.equals(Type.TIMESTAMP)) {
            return plural ? "timestamps" : "a timestamp";
        }
        return plural ? "numbers" : "a number";
    }

    /** Returns a hint on how to get a single value from an object, map or list; empty for single values. */
    public static String insideHint(Type type) {
        return switch (type) {
            case Type.ObjectOf object -> ": name one of its fields";
            case Type.MapOf map -> ": take one of its values with `get`";
            case Type.ListOf list -> "; `exists(...)` tests its items one by one";
            default -> "";
        };
    }

    /**
     * Returns the subject of a sentence: the expression as written when it is short and simple, otherwise
     * {@code this}.
     */
    public static String subject(Expression expression) {
        return quote(expression).map(text -> "`" + text + "`").orElse("this");
    }

    private static Optional<String> quote(Expression expression) {
        StringBuilder text = new StringBuilder();
        return write(expression, text) && text.length() <= LONGEST_QUOTE
                ? Optional.of(text.toString())
                : Optional.empty();
    }

    private static boolean write(Expression expression, StringBuilder text) {
        if (text.length() > LONGEST_QUOTE) {
            return false;
        }
        switch (expression) {
            case Expression.Name name -> text.append(name.name());
            case Expression.CurrentItem item -> text.append("this");
            case Expression.OuterItem outer -> text.append("^".repeat(Math.min(outer.levels(), LONGEST_QUOTE)));
            case Expression.InputReference input -> text.append('$').append(input.position());
            case Expression.TimeReference time -> text.append(time.word().word());
            case Expression.Literal literal -> text.append(literal(literal.value()));
            case Expression.Field field -> {
                return write(field.target(), text)
                        && text.append('.').append(field.name()).length() > 0;
            }
            case Expression.Call call -> {
                if (call.receiver().isPresent()) {
                    if (!write(call.receiver().get(), text)) {
                        return false;
                    }
                    text.append('.');
                }
                text.append(call.name()).append(call.arguments().isEmpty() ? "()" : "(...)");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    public static String literal(Scalar value) {
        return switch (value) {
            case Scalar.Null none -> "null";
            case Scalar.Bool bool -> Boolean.toString(bool.value());
            case Scalar.Int whole -> Long.toString(whole.value());
            case Scalar.Real real -> Double.toString(real.value());
            case Scalar.Text text -> '"' + text.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        };
    }
}
