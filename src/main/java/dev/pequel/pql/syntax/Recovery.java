package dev.pequel.pql.syntax;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;

/** Goes on after an error, so that one answer names them all. */
final class Recovery extends DefaultErrorStrategy {

    /** The word that should stand before the current one takes no place. */
    @Override
    protected Token getMissingSymbol(Parser recognizer) {
        Lexeme current = (Lexeme) recognizer.getCurrentToken();
        int expected = getExpectedTokens(recognizer).getMinElement();
        return current.missing(expected);
    }
}
