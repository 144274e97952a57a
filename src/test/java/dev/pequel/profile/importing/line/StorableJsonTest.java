package dev.pequel.profile.importing.line;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.pequel.profile.importing.line.StorableJson.Unstorable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableJsonTest {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_BYTES = 10_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e308",
                "-1.7976931348623157E+308",
                "4.9e-324",
                "0e5",
                "0.0e-300",
                "-0",
                "1e0",
                "123.456e-7",
                "0e0000001"
            })
    void numbersThatADoubleHoldsAreStored(String number) {
        assertDoesNotThrow(() -> read(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e309",
                "-1e999",
                "1e999",
                "1e-400",
                "0e-1000",
                "0e-999999999",
                "1e99999999999999999999",
                "0.1e-99999999999999"
            })
    void numbersThatNoDoubleHoldsAreRefused(String number) {
        assertThrows(Unstorable.class, () -> read(number));
    }

    @Example
    void neitherAreTheyWithoutExponent() throws IOException {
        read("9".repeat(308));
        assertThrows(Unstorable.class, () -> read("9".repeat(400)));
        assertThrows(Unstorable.class, () -> read("9".repeat(400) + ".5"));
        assertThrows(Unstorable.class, () -> read("0." + "0".repeat(400) + "1"));
        read("0." + "0".repeat(400));
    }

    @Example
    void aDocumentIsNoLongerStoredThanItMayBeSent() throws IOException {
        read(list(32, "1e300"));
        Unstorable refused = assertThrows(Unstorable.class, () -> read(list(33, "1e300")));
        assertTrue(refused.getMessage().contains(String.valueOf(MAX_BYTES)), refused.getMessage());
        assertThrows(Unstorable.class, () -> read(list(33, "1e-300")));
        assertThrows(Unstorable.class, () -> read(list(33, "0e-300")));
    }

    /** What a number with an exponent counts is what it takes without, give or take two characters. */
    @Property
    void aNumberCountsWhatItTakes(
            @ForAll @IntRange(min = 1, max = 999) int digits, @ForAll @IntRange(min = -300, max = 300) int exponent)
            throws IOException {
        String number = digits + "e" + exponent;
        int plain = new BigDecimal(number).toPlainString().length();
        int most = number.length() + Math.abs(exponent);
        assertTrue(plain <= most + 2, () -> number + " takes " + plain);
        read(number, most);
        assertThrows(Unstorable.class, () -> read(number, most - 1));
    }

    private static String list(int count, String number) {
        return IntStream.range(0, count).mapToObj(i -> number).collect(Collectors.joining(",", "[", "]"));
    }

    private static void read(String document) throws IOException {
        read(document, MAX_BYTES);
    }

    private static void read(String document, int maxBytes) throws IOException {
        try (JsonParser parser = StorableJson.parser(JSON, document.getBytes(StandardCharsets.UTF_8), maxBytes)) {
            parser.nextToken();
            parser.skipChildren();
        }
    }
}
