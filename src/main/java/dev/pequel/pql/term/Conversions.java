package dev.pequel.pql.term;

import dev.pequel.column.IsoTime;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.TypeRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The implicit conversions of the language. */
public final class Conversions {

    private static final Pattern NUMBER = Pattern.compile("-?(\\d{1,18}|\\d*\\.\\d+|\\d+(\\.\\d+)?[eE][+-]?\\d{1,3})");

    private Conversions() {}

    /**
     * Returns the value in a Boolean position (P16). A map is tested by its keys, so that an empty map is false like
     * an empty list.
     */
    public static Term toBoolean(Typed value) {
        if (value.type() instanceof Type.MapOf) {
            return new Term.ToBoolean(new Term.Call(Function.KEYS, List.of(value.term())));
        }
        return isCertain(value.term()) ? value.term() : new Term.ToBoolean(value.term());
    }

    /** Whether the term is a Boolean that is never missing. */
    public static boolean isCertain(Term term) {
        return switch (term) {
            case Term.Constant constant -> constant.value() instanceof Scalar.Bool;
            case Term.ToBoolean conversion -> true;
            case Term.Not not -> true;
            case Term.And and -> true;
            case Term.Or or -> true;
            case Term.Comparison comparison -> true;
            case Term.In in -> true;
            case Term.Text text -> true;
            case Term.Occurs occurs -> true;
            case Term.InSegment segment -> true;
            case Term.Exists exists -> true;
            case Term.ForAll forAll -> true;
            case Term.Chain chain -> true;
            case Term.Call call ->
                switch (call.function()) {
                    case IS_NULL, IS_NOT_NULL, INTERSECTS, SUBSET_OF, SUPERSET_OF -> true;
                    default -> false;
                };
            case Term.If choice -> isCertain(choice.then()) && isCertain(choice.otherwise());
            case Term.Let let -> isCertain(let.body());
            default -> false;
        };
    }

    /** Reads a value of unknown type, or each item of a list, as a timestamp. */
    public static Typed toTimestamp(Typed value) {
        Type type = value.type();
        if (type.equals(Type.ANY)
                || type instanceof ListOf && TypeRules.innermost(type).equals(Type.ANY)) {
            return value.with(new Term.ToTimestamp(value.term()), withInnermost(type, Type.TIMESTAMP));
        }
        return value;
    }

    /** Converts data of a type given by the schema: timestamps are read from strings or numbers. */
    public static Term fromData(Term term, Type type) {
        return TypeRules.innermost(type).equals(Type.TIMESTAMP) ? new Term.ToTimestamp(term) : term;
    }

    private static Type withInnermost(Type type, Type innermost) {
        return type instanceof ListOf list
                ? new ListOf(withInnermost(list.element(), innermost), list.throughPath())
                : innermost;
    }

    /**
     * Converts a literal, or a list of literals, to the type it is used with, where nothing is lost (P15). Returns
     * the value itself when there is nothing to convert.
     */
    public static Typed literalTo(Typed value, Type target) {
        return switch (value.term()) {
            case Term.Constant constant ->
                literal(constant.value(), target)
                        .map(term -> value.with(term, typeOf(term)))
                        .orElse(value);
            case Term.ListOf list
            when value.type() instanceof ListOf type -> {
                List<Term> items = list.items().stream()
                        .map(item -> item instanceof Term.Constant constant
                                ? literal(constant.value(), target).orElse(item)
                                : item)
                        .toList();
                if (items.equals(list.items())) {
                    yield value;
                }
                boolean all = items.stream().allMatch(item -> isOf(item, target));
                yield value.with(new Term.ListOf(items), new ListOf(all ? target : Type.ANY, type.throughPath()));
            }
            default -> value;
        };
    }

    private static boolean isOf(Term term, Type target) {
        Type type = typeOf(term);
        return TypeRules.isOpen(type) || type.equals(target) || type.isNumber() && target.isNumber();
    }

    private static Optional<Term> literal(Scalar value, Type target) {
        return switch (value) {
            case Scalar.Text text
            when target.equals(Type.TIMESTAMP) -> instant(text.value()).map(Term.ConstantTime::new);
            case Scalar.Text text
            when target.equals(Type.BOOLEAN) -> bool(text.value()).map(Term.Constant::new);
            case Scalar.Text text when target.isNumber() -> number(text.value()).map(Term.Constant::new);
            case Scalar.Real real
            when target.equals(Type.INTEGER)
                    && real.value() == Math.rint(real.value())
                    && Math.abs(real.value()) < 0x1p63 ->
                Optional.of(new Term.Constant(new Scalar.Int((long) real.value())));
            case Scalar.Int millis
            when target.equals(Type.TIMESTAMP) ->
                instant(IsoTime.millisToMicros(millis.value())).map(Term.ConstantTime::new);
            case Scalar.Real millis
            when target.equals(Type.TIMESTAMP) ->
                instant(IsoTime.millisToMicros(millis.value())).map(Term.ConstantTime::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Scalar> bool(String text) {
        return text.equals("true") || text.equals("false")
                ? Optional.of(new Scalar.Bool(Boolean.parseBoolean(text)))
                : Optional.empty();
    }

    private static Optional<Scalar> number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        if (text.chars().allMatch(c -> c == '-' || Character.isDigit(c))) {
            return Optional.of(new Scalar.Int(Long.parseLong(text)));
        }
        double real = Double.parseDouble(text);
        return Double.isFinite(real) ? Optional.of(new Scalar.Real(real)) : Optional.empty();
    }

    /** Whether the value is a string with a date and a time of day. */
    public static boolean isPointInTime(Typed value) {
        return value.term() instanceof Term.Constant(Scalar.Text(String text))
                && text.length() > 10
                && (text.charAt(10) == 'T' || text.charAt(10) == 't')
                && instant(text).isPresent();
    }

    /** Returns the timestamp that the text denotes (P14). */
    public static Optional<Instant> instant(String text) {
        OptionalLong micros = IsoTime.parse(text);
        return micros.isPresent() ? Optional.of(IsoTime.toInstant(micros.getAsLong())) : Optional.empty();
    }

    private static Optional<Instant> instant(long micros) {
        return micros == IsoTime.MISSING ? Optional.empty() : Optional.of(IsoTime.toInstant(micros));
    }

    /** Returns the type of a constant, or {@link Type#ANY} for any other term. */
    public static Type typeOf(Term term) {
        return switch (term) {
            case Term.ConstantTime time -> Type.TIMESTAMP;
            case Term.Constant constant ->
                switch (constant.value()) {
                    case Scalar.Null none -> Type.NULL;
                    case Scalar.Bool bool -> Type.BOOLEAN;
                    case Scalar.Int whole -> Type.INTEGER;
                    case Scalar.Real real -> Type.DOUBLE;
                    case Scalar.Text text -> Type.STRING;
                };
            default -> Type.ANY;
        };
    }
}
