package dev.pequel.pql.check;

import static dev.pequel.pql.DiagnosticCode.NOT_BOOLEAN;

import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.MessageWords;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Typed;
import dev.pequel.pql.type.Type;

/** Reports conditions that can be converted to Booleans (P16) but are most likely mistakes. */
final class ConditionChecks {

    private ConditionChecks() {}

    /**
     * Reports a segment whose value is a computed number, string or timestamp. It would be true for nearly every
     * profile; most likely a comparison is missing.
     */
    static void segment(Typed typed, CheckDiagnostics findings) {
        Type type = typed.type();
        boolean isValue = type.isNumber()
                || type.equals(Type.STRING)
                || type.equals(Type.TIMESTAMP)
                || type.equals(Type.NULL)
                || typed.term() instanceof Term.Aggregation;
        if (isValue && !isReference(typed.term())) {
            String what = type.equals(Type.ANY) ? "a number or timestamp" : MessageWords.type(type);
            findings.report(
                    NOT_BOOLEAN,
                    "A segment must be a condition, but this is " + what + ": compare it with a value.",
                    typed.span());
        }
        condition(typed, findings);
    }

    /** Reports an object or list literal. It does not depend on the profile; most likely it is data or a tree. */
    static void condition(Typed typed, CheckDiagnostics findings) {
        if (isWritten(typed.term())) {
            String hint = isTree(typed.source()) ? " To send a tree, set `format` to `pql/json`." : "";
            findings.report(
                    NOT_BOOLEAN,
                    "A condition is needed here, but this is " + MessageWords.type(typed.type())
                            + " with the same value for every profile." + hint,
                    typed.span());
        }
    }

    private static boolean isWritten(Term term) {
        return switch (term) {
            case Term.ObjectOf object -> true;
            case Term.ListOf list -> true;
            case Term.Let let ->
                isWritten(
                        let.body() instanceof Term.Variable(int slot) && slot == let.slot() ? let.value() : let.body());
            case Term.If choice -> isWritten(choice.then()) || isWritten(choice.otherwise());
            default -> false;
        };
    }

    private static boolean isTree(Expression expression) {
        return expression instanceof Expression.ObjectLiteral object
                && object.entries().stream().anyMatch(entry -> entry.key().equals("nodeType"));
    }

    /** Whether the term is data of the profile without computation, which as a condition asks whether it is present. */
    private static boolean isReference(Term term) {
        return switch (term) {
            case Term.Field field -> true;
            case Term.ToTimestamp conversion -> isReference(conversion.operand());
            case Term.MembershipStatus status -> true;
            case Term.Call call -> call.function() == Function.GET;
            default -> false;
        };
    }
}
