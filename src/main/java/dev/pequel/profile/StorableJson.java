package dev.pequel.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON and refuses what is JSON but cannot be a {@code jsonb} value, or would be one that cannot be read again: the
 * character U+0000, half a surrogate pair, text that is not UTF-8, numbers of absurd size.
 */
final class StorableJson extends JsonParserDelegate {

    /** Digits of a number written without exponent, as {@code jsonb} writes it. */
    private static final int MAX_NUMBER_DIGITS = 1000;

    /** The document is JSON but cannot be stored. */
    static final class Unstorable extends IOException {

        private static final long serialVersionUID = 1L;

        private Unstorable(String message) {
            super(message);
        }
    }

    private StorableJson(JsonParser parser) {
        super(parser);
    }

    /** A parser before the first token; it throws {@link Unstorable} when it comes to a number that is refused. */
    static JsonParser parser(JsonFactory json, byte[] document) throws IOException {
        checkEncoding(document);
        checkEscapes(document);
        return new StorableJson(json.createParser(document));
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            checkNumber(getText());
        }
        return token;
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        if (currentToken() == JsonToken.START_OBJECT || currentToken() == JsonToken.START_ARRAY) {
            int open = 1;
            while (open > 0) {
                JsonToken token = nextToken();
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        }
        return this;
    }

    private static void checkNumber(String number) throws Unstorable {
        int mark = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (mark < 0) {
            return;
        }
        String exponent = number.substring(mark + 1);
        boolean isLong = exponent.length() > 8;
        if (isLong || mark + Math.abs(Integer.parseInt(exponent)) > MAX_NUMBER_DIGITS) {
            throw new Unstorable("the number " + number + " is out of range");
        }
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
