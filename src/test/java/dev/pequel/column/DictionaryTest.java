package dev.pequel.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DictionaryTest {

    private static final int STRINGS = 1 << 17;

    @Property(tries = 100)
    void equalStringsHaveEqualCodesAndOthersHaveNot(@ForAll List<String> texts) {
        Dictionary.Builder builder = new Dictionary.Builder(StringHash.random());
        Map<String, Integer> codes = new HashMap<>();
        for (String text : texts) {
            String kept = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            int expected = codes.computeIfAbsent(kept, t -> codes.size());
            assertEquals(expected, builder.add(text));
        }
        for (Dictionary dictionary : List.of(builder.build(), builder.buildIndexed())) {
            codes.forEach((text, code) -> assertEquals(text, dictionary.text(code)));
            codes.forEach((text, code) -> assertEquals(code, dictionary.find(text)));
            assertEquals(-1, dictionary.find(String.join("", codes.keySet()) + "?"));
        }
    }

    /** Looking each up once takes as many probes for strings that collide in other tables as for random ones. */
    @Example
    void stringsThatAreChosenToCollideCostWhatRandomOnesDo() {
        Random random = new Random(1);
        assertProbes("random", i -> "s" + random.nextLong());
        assertProbes("numbered", i -> String.format("%08d", i));
        assertEquals(colliding(0).hashCode(), colliding(STRINGS - 1).hashCode());
        assertProbes("with one hash code", DictionaryTest::colliding);
        assertProbes(
                "equal in their lower bits",
                i -> new String(new char[] {'a', 'a', (char) (i & 0x7F), (char) (i >> 7)}),
                1 << 14);
        assertProbes("zeros", "\0"::repeat, 2_000);
        // The key of a table that is not random gives them one hash.
        StringHash known = new StringHash(1, 1);
        assertEquals(hash(known, "abcdefgh"), hash(known, "efghabcd"));
        assertProbes("colliding for a known key", DictionaryTest::permuted, 40_320);
    }

    private static void assertProbes(String what, IntFunction<String> strings) {
        assertProbes(what, strings, STRINGS);
    }

    private static void assertProbes(String what, IntFunction<String> strings, int count) {
        Dictionary.Builder builder = new Dictionary.Builder(StringHash.random());
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String text = strings.apply(i);
            distinct.add(text);
            builder.add(text);
        }
        assertEquals(distinct.size(), builder.size());
        // At most half of the slots are taken: one and a half probes on average.
        double probes = (double) builder.probes() / distinct.size();
        assertTrue(probes < 2, () -> what + ": " + probes + " probes for each string");
    }

    /** "Aa" and "BB" have the same hash code, and so have all strings that are made of them. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 17; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    /** The numbers from 0 to 7, four bytes each, in an order of its own. */
    private static String permuted(int number) {
        List<Integer> rest = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        StringBuilder text = new StringBuilder();
        int choice = number;
        for (int left = rest.size(); left > 0; left--) {
            text.append("abc").append(rest.remove(choice % left));
            choice /= left;
        }
        return text.toString();
    }

    @Property(tries = 500)
    void theHashIsTheValueOfThePolynomial(@ForAll byte[] bytes, @ForAll long seed) {
        Random random = new Random(seed);
        StringHash hash = new StringHash(random.nextLong() >>> 3, random.nextLong() | 1);
        BigInteger prime = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);
        BigInteger key = BigInteger.valueOf(hash.key());
        BigInteger value = BigInteger.valueOf(bytes.length);
        for (int at = 0; at < bytes.length; at += 4) {
            long coefficient = 0;
            int end = Math.min(at + 4, bytes.length);
            for (int i = at; i < end; i++) {
                // Whole numbers of four bytes begin with their last byte, a rest begins with its first.
                coefficient |= (bytes[i] & 0xFFL) << 8 * (end - at == 4 ? i - at : end - 1 - i);
            }
            value = value.multiply(key).add(BigInteger.valueOf(coefficient)).mod(prime);
        }
        assertEquals(value.longValue(), hash.value(bytes, 0, bytes.length));
    }

    @Example
    void eachTableHasAKeyOfItsOwn() {
        assertNotEquals(StringHash.random(), StringHash.random());
    }

    private static int hash(StringHash hash, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hash.of(bytes, 0, bytes.length);
    }
}
