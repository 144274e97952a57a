package dev.pequel.segmentation.membership;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.pequel.http.request.Characters;
import dev.pequel.http.request.MalformedJson;
import dev.pequel.profile.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Parses the lines of a list of members. */
public final class MemberLine {

    private static final String NAMESPACE = "namespace";
    private static final String ID = "id";
    private static final ObjectReader JSON =
            new JsonMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectReader CSV =
            new CsvMapper().readerForArrayOf(String.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
        try {
            String[] fields = CSV.readValue(text);
            if (fields.length != 2) {
                return new Malformed("must have two fields, namespace and id, but has " + fields.length);
            }
            String namespace = fields[0];
            String id = fields[1];
            return number == 1 && namespace.equalsIgnoreCase(NAMESPACE) && id.equalsIgnoreCase(ID)
                    ? new Heading()
                    : member(namespace, id);
        } catch (JsonProcessingException e) {
            return new Malformed("is not a record of CSV, as in RFC 4180");
        }
    }

    private static Read member(String namespace, String id) {
        if (namespace.isEmpty() || id.isEmpty()) {
            return new Malformed("has an empty namespace or id");
        }
        return Characters.unstorable(namespace + id)
                .<Read>map(character -> new Malformed("contains " + character + ", which no identity can contain"))
                .orElseGet(() -> new Member(new Identity(namespace, id)));
    }
}
