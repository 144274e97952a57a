package dev.pequel.pql.syntax;

import dev.pequel.pql.syntax.grammar.PqlLexer;
import dev.pequel.pql.syntax.grammar.PqlParser;
import java.util.Locale;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** What a name is, and how it is written where it might be taken for something else. */
final class Names {

    private Names() {}

    /** A name of a variable, an input, a field of the current item or a label. */
    static String bare(String name) {
        return isIdentifier(name) && !isReserved(name) ? name : quoted(name);
    }

    static String afterDot(String name) {
        return isIdentifier(name) ? name : quoted(name);
    }

    /** The name of a function that is called without receiver. */
    static String function(String name) {
        boolean reservedMethod = name.equals("exists") || name.equals("matches");
        boolean special = name.equalsIgnoreCase("chain");
        return reservedMethod ? name : special ? quoted(name) : bare(name);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Letters, digits and underscores of any script, not starting with a digit. */
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

    static boolean isPart(int character) {
        return isStart(character)
                || switch (Character.getType(character)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER ->
                        true;
                    default -> false;
                };
    }

    /** Whether the lexer knows the word, in whatever case. */
    private static boolean isReserved(String name) {
        PqlLexer lexer = new PqlLexer(CharStreams.fromString(name.toLowerCase(Locale.ROOT)));
        lexer.removeErrorListeners();
        int type = lexer.nextToken().getType();
        return type >= PqlParser.AND
                && type < PqlParser.IDENTIFIER
                && lexer.nextToken().getType() == Token.EOF;
    }
}
