package dev.pequel.http.request;

import dev.pequel.problem.InvalidRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Parses and encodes values that clients send as text in paths, query parameters and expressions. */
public final class RequestText {

    private RequestText() {}

    /** Parses a UUID; empty for any other text, including short forms that {@link UUID#fromString} accepts. */
    public static Optional<UUID> id(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException anotherText) {
            return Optional.empty();
        }
    }

    /**
     * @throws InvalidRequest when the text is no whole number in the range
     */
    public static int wholeNumber(String name, String text, int min, int max) {
        return (int) wholeNumber(name, text, min, (long) max);
    }

    /**
     * @throws InvalidRequest when the text is no whole number in the range
     */
    public static long wholeNumber(String name, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        throw new InvalidRequest(name, "must be a whole number from " + min + " to " + max + ", but is " + text);
    }

    /**
     * Returns a required value.
     *
     * @param value {@code null} or empty if the client left it out
     * @throws InvalidRequest when the value is missing
     */
    public static String required(String name, String value) {
        if (value == null || value.isEmpty()) {
            throw new InvalidRequest(name, "is required");
        }
        return value;
    }

    /** @throws InvalidRequest when the value has a character that cannot be stored */
    public static void requireStorable(String name, String value) {
        Characters.unstorable(value).ifPresent(character -> {
            throw new InvalidRequest(name, "contains " + character);
        });
    }

    /**
     * Encodes query parameters, each preceded by {@code &}.
     *
     * @param left the names of parameters to leave out
     */
    public static String query(Map<String, List<String>> parameters, Set<String> left) {
        return parameters.entrySet().stream()
                .filter(parameter -> !left.contains(parameter.getKey()))
                .flatMap(parameter -> parameter.getValue().stream()
                        .map(value -> "&" + encoded(parameter.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining());
    }

    /** Percent-encodes a text, with {@code %20} for a space. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Parses a point in time with an offset, such as {@code 2026-08-28T10:00:00Z}.
     *
     * @throws InvalidRequest when the text is malformed, or its year is not from 0 to 9999
     */
    public static Instant time(String name, String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 0 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException notATime) {
            // Refused below, like a year out of range.
        }
        throw new InvalidRequest(name, "must be a time such as 2026-08-28T10:00:00Z, but is " + text);
    }
}
