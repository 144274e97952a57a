package dev.pequel.pql.json;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.check.Suggestions;
import dev.pequel.pql.json.LocatedJson.Items;
import dev.pequel.pql.json.LocatedJson.Members;
import dev.pequel.pql.json.LocatedJson.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads members of nodes and reports those that are missing, of the wrong type or unknown. */
final class NodeValidator {

    /** Members that tools add for users or for their own purposes. */
    private static final Set<String> NOTES = Set.of(
            "$comment", "comment", "description", "displayName", "id", "label", "name", "note", "title", "uiState");

    private final List<Diagnostic> diagnostics = new ArrayList<>();

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    void report(DiagnosticCode code, String message, Span span) {
        diagnostics.add(Diagnostic.of(code, message, span));
    }

    /** Reports an unknown word, with the known word that it resembles. */
    void unknownWord(DiagnosticCode code, String message, Text word, List<String> known) {
        diagnostics.add(Suggestions.closest(word.value(), known)
                .map(suggestion -> Diagnostic.suggesting(code, message, word.span(), suggestion))
                .orElseGet(() -> Diagnostic.of(code, message, word.span())));
    }

    void wrongKind(LocatedJson json, String member, String wanted) {
        report(
                DiagnosticCode.INVALID_MEMBER,
                "`" + member + "` must be " + wanted + "; this is " + json.kind() + ".",
                json.span());
    }

    /**
     * Refuses members that nodes of this type do not have, because they may reverse or narrow the condition. Notes
     * for users are ignored, and so, with a warning, are members that are false or null, because they say that
     * something does not apply.
     */
    void onlyMembers(Members node, String... known) {
        List<String> names = List.of(known);
        node.members().forEach((name, value) -> {
            if (!names.contains(name)) {
                unknownMember(name, value, names);
            }
        });
    }

    private void unknownMember(String name, LocatedJson value, List<String> known) {
        String hint = Suggestions.closest(name, known)
                .map(similar -> " Did you mean `" + similar + "`?")
                .orElse("");
        String message = "A node of this kind has no member `" + name + "`";
        if (NOTES.contains(name) || isAbsent(value)) {
            report(DiagnosticCode.UNKNOWN_MEMBER, message + "; it is ignored." + hint, value.span());
        } else {
            report(
                    DiagnosticCode.UNSUPPORTED_MEMBER,
                    message + ", which may change what it means." + hint,
                    value.span());
        }
    }

    private static boolean isAbsent(LocatedJson value) {
        return value instanceof LocatedJson.Null || value instanceof LocatedJson.Bool(boolean flag, Span span) && !flag;
    }

    /**
     * Whether the node is of the expected type. Its position determines the type, so {@code nodeType} may be absent.
     */
    boolean isOfType(Members node, String type) {
        Optional<LocatedJson> given = optional(node, "nodeType");
        if (given.isEmpty() || given.get() instanceof Text text && text.value().equals(type)) {
            return true;
        }
        report(
                DiagnosticCode.INVALID_NODE,
                "Only a node of type `" + type + "` is allowed here.",
                given.get().span());
        return false;
    }

    /** Reads a Boolean member; false when absent. */
    boolean flag(Members node, String member) {
        Optional<LocatedJson> value = optional(node, member);
        if (value.isPresent() && !(value.get() instanceof LocatedJson.Bool)) {
            wrongKind(value.get(), member, "a Boolean");
        }
        return value.isPresent() && value.get() instanceof LocatedJson.Bool(boolean flag, Span span) && flag;
    }

    /** Returns a member; empty when it is absent or JSON's null. */
    Optional<LocatedJson> optional(Members node, String member) {
        return Optional.ofNullable(node.members().get(member)).filter(value -> !(value instanceof LocatedJson.Null));
    }

    Optional<LocatedJson> required(Members node, String member) {
        Optional<LocatedJson> value = optional(node, member);
        if (value.isEmpty()) {
            report(DiagnosticCode.MISSING_MEMBER, "The member `" + member + "` is missing here.", node.span());
        }
        return value;
    }

    Optional<Text> requiredText(Members node, String member) {
        return required(node, member).flatMap(value -> text(value, member));
    }

