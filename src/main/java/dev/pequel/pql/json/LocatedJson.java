package dev.pequel.pql.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.JsonMessages;
import dev.pequel.pql.SourceText;
import dev.pequel.pql.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value with its span in the source text. */
public sealed interface LocatedJson {

    Span span();

    /** An object; members are in source order. */
    record Members(Map<String, LocatedJson> members, Span span) implements LocatedJson {}

    /** An array. */
    record Items(List<LocatedJson> items, Span span) implements LocatedJson {}

    /** @param span the text between the quotes, so that a suggestion can replace it */
    record Text(String value, Span span) implements LocatedJson {}

    /** @param text the number as written, of any length */
    record Number(String text, boolean integral, Span span) implements LocatedJson {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value, Span span) implements LocatedJson {}

    /** {@code null}. */
    record Null(Span span) implements LocatedJson {}

    /** Returns the kind of value in words for messages. */
    default String kind() {
        return switch (this) {
            case Members object -> "an object";
            case Items array -> "an array";
            case Text text -> "a string";
            case Number number -> "a number";
            case Bool bool -> "a Boolean";
            case Null none -> "null";
        };
    }

    /** Thrown when the text is not JSON, or nested too deeply. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Diagnostic diagnostic;

        Unreadable(Diagnostic diagnostic) {
            super(diagnostic.message());
            this.diagnostic = diagnostic;
        }

        public Diagnostic diagnostic() {
            return diagnostic;
        }
    }

    /**
     * Returns a factory of parsers that accept this many levels of objects and arrays. Strings and names are not
     * limited because the caller limits the length of the text.
     */
    static JsonFactory factory(int depth) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** Reads one JSON value; any text after it is an error. */
    static LocatedJson read(JsonFactory factory, String text) throws Unreadable {
        var places = new SourceText(text);
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new Unreadable(Diagnostic.of(
                        DiagnosticCode.EMPTY_EXPRESSION,
                        "The expression is empty.",
                        places.span(text.length(), text.length())));
            }
            LocatedJson value = new Reading(parser, places).value();
            if (parser.nextToken() != null) {
                int rest = (int) parser.currentTokenLocation().getCharOffset();
                throw new Unreadable(Diagnostic.of(
                        DiagnosticCode.INVALID_JSON,
                        "Nothing may follow the end of the tree.",
                        places.span(rest, text.length())));
            }
            return value;
        } catch (StreamConstraintsException tooLarge) {
            throw new Unreadable(limitExceeded(tooLarge, places));
        } catch (JsonProcessingException notJson) {
            throw new Unreadable(Diagnostic.of(
                    DiagnosticCode.INVALID_JSON,
                    "This is not JSON: " + JsonMessages.plain(notJson.getOriginalMessage()),
                    span(notJson.getLocation(), places)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Diagnostic limitExceeded(StreamConstraintsException exception, SourceText places) {
        Span span = span(exception.getLocation(), places);
        // With the length of the text bounded, the only other limit is the length of a number.
        return exception.getOriginalMessage().contains("nesting depth")
                ? Diagnostic.of(DiagnosticCode.TOO_DEEP, "The tree is nested too deeply.", span)
                : Diagnostic.of(DiagnosticCode.INVALID_JSON, "A number has too many digits.", span);
    }

    /** Returns the empty span at a location; at the start of the text if there is no location. */
    static Span span(JsonLocation location, SourceText text) {
        int length = text.text().length();
        int offset = location == null ? 0 : (int) Math.clamp(location.getCharOffset(), 0L, (long) length);
        return text.span(offset, offset);
    }

    /**
     * A single pass over the tokens of a text. It uses a loop because a tree may be deeper than a thread's stack
     * allows.
     */
    final class Reading {
        private final JsonParser parser;
        private final SourceText places;
        private final Deque<Open> open = new ArrayDeque<>();

        Reading(JsonParser parser, SourceText places) {
            this.parser = parser;
            this.places = places;
        }

        /** An object or array that has not ended yet. */
        private record Open(int start, boolean object, Map<String, LocatedJson> members, List<LocatedJson> items) {
            void add(String name, LocatedJson value) {
                if (object) {
                    members.put(name, value);
                } else {
                    items.add(value);
                }
            }
        }

        /** Reads the value that starts at the current token. */
        LocatedJson value() throws IOException, Unreadable {
            while (true) {
                int start = (int) parser.currentTokenLocation().getCharOffset();
                JsonToken token = parser.currentToken();
                if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                    boolean object = token == JsonToken.START_OBJECT;
                    open.push(new Open(start, object, new LinkedHashMap<>(), new ArrayList<>()));
                } else if (token == JsonToken.FIELD_NAME) {
                    requireWholeCharacters(parser.currentName(), start);
                } else {
                    LocatedJson value = switch (token) {
                        case END_OBJECT, END_ARRAY -> closed(open.pop());
                        case VALUE_STRING -> text(start);
                        case VALUE_NUMBER_INT -> number(start, true);
                        case VALUE_NUMBER_FLOAT -> number(start, false);
                        case VALUE_TRUE -> new Bool(true, places.span(start, start + 4));
                        case VALUE_FALSE -> new Bool(false, places.span(start, start + 5));
                        case VALUE_NULL -> new Null(places.span(start, start + 4));
                        default -> throw new IllegalStateException("unexpected token " + token);
                    };
                    if (open.isEmpty()) {
                        return value;
                    }
                    open.peek().add(parser.currentName(), value);
                }
                parser.nextToken();
            }
        }

        private LocatedJson text(int start) throws IOException, Unreadable {
            String text = parser.getText();
            requireWholeCharacters(text, start);
            return new Text(text, places.span(start + 1, end() - 1));
        }

        /** Refuses halves of surrogate pairs, which can be neither stored nor returned. */
        private void requireWholeCharacters(String text, int start) throws Unreadable {
            if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                throw new Unreadable(Diagnostic.of(
                        DiagnosticCode.INVALID_JSON,
                        "This string contains half of a surrogate pair.",
                        places.span(start, end())));
            }
        }

        private LocatedJson closed(Open container) {
            Span span = places.span(container.start(), end());
            return container.object() ? new Members(container.members(), span) : new Items(container.items(), span);
        }

        private LocatedJson number(int start, boolean integral) throws IOException {
            String text = parser.getText();
            return new Number(text, integral, places.span(start, start + text.length()));
        }

        private int end() {
            return (int) parser.currentLocation().getCharOffset();
        }
    }
}
