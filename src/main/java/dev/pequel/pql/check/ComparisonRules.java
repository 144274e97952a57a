package dev.pequel.pql.check;

import static dev.pequel.pql.DiagnosticCode.DAY_AS_INSTANT;
import static dev.pequel.pql.DiagnosticCode.NOT_A_LIST;
import static dev.pequel.pql.DiagnosticCode.NOT_COMPARABLE;
import static dev.pequel.pql.DiagnosticCode.OBJECT_AS_VALUE;
import static dev.pequel.pql.DiagnosticCode.TYPE_MISMATCH;
import static dev.pequel.pql.DiagnosticCode.UNKNOWN_AS_INSTANT;

import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.Conversions;
import dev.pequel.pql.term.MessageWords;
import dev.pequel.pql.term.Path;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Typed;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.TypeRules;
import dev.pequel.pql.type.TypeRules.Fit;
import java.util.List;
import java.util.Optional;

/** Checks comparisons and {@code in} (sections "Comparison" and "Lists" of the language page). */
final class ComparisonRules {

    private final CheckDiagnostics findings;
    private final boolean lenient;

    ComparisonRules(CheckDiagnostics findings, boolean lenient) {
        this.findings = findings;
        this.lenient = lenient;
    }

    private record Pair(Typed left, Typed right) {}

    /**
     * Converts literals to the type of the other side, and values of unknown type to timestamps where the other side
     * is one.
     */
    private static Pair reconciled(Typed left, Typed right) {
        Typed newRight = Conversions.literalTo(right, TypeRules.innermost(left.type()));
        Typed newLeft = Conversions.literalTo(left, TypeRules.innermost(newRight.type()));
        if (TypeRules.innermost(newLeft.type()).equals(Type.TIMESTAMP)) {
            newRight = Conversions.toTimestamp(newRight);
        } else if (TypeRules.innermost(newRight.type()).equals(Type.TIMESTAMP)) {
            newLeft = Conversions.toTimestamp(newLeft);
        }
        return new Pair(newLeft, newRight);
    }

    Typed comparison(Expression.Comparison source, Typed writtenLeft, Typed writtenRight) {
        Pair pair = reconciled(instantBeside(writtenLeft, writtenRight), instantBeside(writtenRight, writtenLeft));
        Typed left = pair.left();
        Typed right = pair.right();
        Fit fit = source.operator().isOrder()
                ? TypeRules.order(left.type(), right.type())
                : TypeRules.equality(left.type(), right.type());
        switch (fit) {
            case FITS -> warnOfDay(source, left, right);
            case SOME_ITEM -> findings.someItemDecides(left.type() instanceof ListOf ? left : right);
            case OBJECT_AND_VALUE ->
                objectAsValue(TypeRules.isObjectLike(TypeRules.innermost(left.type())) ? left : right);
            case DIFFERS -> differs(left, right);
            case UNORDERED -> unordered(source.operator().symbol(), left, right);
        }
        return Typed.computed(new Term.Comparison(source.operator(), left.term(), right.term()), Type.BOOLEAN, source);
    }

    /**
     * Converts a string that is a point in time to a timestamp where the type of the other side is unknown. Two texts
     * of the same moment with different offsets are then equal.
     */
    private Typed instantBeside(Typed literal, Typed other) {
        boolean isUnknown =
                TypeRules.innermost(other.type()).equals(Type.ANY) && !(other.term() instanceof Term.Constant);
        if (!isUnknown || !Conversions.isPointInTime(literal)) {
            return literal;
        }
        findings.report(
                UNKNOWN_AS_INSTANT,
                "The type of " + MessageWords.subject(other.source())
                        + " is unknown: it is compared as a timestamp, and a value that is not one counts as missing.",
                other.span());
        return Conversions.literalTo(literal, Type.TIMESTAMP);
    }

