package dev.pequel.pql.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.re2j.Pattern;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Long texts are searched in another way than short ones, with the same result. */
class StringSearchTest {

    @Property(tries = 300)
    void findsWhatTheStringContains(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int alphabet, @ForAll boolean isMade) {
        Random random = new Random(seed);
        String text = random(random, alphabet, 1_000 + random.nextInt(1_000));
        int length = 100 + random.nextInt(400);
        int from = random.nextInt(text.length() - length);
        String part = text.substring(from, from + length);
        String wanted = isMade ? random(random, alphabet, length) : random.nextBoolean() ? part : changed(random, part);
        assertEquals(text.contains(wanted), new StringSearch(wanted).isIn(Frame.ofConstants(), text));
    }

    @Property(tries = 50)
    void matchesLongTextsLikeShortOnes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int alphabet) {
        Random random = new Random(seed);
        String text = random(random, alphabet, 60_000 + random.nextInt(10_000));
        String end = text.substring(text.length() - 2 - random.nextInt(10));
        for (String pattern : new String[] {"(a+)(b|ca?){3,9}" + end + "$", "abc(a*)" + end, end + "x"}) {
            var matcher = Pattern.compile(pattern).matcher(text);
            boolean found = matcher.find();
            RegularExpression expression = RegularExpression.of(pattern);
            assertEquals(found, expression.isFoundIn(Frame.ofConstants(), text));
            for (int group = 0; group <= matcher.groupCount(); group++) {
                assertEquals(
                        found ? matcher.group(group) : null,
                        expression.group(Frame.ofConstants(), text, group).orElse(null));
            }
        }
    }

    private static String random(Random random, int alphabet, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf("abcdéf".charAt(random.nextInt(alphabet))))
                .collect(Collectors.joining());
    }

    private static String changed(Random random, String text) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + "x" + text.substring(at + 1);
    }
}
