package dev.pequel.pql.syntax;

import dev.pequel.pql.syntax.grammar.PqlParser;
import dev.pequel.pql.syntax.grammar.PqlParser.QueryContext;
import dev.pequel.pql.syntax.token.PqlTokens;
import dev.pequel.pql.syntax.token.SyntaxDiagnostics;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.atn.PredictionMode;

/** Runs the generated parser. */
final class Grammar {

    private Grammar() {}

    /** Returns the parse tree, which is complete when nothing was reported. */
    static QueryContext parse(PqlTokens lexemes, PredictionMode mode, SyntaxDiagnostics findings) {
        PqlParser parser = new PqlParser(new CommonTokenStream(new ListTokenSource(lexemes.all())));
        parser.getInterpreter().setPredictionMode(mode);
        parser.removeErrorListeners();
        parser.setErrorHandler(new Recovery(findings));
        return parser.query();
    }
}
