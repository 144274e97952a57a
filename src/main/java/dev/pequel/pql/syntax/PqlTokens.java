package dev.pequel.pql.syntax;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import java.util.ArrayList;
import java.util.List;

/** The words of a text in order, looked at by position. Before the first and after the last there is only the end. */
final class PqlTokens {

    private final List<PqlToken> words;

    /** @param words the last one marks the end of the text */
    PqlTokens(List<PqlToken> words) {
        this.words = new ArrayList<>(words);
    }

    int size() {
        return words.size();
    }

    PqlToken get(int i) {
        return words.get(Math.clamp(i, 0, words.size() - 1));
    }

    int type(int i) {
        return i >= 0 && i < words.size() ? words.get(i).getType() : PqlToken.EOF;
    }

    List<PqlToken> all() {
        return words;
    }

    boolean isName(int i) {
        return type(i) == IDENTIFIER || type(i) == QUOTED_NAME;
    }

    /** Whether a variable is declared here: {@code name from}. */
    boolean isDeclaration(int i) {
        return isName(i) && type(i + 1) == FROM;
    }

    /** Whether a value may end with the word here, so that what follows is an operator. */
    boolean endsOperand(int i) {
        return mayEndOperand(type(i));
    }

    static boolean mayEndOperand(int type) {
        return switch (type) {
            case UNIT, RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> true;
            default -> isValue(type);
        };
    }

    /** Whether the word here is a value by itself. */
    boolean isWordOperand(int i) {
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

    /** Whether a value may start with the word here. */
    boolean startsOperand(int i) {
        return switch (type(i)) {
            // Between two values it is a test, before a parenthesis a function.
            case MATCHES -> type(i + 1) == LEFT_PARENTHESIS && !endsOperand(i - 1);
            default -> mayStartOperand(type(i));
        };
    }

    /** Whether a value may start with a word of this type. */
    static boolean mayStartOperand(int type) {
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
