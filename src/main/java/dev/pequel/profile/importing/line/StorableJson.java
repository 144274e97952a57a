package dev.pequel.profile.importing.line;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Parses JSON and refuses documents that cannot be stored as {@code jsonb}, or could not be read again: those with the
 * character U+0000, half a surrogate pair, text that is not UTF-8, or numbers beyond the range of a double, and those
 * that are too long when their numbers are written without exponent, as {@code jsonb} does.
 */
final class StorableJson extends EveryTokenParser {

    /** A number of at most this length without exponent is within the range of a double. */
    private static final int SAFE_LENGTH = 300;

    private final int maxBytes;
    private long storedBytes;

    /** Thrown when a document is JSON but cannot be stored. */
    static final class Unstorable extends IOException {

        private static final long serialVersionUID = 1L;

        private Unstorable(String message) {
            super(message);
        }
    }

    private StorableJson(JsonParser parser, int bytes, int maxBytes) {
        super(parser);
        this.storedBytes = bytes;
        this.maxBytes = maxBytes;
    }

    /**
     * Returns a parser before its first token. The parser throws {@link Unstorable} at a number that is refused.
     *
     * @param maxBytes maximum size of the document when numbers are written without exponent
     * @throws Unstorable when the text or an escape is refused
     */
    static JsonParser parser(JsonFactory json, byte[] document, int maxBytes) throws IOException {
        checkEncoding(document);
        checkEscapes(document);
        return new StorableJson(json.createParser(document), document.length, maxBytes);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT
                || token == JsonToken.VALUE_NUMBER_INT && getTextLength() > SAFE_LENGTH) {
            checkNumber();
        }
        return token;
    }

    private void checkNumber() throws IOException {
        String number = getText();
        int mark = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (mark < 0 && number.length() <= SAFE_LENGTH) {
            return;
        }
        int exponent = mark < 0 ? 0 : exponent(number.substring(mark + 1));
        double value = getDoubleValue();
        // 0e-1000 is stored as a zero with a thousand decimals.
        boolean isFar = value == 0 && (!isZero(number) || exponent > SAFE_LENGTH);
        if (Double.isInfinite(value) || isFar) {
            throw new Unstorable("the number " + number + " is beyond the range of double precision");
        }
        storedBytes += exponent;
        if (storedBytes > maxBytes) {
            throw new Unstorable(
                    "the document has more than " + maxBytes + " bytes when its numbers are written without exponents");
        }
    }

    /**
     * The absolute value of the exponent: about the number of characters that are added when the number is written
     * without it.
     */
    private static int exponent(String text) {
        int max = 7;
        return text.length() > max ? Integer.MAX_VALUE / 2 : Math.abs(Integer.parseInt(text));
    }

    /** Whether all digits before the exponent are zeros. */
    private static boolean isZero(String number) {
        return number.chars().takeWhile(c -> c != 'e' && c != 'E').noneMatch(c -> c >= '1' && c <= '9');
    }

    private static void checkEncoding(byte[] document) throws Unstorable {
        for (byte unit : document) {
            if (unit < 0) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document));
                } catch (CharacterCodingException e) {
                    throw new Unstorable("the text is not encoded in UTF-8");
                }
                return;
            }
        }
    }

    /**
     * Checks escapes without parsing, because a backslash occurs in JSON only within strings. Malformed JSON is left to
     * the parser.
     */
    private static void checkEscapes(byte[] document) throws Unstorable {
        boolean highBefore = false;
        for (int i = 0; i < document.length; i++) {
            boolean low = false;
            boolean high = false;
            if (document[i] == '\\') {
                i++;
                if (i + 4 < document.length && document[i] == 'u') {
                    int unit = hexadecimal(document, i + 1);
                    if (unit == 0) {
                        throw new Unstorable("a string contains the character U+0000");
                    }
                    high = unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE;
                    low = unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
                    i += 4;
                }
            }
            if (highBefore != low) {
                throw new Unstorable("a string contains half of a surrogate pair");
            }
            highBefore = high;
        }
    }

    /** The value of four hexadecimal digits, or -1. */
    private static int hexadecimal(byte[] document, int start) {
        int number = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = Character.digit(document[i], 16);
            if (digit < 0) {
                return -1;
            }
            number = number * 16 + digit;
        }
        return number;
    }
}
