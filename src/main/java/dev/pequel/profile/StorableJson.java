package dev.pequel.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON and refuses what is JSON but cannot be a {@code jsonb} value, or would be one that cannot be read again: the
 * character U+0000, half a surrogate pair, text that is not UTF-8, numbers beyond the range of a double, and documents that are
 * too long when their numbers are written as {@code jsonb} writes them, without exponent.
 */
final class StorableJson extends EveryTokenParser {

    /** A number with fewer characters and no exponent is not beyond the range of a double. */
    private static final int SAFE_LENGTH = 300;

    private final int maxBytes;
    private long storedBytes;

    /** The document is JSON but cannot be stored. */
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
     * A parser before the first token; it throws {@link Unstorable} when it comes to a number that is refused.
     *
     * @param maxBytes longest document, when numbers are written without exponent
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
        // 0e-1000 is stored as a zero with a thousand more behind the point.
        boolean isFar = value == 0 && (!isZero(number) || exponent > SAFE_LENGTH);
        if (Double.isInfinite(value) || isFar) {
            throw new Unstorable("the number " + number + " is beyond the range of double precision");
        }
        storedBytes += exponent;
        if (storedBytes > maxBytes) {
            throw new Unstorable(
                    "the document has more than " + maxBytes + " bytes when its numbers are written without exponent");
        }
    }

    /** The exponent without its sign: about as many characters longer is the number without it. */
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

    /** In JSON a backslash stands nowhere but in strings. What is not JSON is left to the parser. */
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
                throw new Unstorable("a string contains half a surrogate pair");
            }
            highBefore = high;
        }
    }

    /** The four digits as a number, or -1. */
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