    private void warnOfDay(Expression.Comparison source, Typed left, Typed right) {
        if (source.operator().isOrder()) {
            return;
        }
        Typed day = isDay(left.term()) ? left : right;
        Typed other = day == left ? right : left;
        if (isDay(day.term()) && !isDay(other.term()) && other.type().equals(Type.TIMESTAMP)) {
            findings.report(
                    DAY_AS_INSTANT,
                    "`" + source.operator().symbol() + "` compares with the first instant of the day;"
                            + " `occurs` tests whether a timestamp falls on a day.",
                    source.span());
        }
    }

    private static boolean isDay(Term term) {
        return term instanceof Term.Day || term instanceof Term.Moment moment && moment.word() != TimeWord.NOW;
    }

    /**
     * Reports an object or map where a single value is needed: as a warning when the schema is lenient, otherwise as
     * an error.
     */
    void objectAsValue(Typed object) {
        findings.report(
                lenient ? OBJECT_AS_VALUE : TYPE_MISMATCH,
                MessageWords.subject(object.source()) + " is " + MessageWords.type(object.type())
                        + ", but a single value is needed here" + MessageWords.insideHint(object.type()) + ".",
                object.span());
    }

    private void differs(Typed left, Typed right) {
        if (left.type() instanceof ListOf != right.type() instanceof ListOf) {
            Typed list = left.type() instanceof ListOf ? left : right;
            Typed single = list == left ? right : left;
            if (TypeRules.equality(((ListOf) list.type()).element(), single.type()) == Fit.FITS) {
                findings.report(
                        TYPE_MISMATCH,
                        MessageWords.subject(list.source()) + " is " + MessageWords.type(list.type())
                                + " and cannot be compared with a single value; `includes` tests whether the value is"
                                + " in the list.",
                        list.span());
                return;
            }
        }
        findings.report(
                TYPE_MISMATCH,
                subject(left) + " is " + MessageWords.type(left.type()) + " and cannot be compared with "
                        + MessageWords.type(right.type()) + ".",
                right.span(),
                quoted(left, right));
    }

    private static String subject(Typed typed) {
        String subject = MessageWords.subject(typed.source());
        return subject.equals("this") ? "The left side" : subject;
    }

    /** Returns the literal in quotes, as a suggestion, when it is compared with a string. */
    private static Optional<String> quoted(Typed left, Typed right) {
        return TypeRules.innermost(left.type()).equals(Type.STRING)
                        && right.source() instanceof Expression.Literal
                        && right.term() instanceof Term.Constant constant
                ? Optional.of('"' + MessageWords.literal(constant.value()) + '"')
                : Optional.empty();
    }

    private void unordered(String symbol, Typed left, Typed right) {
        Typed culprit = TypeRules.isOrdered(left.type()) ? right : left;
        findings.report(
                NOT_COMPARABLE,
                "`" + symbol + "` compares numbers, strings or timestamps, but "
                        + MessageWords.subject(culprit.source()) + " is " + MessageWords.type(culprit.type()) + ".",
                culprit.span());
    }

    // ---- Lists

    /** Checks {@code element in list}, {@code element notIn list} and {@code list.includes(element)}. */
    Typed membership(boolean negated, Typed writtenElement, Typed writtenList, Expression source) {
        String user = source instanceof Expression.Call ? "`includes`" : negated ? "`notIn`" : "`in`";
        if (!requireList(writtenList, user)) {
            return Typed.computed(
                    new Term.In(negated, writtenElement.term(), writtenList.term()), Type.BOOLEAN, source);
        }
        Pair pair = reconciled(writtenElement, writtenList);
        Typed element = pair.left();
        Typed list = pair.right();
        Type item = TypeRules.item(list.type()).orElse(Type.ANY);
        if (element.type() instanceof ListOf && !(item instanceof ListOf)) {
            findings.someItemDecides(element);
            requireItems(list, TypeRules.innermost(element.type()), element);
        } else {
            requireItems(list, element.type(), element);
        }
        return Typed.computed(new Term.In(negated, element.term(), list.term()), Type.BOOLEAN, source);
    }

