package dev.pequel.http.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is told about JSON that cannot be read speaks of its JSON, and not of the parser. */
class MalformedJsonTest {

    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    {"a": NaN}      | Non-standard token 'NaN'
                    {"a": +1}       | Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow numbers to have plus signs
                    {"a": 01}       | Invalid numeric value: Leading zeroes not allowed
                    {"a": 1} // x   | Unexpected character ('/' (code 47)): maybe a (non-standard) comment?
                    {"a":           | Unexpected end-of-input within/between Object entries
                    {"a": [1        | Unexpected end-of-input: expected close marker for Array
                    {"a": 1, "a": 2} | Duplicate field 'a'
                    """)
    void saysWhatIsWrongWithIt(String text, String words) {
        assertEquals(words, MalformedJson.words(failure(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a': 1}",
                "{a: 1}",
                "{\"a\": 1,}",
                "[1,,2]",
                "[.5]",
                "[1.]",
                "[-Infinity]",
                "[+Infinity]",
                "[INF]",
                "[1e]",
                "[- 1]",
                "[\"\\x\"]",
                "[\"\t\"]",
                "[\"\u0001\"]",
                "\u0000",
                "# x",
                "/* x */",
                "[tru]",
                "[`a`]",
                "{\"a\" 1}",
                "{\"a\": \"b}",
                "]",
                "{}{}",
                "[\"\\u12\"]",
                "[Feature]",
                "com.example.X"
            })
    void doesNotSpeakOfTheParser(String text) {
        assertIsAboutTheJson(MalformedJson.words(failure(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth", "number", "string", "name"})
    void tellsLimitsWithoutNamesOfSettings(String limit) {
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(5)
                        .maxNumberLength(5)
                        .maxStringLength(5)
                        .maxNameLength(5)
                        .build());
        String text = switch (limit) {
            case "depth" -> "[".repeat(10);
            case "number" -> "[" + "1".repeat(10_000) + "]";
            case "string" -> "[\"" + "x".repeat(10_000) + "\"]";
            default -> "{\"" + "x".repeat(10_000) + "\": 1}";
        };
        String words = MalformedJson.words(failure(text));
        assertIsAboutTheJson(words);
        assertFalse(words.equals("malformed"), words);
    }

    private JsonProcessingException failure(String text) {
        return assertThrows(JsonProcessingException.class, () -> json.readTree(text));
    }

    private static void assertIsAboutTheJson(String words) {
        assertFalse(
                words.isBlank()
                        || words.matches("(?s).*(Feature|Constraints|Source:|`[A-Z]|enable|fasterxml|java\\.|\n).*"),
                words);
    }
}
