package dev.pequel.pql.syntax;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.syntax.grammar.PqlParser;
import dev.pequel.pql.syntax.grammar.PqlParser.QueryContext;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.PredictionMode;

/** Runs the generated parser. */
final class Grammar {

    private Grammar() {}

    /** The parse tree; complete when nothing was reported. */
    static QueryContext parse(Lexemes lexemes, Findings findings) {
        PqlParser parser = new PqlParser(new CommonTokenStream(new ListTokenSource(lexemes.all())));
        // No rule looks further ahead than four words, so the parser never needs to know how it came to where it is,
        // and
        // a second attempt with the full context could not find anything else.
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new Recovery());
        parser.removeErrorListeners();
        parser.addErrorListener(new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    Object symbol,
                    int line,
                    int column,
                    String message,
                    RecognitionException cause) {
                findings.report(DiagnosticCode.SYNTAX, message, (Lexeme) symbol);
            }
        });
        return parser.query();
    }
}
