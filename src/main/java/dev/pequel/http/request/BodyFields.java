package dev.pequel.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pequel.pql.Limits;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the properties of a JSON object and collects all violations, so that the client gets them in one response. A
 * property that is {@code null} counts as absent.
 */
public final class BodyFields {

    /** Number of zeros that expanding exponents may add to JSON of any length. */
    private static final int MIN_ZEROS = 10_000;

    /** More digits after the decimal point than any double has. */
    private static final int MAX_SCALE = 400;

    private final JsonNode object;
    private final String prefix;
    private final List<Violation> violations;

    private BodyFields(JsonNode object, String prefix, List<Violation> violations) {
        this.object = object;
        this.prefix = prefix;
        this.violations = violations;
    }

    /**
     * @param object a value of any type; one that is not an object has no properties
     * @param violations the list to add to
     */
    public static BodyFields of(JsonNode object, List<Violation> violations) {
        return of(object, "", violations);
    }

    /** @param prefix precedes the names of properties in violations */
    public static BodyFields of(JsonNode object, String prefix, List<Violation> violations) {
        return new BodyFields(object, prefix, violations);
    }

    /**
     * Reads the properties of a request's body.
     *
     * @throws InvalidRequest when the body is not an object
     */
    public static BodyFields ofBody(JsonNode body, List<Violation> violations) {
        if (!body.isObject()) {
            throw InvalidRequest.because("The request's body must be a JSON object.");
        }
        return of(body, violations);
    }

    /** Adds a violation for each text and number, in any property, that cannot be stored or returned. */
    public void checkCharacters() {
        checkStorable(prefix.isEmpty() ? "body" : prefix.substring(0, prefix.length() - 1), object);
    }

    public boolean has(String name) {
        return !value(name).isMissingNode();
    }

    /** Whether the object exists. */
    public boolean present() {
        return object.isObject();
    }

    public void refuse(String name, String message) {
        violations.add(new Violation(prefix + name, message));
    }

    /** Adds a violation if a property is absent, and returns its value; empty if it was absent or refused. */
    public <T> Optional<T> required(String name, Optional<T> value) {
        if (!has(name)) {
            refuse(name, "is required");
        }
        return value;
    }

    /** Returns the properties of an object. All properties of an absent object are absent. */
    public BodyFields object(String name) {
        JsonNode value = value(name);
        if (!value.isMissingNode() && !value.isObject()) {
            refuseType(name, "an object", value);
            value = MissingNode.getInstance();
        }
        return new BodyFields(value, prefix + name + ".", violations);
    }

    /** @param limit maximum number of code points */
    public Optional<String> text(String name, int limit) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            refuseType(name, "a string", value);
            return Optional.empty();
        }
        return checked(name, value.textValue(), limit);
    }

    /** Reads a string that must not be blank. */
    public Optional<String> word(String name, int limit) {
        Optional<String> text = text(name, limit);
        if (text.isPresent() && text.get().isBlank()) {
            refuse(name, "must not be blank");
            return Optional.empty();
        }
        return text;
    }

    public Optional<Boolean> flag(String name) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            refuseType(name, "true or false", value);
            return Optional.empty();
        }
        return Optional.of(value.booleanValue());
    }

    public Optional<Integer> wholeNumber(String name, int min, int max) {
        return wholeNumber(name, (long) min, max).map(Math::toIntExact);
    }

    public Optional<Long> wholeNumber(String name, long min, long max) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isNumber() || !value.canConvertToExactIntegral()) {
            refuseType(name, "a whole number", value);
            return Optional.empty();
        }
        if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
            refuse(name, "must be from " + min + " to " + max);
            return Optional.empty();
        }
        return Optional.of(value.longValue());
    }

    public Optional<List<String>> texts(String name, int items, int limit) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isArray()) {
            refuseType(name, "an array of strings", value);
            return Optional.empty();
        }
        if (value.size() > items) {
            refuse(name, "has " + value.size() + " items, more than the " + items + " that are allowed");
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = value.get(i);
            String place = name + "[" + i + "]";
            if (item.isTextual()) {
                checked(place, item.textValue(), limit).ifPresent(texts::add);
            } else {
                refuseType(place, "a string", item);
            }
        }
        return Optional.of(texts);
    }

    /** Reads a value of any type as JSON text. */
    public Optional<String> json(String name) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        int found = violations.size();
        checkStorable(prefix + name, value);
        String text = value.toString();
        if (violations.size() == found && zeros(value) > Math.max(text.length(), MIN_ZEROS)) {
            refuse(name, "is too long when its numbers are written without exponents");
        }
        return violations.size() == found ? Optional.of(text) : Optional.empty();
    }

    private JsonNode value(String name) {
        JsonNode value = object.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    private Optional<String> checked(String name, String text, int limit) {
        int length = Limits.characters(text);
        if (length > limit) {
            refuse(name, "has " + length + " characters, more than the " + limit + " that are allowed");
            return Optional.empty();
        }
        Optional<String> unstorable = Characters.unstorable(text);
        unstorable.ifPresent(character -> refuse(name, "contains " + character + ", which cannot be stored"));
        return unstorable.isPresent() ? Optional.empty() : Optional.of(text);
    }

    private void checkStorable(String path, JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT ->
                value.properties().forEach(property -> {
                    Characters.unstorable(property.getKey())
                            .ifPresent(character -> violations.add(
                                    new Violation(path, "has a name with " + character + ", which cannot be stored")));
                    checkStorable(path + "." + property.getKey(), property.getValue());
                });
            case ARRAY -> {
                for (int i = 0; i < value.size(); i++) {
                    checkStorable(path + "[" + i + "]", value.get(i));
                }
            }
            case STRING ->
                Characters.unstorable(value.textValue())
                        .ifPresent(character -> violations.add(
                                new Violation(path, "contains " + character + ", which cannot be stored")));
            case NUMBER -> {
                // The database would store every digit of 1e100000 and of 1e-100000.
                double rounded = value.doubleValue();
                if (Double.isInfinite(rounded) || rounded == 0 && !isStorableZero(value.decimalValue())) {
                    violations.add(new Violation(path, "is a number beyond the range of double precision"));
                }
            }
            default -> {}
        }
    }

    private static boolean isStorableZero(BigDecimal number) {
        return number.signum() == 0 && Math.abs((long) number.scale()) <= MAX_SCALE;
    }

    /** Estimates the number of zeros that the database adds by writing numbers without exponent. */
    private static long zeros(JsonNode value) {
        if (value.isBigDecimal()) {
            BigDecimal number = value.decimalValue();
            // None for a number such as 12.5; about three hundred for 1e300 and 1e-300.
            return Math.max(0, Math.max(-(long) number.scale(), (long) number.scale() - number.precision()));
        }
        long zeros = 0;
        for (JsonNode child : value) {
            zeros += zeros(child);
        }
        return zeros;
    }

    private void refuseType(String name, String expected, JsonNode value) {
        String found = switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "the number " + abbreviated(value.asText());
            case BOOLEAN -> value.asText();
            default -> "null";
        };
        refuse(name, "must be " + expected + ", but is " + found);
    }

    private static String abbreviated(String number) {
        return number.length() <= 40 ? number : number.substring(0, 40) + "...";
    }
}
