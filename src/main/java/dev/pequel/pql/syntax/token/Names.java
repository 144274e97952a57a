package dev.pequel.pql.syntax.token;

import dev.pequel.pql.syntax.grammar.PqlLexer;
import dev.pequel.pql.syntax.grammar.PqlParser;
import java.util.Locale;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** Rules for names, and their notation where they could be taken for another token. */
public final class Names {

    private Names() {}

    /** Returns the notation of a variable, an input, a field of the current item or a label. */
    public static String bare(String name) {
        return isIdentifier(name) && !isReserved(name) ? name : quoted(name);
    }

    public static String afterDot(String name) {
        return isIdentifier(name) ? name : quoted(name);
    }

    /** Returns the notation of a function called without a receiver. */
    public static String function(String name) {
        boolean reservedMethod = name.equals("exists") || name.equals("matches");
        boolean special = name.equalsIgnoreCase("chain");
        return reservedMethod ? name : special ? quoted(name) : bare(name);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Whether the name consists of letters, digits and underscores of any script and does not start with a digit. */
    static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && isStart(name.codePointAt(0))
                && name.codePoints().allMatch(Names::isPart);
    }

    static boolean isStart(int character) {
        return character == '_'
                || Character.isLetter(character)
                || Character.getType(character) == Character.LETTER_NUMBER;
    }

    public static boolean isPart(int character) {
        return isStart(character)
                || switch (Character.getType(character)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER ->
                        true;
                    default -> false;
                };
    }

    /** Whether the lexer has a token for the word, in any case. */
    static boolean isReserved(String name) {
        PqlLexer lexer = new PqlLexer(CharStreams.fromString(name.toLowerCase(Locale.ROOT)));
        lexer.removeErrorListeners();
        int type = lexer.nextToken().getType();
        return type >= PqlParser.AND
                && type < PqlParser.IDENTIFIER
                && lexer.nextToken().getType() == Token.EOF;
    }
}