    Optional<Text> text(LocatedJson value, String member) {
        if (!(value instanceof Text text)) {
            wrongKind(value, member, "a string");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    Optional<Text> requiredName(Members node, String member) {
        return required(node, member).flatMap(value -> name(value, member));
    }

    /** Reads a string that is valid as a name in an expression. */
    Optional<Text> name(LocatedJson value, String member) {
        Optional<Text> text = text(value, member);
        if (text.filter(name -> isName(name.value())).isPresent()) {
            return text;
        }
        text.ifPresent(name ->
                report(DiagnosticCode.INVALID_MEMBER, "A name must not be empty or contain line breaks.", name.span()));
        return Optional.empty();
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    }

    Optional<Items> requiredItems(Members node, String member) {
        return required(node, member).flatMap(value -> {
            if (value instanceof Items items) {
                return Optional.of(items);
            }
            wrongKind(value, member, "an array");
            return Optional.empty();
        });
    }

    Optional<Long> requiredWhole(Members node, String member, long minimum, long maximum) {
        return required(node, member).flatMap(value -> whole(value, member, minimum, maximum));
    }

    /** Reads a whole number, given as a number, as a string of digits, or as a literal node of type Integer. */
    Optional<Long> whole(LocatedJson json, String member, long minimum, long maximum) {
        if (json instanceof Members literal && isWhole(literal)) {
            onlyMembers(literal, "nodeType", "literalType", "value");
            if (!isOfType(literal, "literal")) {
                return Optional.empty();
            }
            return required(literal, "value").flatMap(value -> whole(value, "value", minimum, maximum));
        }
        Optional<String> digits = switch (json) {
            case LocatedJson.Number number -> Optional.of(number.text());
            case Text text -> Optional.of(text.value());
            default -> Optional.empty();
        };
        if (digits.isEmpty()) {
            wrongKind(json, member, "a whole number");
            return Optional.empty();
        }
        try {
            // A JSON number such as 5.0 is whole; a string has only digits.
            long value = json instanceof LocatedJson.Number number && !number.integral()
                    ? new BigDecimal(digits.get()).longValueExact()
                    : Long.parseLong(digits.get());
            if (value >= minimum && value <= maximum) {
                return Optional.of(value);
            }
        } catch (ArithmeticException | NumberFormatException notWhole) {
            report(
                    DiagnosticCode.INVALID_MEMBER,
                    "`" + member + "` must be a whole number that fits 64 bits.",
                    json.span());
            return Optional.empty();
        }
        report(
                DiagnosticCode.INVALID_MEMBER,
                "`" + member + "` must be from " + minimum + " to " + maximum + ".",
                json.span());
        return Optional.empty();
    }

    /** Whether the literal is of type Integer or has no type. */
    private boolean isWhole(Members literal) {
        Optional<LocatedJson> type = optional(literal, "literalType");
        return type.isEmpty() && NodeKind.nodeType(literal).equals("literal")
                || type.isPresent()
                        && type.get() instanceof Text text
                        && text.value().equalsIgnoreCase("integer");
    }

    Optional<Double> real(LocatedJson json) {
        Optional<String> digits = switch (json) {
            case LocatedJson.Number number -> Optional.of(number.text());
            // Java also parses "NaN" and "1d", which are not numbers here.
            case Text text
            when !text.value().isEmpty() && text.value().chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0) ->
                Optional.of(text.value());
            default -> Optional.empty();
        };
        if (digits.isPresent()) {
            try {
                double value = Double.parseDouble(digits.get());
                if (Double.isFinite(value)) {
                    return Optional.of(value);
                }
            } catch (NumberFormatException notANumber) {
                // Reported below, like every other value that is not a number.
            }
        }
        report(DiagnosticCode.INVALID_MEMBER, "`value` must be a number.", json.span());
        return Optional.empty();
    }

    /** Reads a Boolean, which the 2018 dialect writes as a string. */
    Optional<Boolean> bool(LocatedJson json) {
        return switch (json) {
            case LocatedJson.Bool bool -> Optional.of(bool.value());
            case Text text when text.value().equalsIgnoreCase("true") -> Optional.of(true);
            case Text text when text.value().equalsIgnoreCase("false") -> Optional.of(false);
            default -> {
                wrongKind(json, "value", "a Boolean");
                yield Optional.empty();
            }
        };
    }

    /**
     * Whether a function has an allowed number of parameters; reports it otherwise.
     *
     * @param place the span of the parameters
     */
    boolean arity(Text function, List<Expression> parameters, int minimum, int maximum, Span place) {
        int count = parameters.size();
        if (count >= minimum && count <= maximum) {
            return true;
        }
        String wanted = minimum == maximum ? Integer.toString(minimum) : "at least " + minimum;
        report(
                DiagnosticCode.WRONG_ARITY,
                "`" + function.value() + "` takes " + wanted + (wanted.equals("1") ? " parameter" : " parameters")
                        + ", not " + count + ".",
                place);
        return false;
    }
}
