package dev.pequel.expression;

import dev.pequel.http.request.BodyFields;
import dev.pequel.pql.term.Purpose;

/** The property {@code purpose} of a request's body. */
final class PurposeWord {

    static final String SEGMENT = "segment";
    static final String VALUE = "value";

    private static final int LONGEST = 64;

    private PurposeWord() {}

    static String read(BodyFields body, String fallback) {
        String word = body.text("purpose", LONGEST).orElse(fallback);
        if (!word.equals(SEGMENT) && !word.equals(VALUE)) {
            body.refuse("purpose", "must be " + SEGMENT + " or " + VALUE);
        }
        return word;
    }

    static Purpose of(String word) {
        return word.equals(SEGMENT) ? Purpose.SEGMENT : Purpose.VALUE;
    }
}
