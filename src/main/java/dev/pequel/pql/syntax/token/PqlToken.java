package dev.pequel.pql.syntax.token;

import dev.pequel.pql.SourceText;
import dev.pequel.pql.syntax.grammar.PqlLexer;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * A token with its position in UTF-16 code units. Its type may change during repairs and the recognition of soft
 * keywords; its position never changes.
 */
public final class PqlToken extends CommonToken {

    private final SourceText source;

    PqlToken(SourceText source, int type, int start, int end) {
        super(type);
        this.source = source;
        setStartIndex(start);
        setStopIndex(end - 1);
    }

    public int start() {
        return getStartIndex();
    }

    public int end() {
        return getStopIndex() + 1;
    }

    public boolean is(int type) {
        return getType() == type;
    }

    /** Whether this is a name or a reserved word. */
    public boolean isWord() {
        return getType() >= PqlLexer.AND && getType() <= PqlLexer.QUOTED_NAME;
    }

    /** Changes the type of the token. */
    public PqlToken as(int type) {
        setType(type);
        return this;
    }

    public boolean isEnd() {
        return getType() == Token.EOF;
    }

    /** Whether the next token follows directly, without a space. */
    public boolean touches(PqlToken next) {
        return end() == next.start();
    }

    /** Creates a missing token in front of this one. */
    public PqlToken missing(int type) {
        return new PqlToken(source, type, start(), start());
    }

    @Override
    public String getText() {
        return source.text(start(), end());
    }
}
