package dev.pequel.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;

class StoredJsonTest {

    private static final int NAMES = 5_000;

    /** Names that share a place in a parser's table, whatever its seed. */
    @Example
    void documentsWhoseNamesCollideAreRead() throws IOException {
        List<String> names = collidingNames();
        assertThrows(StreamConstraintsException.class, () -> read(new JsonFactory(), names));
        JsonFactory stored = StoredJson.factory();
        assertEquals(names, read(stored, names));
        // One by one, as documents follow each other.
        for (String name : names) {
            assertEquals(List.of(name), read(stored, List.of(name)));
        }
    }

    private static List<String> read(JsonFactory factory, List<String> names) throws IOException {
        byte[] document = names.stream()
                .map(name -> "\"" + name + "\":1")
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(StandardCharsets.UTF_8);
        List<String> read = new ArrayList<>();
        try (JsonParser parser = factory.createParser(document)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    read.add(parser.currentName());
                }
            }
        }
        return read;
    }

    /** Jackson mixes the two halves of a name of eight bytes before its seed comes in; for each first half one second fits. */
    private static List<String> collidingNames() {
        BigInteger modulus = BigInteger.ONE.shiftLeft(32);
        int inverse = BigInteger.valueOf(33).modInverse(modulus).intValue();
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789";
        List<String> names = new ArrayList<>();
        for (int i = 0; names.size() < NAMES; i++) {
            byte[] name = new byte[8];
            int first = 0;
            for (int at = 0, rest = i; at < 4; at++, rest /= letters.length()) {
                name[at] = (byte) letters.charAt(rest % letters.length());
                first = first << 8 | name[at];
            }
            assertTrue(i < Math.pow(letters.length(), 4), "there are not enough names");
            int mixed = first + (first >>> 15);
            mixed ^= mixed >>> 9;
            int second = -mixed * inverse;
            boolean fits = true;
            for (int at = 4; at < 8; at++) {
                name[at] = (byte) (second >>> 8 * (7 - at));
                fits &= name[at] > ' ' && name[at] != '"' && name[at] != '\\' && name[at] < 127;
            }
            if (fits) {
                names.add(new String(name, StandardCharsets.US_ASCII));
            }
        }
        return names;
    }
}