    /** Reports items that can never equal the element: each item of a list literal, otherwise the list. */
    private void requireItems(Typed list, Type wanted, Typed element) {
        if (!(list.source() instanceof Expression.ListLiteral literal && list.term() instanceof Term.ListOf terms)) {
            Type item = TypeRules.item(list.type()).orElse(Type.ANY);
            switch (TypeRules.equality(wanted, item)) {
                case FITS, SOME_ITEM -> {}
                case OBJECT_AND_VALUE -> objectAsValue(element);
                case DIFFERS, UNORDERED -> cannotBeIn(element, list, element);
            }
            return;
        }
        for (int i = 0; i < literal.items().size(); i++) {
            Term term = terms.items().get(i);
            Type constant = Conversions.typeOf(term);
            Type type = TypeRules.isOpen(constant) ? findings.type(term) : constant;
            Typed item = new Typed(term, type, Path.COMPUTED, literal.items().get(i));
            switch (TypeRules.equality(wanted, type)) {
                case FITS, SOME_ITEM -> {}
                case OBJECT_AND_VALUE -> objectAsValue(TypeRules.isObjectLike(wanted) ? element : item);
                case DIFFERS, UNORDERED -> cannotBeIn(element, item, item);
            }
        }
    }

    private void cannotBeIn(Typed element, Typed other, Typed place) {
        Typed counterpart = place == element ? other : element;
        findings.report(
                TYPE_MISMATCH,
                subject(element) + " is " + MessageWords.type(element.type()) + ", but "
                        + MessageWords.subject(other.source()) + " is " + MessageWords.type(other.type()) + ".",
                place.span(),
                quoted(counterpart, place));
    }

    /** Checks {@code intersects}, {@code intersection}, {@code subsetOf}, {@code supersetOf}. */
    Typed sets(Function function, Typed writtenLeft, Typed writtenRight, Expression source) {
        String user = "`" + function.spelling() + "`";
        boolean areLists = requireList(writtenLeft, user) & requireList(writtenRight, user);
        Pair pair = areLists ? reconciled(writtenLeft, writtenRight) : new Pair(writtenLeft, writtenRight);
        Typed left = pair.left();
        Typed right = pair.right();
        Type leftItem = TypeRules.item(left.type()).orElse(Type.ANY);
        Type rightItem = TypeRules.item(right.type()).orElse(Type.ANY);
        if (areLists && right.source() instanceof Expression.ListLiteral) {
            requireItems(right, leftItem, left);
        } else if (areLists && TypeRules.equality(leftItem, rightItem) == Fit.DIFFERS) {
            findings.report(
                    TYPE_MISMATCH,
                    subject(left) + " is " + MessageWords.type(left.type()) + " and "
                            + MessageWords.subject(right.source()) + " is " + MessageWords.type(right.type())
                            + ": they cannot have items in common.",
                    right.span());
        }
        Type type = function == Function.INTERSECTION ? new ListOf(leftItem) : Type.BOOLEAN;
        Term term = new Term.Call(function, List.of(left.term(), right.term()));
        return function == Function.INTERSECTION
                ? new Typed(term, type, left.path(), source)
                : Typed.computed(term, type, source);
    }

    private boolean requireList(Typed list, String user) {
        if (TypeRules.item(list.type()).isPresent()) {
            return true;
        }
        String hint = list.type() instanceof Type.MapOf
                ? " `keys()` and `values()` return lists."
                : list.isConstant(Scalar.class) ? " A list is written in square brackets." : "";
        Optional<String> suggestion = list.source() instanceof Expression.Literal literal
                ? Optional.of("[" + MessageWords.literal(literal.value()) + "]")
                : Optional.empty();
        findings.report(
                NOT_A_LIST,
                user + " needs a list, but " + MessageWords.subject(list.source()) + " is "
                        + MessageWords.type(list.type()) + "." + hint,
                list.span(),
                suggestion);
        return false;
    }
}
