package dev.pequel.pql.syntax.token;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import java.util.ArrayList;
import java.util.List;

/** The tokens of a text, accessed by position. Positions before the first and after the last return the end token. */
public final class PqlTokens {

    private final List<PqlToken> words;

    /** @param words the tokens; the last one marks the end of the text */
    public PqlTokens(List<PqlToken> words) {
        this.words = new ArrayList<>(words);
    }

    public int size() {
        return words.size();
    }

    public PqlToken get(int i) {
        return words.get(Math.clamp(i, 0, words.size() - 1));
    }

    public int type(int i) {
        return i >= 0 && i < words.size() ? words.get(i).getType() : PqlToken.EOF;
    }

    public List<PqlToken> all() {
        return words;
    }

    public boolean isName(int i) {
        return type(i) == IDENTIFIER || type(i) == QUOTED_NAME;
    }

    /** Whether a variable is declared here: {@code name from}. */
    public boolean isDeclaration(int i) {
        return isName(i) && type(i + 1) == FROM;
    }

    /** Whether a value may end with this token, so that an operator can follow. */
    public boolean endsOperand(int i) {
        return mayEndOperand(type(i));
    }

    public static boolean mayEndOperand(int type) {
        return switch (type) {
            case UNIT, RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> true;
            default -> isValue(type);
        };
    }

    /** Whether this token is a value by itself. */
    public boolean isWordOperand(int i) {
        return type(i) == UNIT || isValue(type(i));
    }

    private static boolean isValue(int type) {
        return switch (type) {
            case IDENTIFIER,
                    QUOTED_NAME,
                    STRING,
                    INTEGER,
                    DOUBLE,
                    TRUE,
                    FALSE,
                    NULL,
                    PARAMETER,
                    CONTEXT,
                    THIS,
                    NOW,
                    TODAY,
                    YESTERDAY,
                    TOMORROW,
                    CARET -> true;
            default -> false;
        };
    }

    /** Whether a value may start with this token. */
    public boolean startsOperand(int i) {
        return switch (type(i)) {
            // Between two values it is a test, before a parenthesis a function.
            case MATCHES -> type(i + 1) == LEFT_PARENTHESIS && !endsOperand(i - 1);
            default -> mayStartOperand(type(i));
        };
    }

    /** Whether a value may start with a token of this type. */
    public static boolean mayStartOperand(int type) {
        return switch (type) {
            case IF,
                    LET,
                    SELECT,
                    EXISTS,
                    FORALL,
                    MATCHES,
                    AGGREGATE,
                    CHAIN,
                    NOT,
                    BANG,
                    MINUS,
                    LAMBDA_PARENTHESIS,
                    LEFT_PARENTHESIS,
                    LEFT_BRACKET,
                    LEFT_BRACE -> true;
            default -> isValue(type);
        };
    }
}
