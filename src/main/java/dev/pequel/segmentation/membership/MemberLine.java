package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pequel.http.request.Characters;
import dev.pequel.http.request.MalformedJson;
import dev.pequel.profile.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses the lines of a list of members. */
public final class MemberLine {

    private static final String NAMESPACE = "namespace";
    private static final String ID = "id";
    private static final ObjectReader JSON =
            new JsonMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private MemberLine() {}

    /** Format of a list of members. */
    public enum Format {
        /** {@code {"namespace": "crmid", "id": "C1"}} */
        NDJSON,
        /** {@code crmid,C1}, quoted as in RFC 4180. A first line {@code namespace,id} is skipped. */
        CSV
    }

    sealed interface Read {}

    record Member(Identity identity) implements Read {}

    record Heading() implements Read {}

    record Malformed(String message) implements Read {}

    /** @param number number of the line, from 1 */
    static Read read(Format format, long number, byte[] line) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Malformed("is not encoded in UTF-8");
        }
        return switch (format) {
            case NDJSON -> json(text);
            case CSV -> csv(number, text);
        };
    }

    private static Read json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                return new Malformed("is not a JSON object");
            }
            if (!node.path(NAMESPACE).isTextual() || !node.path(ID).isTextual()) {
                return new Malformed("must have the properties namespace and id, both strings");
            }
            return member(node.get(NAMESPACE).textValue(), node.get(ID).textValue());
        } catch (JsonProcessingException e) {
            return new Malformed("is not JSON: " + MalformedJson.words(e));
        } catch (IOException e) {
            return new Malformed("cannot be read");
        }
    }

    private static Read csv(long number, String text) {
        Optional<List<String>> fields = fields(text);
        if (fields.isEmpty()) {
            return new Malformed("has a quotation mark in the wrong place");
        }
        if (fields.get().size() != 2) {
            return new Malformed("must have two fields, namespace and id, but has "
                    + fields.get().size());
        }
        String namespace = fields.get().get(0);
        String id = fields.get().get(1);
        return number == 1 && namespace.equalsIgnoreCase(NAMESPACE) && id.equalsIgnoreCase(ID)
                ? new Heading()
                : member(namespace, id);
    }

    private static Read member(String namespace, String id) {
        if (namespace.isEmpty() || id.isEmpty()) {
            return new Malformed("has an empty namespace or id");
        }
        return Characters.unstorable(namespace + id)
                .<Read>map(character -> new Malformed("contains " + character + ", which no identity can contain"))
                .orElseGet(() -> new Member(new Identity(namespace, id)));
    }

    /** Splits a line of CSV into its fields. Empty if a quotation mark is in the wrong place. */
    private static Optional<List<String>> fields(String line) {
        List<String> fields = new ArrayList<>();
        int position = 0;
        while (true) {
            StringBuilder field = new StringBuilder();
            if (position < line.length() && line.charAt(position) == '"') {
                position++;
                while (true) {
                    int quote = line.indexOf('"', position);
                    if (quote < 0) {
                        return Optional.empty();
                    }
                    field.append(line, position, quote);
                    position = quote + 1;
                    if (position == line.length() || line.charAt(position) != '"') {
                        break;
                    }
                    field.append('"');
                    position++;
                }
            } else {
                int comma = line.indexOf(',', position);
                int end = comma < 0 ? line.length() : comma;
                field.append(line, position, end);
                position = end;
                if (field.indexOf("\"") >= 0) {
                    return Optional.empty();
                }
            }
            fields.add(field.toString());
            if (position == line.length()) {
                return Optional.of(fields);
            }
            if (line.charAt(position) != ',') {
                return Optional.empty();
            }
            position++;
        }
    }
}
