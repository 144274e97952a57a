package dev.pequel.audience;

import dev.pequel.error.InvalidRequest;
import dev.pequel.error.RequestText;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A condition on audiences. */
sealed interface AudienceFilter {

    /**
     * A condition that the database checks.
     *
     * @param condition SQL; {@code a} is the audience
     * @param parameters values of its question marks
     */
    record Stored(String condition, List<Object> parameters) implements AudienceFilter {}

    /**
     * A condition on a number that is counted and not stored with the audience.
     *
     * @param profiles how many profiles the audience must have
     */
    record Total(long profiles) implements AudienceFilter {}

    String NEVER = "1 = 0";

    /** Long after it the database knows no time any more. */
    Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * The filter that a value of the query parameter {@code property} asks for.
     *
     * @param property such as {@code expression.format==pql/text}
     */
    static AudienceFilter of(String property) {
        int equals = property.indexOf("==");
        if (equals < 1) {
            throw refused("must be written attribute==value, but is " + property);
        }
        String path = property.substring(0, equals);
        String value = property.substring(equals + 2);
        return Attribute.at(path)
                .map(attribute -> exactly(attribute, value))
                .or(() -> Attribute.around(path).map(attribute -> within(attribute, path, value)))
                .orElseThrow(() -> refused(path + " is not an attribute of audiences"));
    }

    /** Audiences in whose column the text occurs, in any letter case. Every character of the text stands for itself. */
    static AudienceFilter contains(String foldedColumn, String text) {
        String literal =
                CaseFolding.fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return new Stored(foldedColumn + " like ? escape '\\'", List.of("%" + literal + "%"));
    }

    private static AudienceFilter exactly(Attribute attribute, String value) {
        String column = attribute.column();
        return switch (attribute.kind()) {
            case TEXT -> equal(column, value);
            case NUMBER -> equal(column, number(attribute, value));
            case FLAG -> equal(column, flag(attribute, value));
            case ID -> id(value).map(id -> equal(column, id)).orElse(never());
            case ENTITY_TAG ->
                id(value.replace("\"", "")).map(tag -> equal(column, tag)).orElse(never());
            case TYPE -> types(attribute, value);
            case LIFECYCLE ->
                equal(
                        column,
                        Lifecycle.of(value)
                                .orElseThrow(() -> malformed(attribute, "a lifecycle", value))
                                .word());
            case MILLISECONDS -> equal(column, instant(attribute, value, 1));
            case SECONDS ->
                new Stored(
                        column + " >= ? and " + column + " < ?",
                        List.of(
                                instant(attribute, value, 1000),
                                instant(attribute, value, 1000).plusSeconds(1)));
            case TEXTS -> new Stored("? = any(" + column + ")", List.of(value));
            case IDS ->
                id(value)
                        .map(id -> new Stored("? = any(" + column + ")", List.of(id)))
                        .orElse(never());
            case DEPENDENTS ->
                id(value)
                        .map(id -> new Stored(
                                "exists (select 1 from audience_dependency d where d.sandbox_id = a.sandbox_id"
                                        + " and d.dependent = ? and d.dependency = " + column + ")",
                                List.of(id)))
                        .orElse(never());
            case TOTAL -> new Total(profiles(attribute, value));
            case JSON -> throw refused(attribute.path() + " is not a single value; name one in it with further dots");
        };
    }

    /** A value in free JSON, compared as text. */
    private static AudienceFilter within(Attribute attribute, String path, String value) {
        // One parameter for all names: a function has only so many.
        String[] names = path.substring(attribute.path().length() + 1).split("\\.", -1);
        return new Stored(attribute.column() + " #>> ?::text[] = ?", List.of(names, value));
    }

    private static AudienceFilter types(Attribute attribute, String value) {
        AudienceType type = AudienceType.of(value).orElseThrow(() -> malformed(attribute, "a type", value));
        String[] same = Arrays.stream(AudienceType.values())
                .filter(other -> other.isExternal() == type.isExternal())
                .map(AudienceType::word)
                .toArray(String[]::new);
        return new Stored(attribute.column() + " = any(?)", List.of((Object) same));
    }

    private static Stored equal(String column, Object value) {
        return new Stored(column + " = ?", List.of(value));
    }

    private static Stored never() {
        return new Stored(NEVER, List.of());
    }

    /** Any text may be asked for; what is not an id is simply nobody's. */
    private static Optional<UUID> id(String value) {
        return RequestText.id(value);
    }

    private static int number(Attribute attribute, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw malformed(attribute, "a whole number", value);
        }
    }

    private static long profiles(Attribute attribute, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw malformed(attribute, "a whole number", value);
        }
    }

    private static boolean flag(Attribute attribute, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(attribute, "true or false", value);
        };
    }

    private static Instant instant(Attribute attribute, String value, long factor) {
        try {
            Instant instant = Instant.ofEpochMilli(Math.multiplyExact(Long.parseLong(value), factor));
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END_OF_TIME)) {
                return instant;
            }
        } catch (NumberFormatException | ArithmeticException notATime) {
            // Told below, like a time out of range.
        }
        throw malformed(attribute, factor == 1 ? "milliseconds since 1970" : "seconds since 1970", value);
    }

    private static InvalidRequest malformed(Attribute attribute, String expected, String value) {
        return refused(attribute.path() + " must be compared with " + expected + ", not with " + value);
    }

    private static InvalidRequest refused(String message) {
        return new InvalidRequest("property", message);
    }
}
