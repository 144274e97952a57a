package dev.pequel.pql.syntax;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.SourceText;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.syntax.grammar.PqlParser.QueryContext;
import dev.pequel.pql.syntax.repair.BracketMatcher;
import dev.pequel.pql.syntax.repair.ForeignSyntaxRepair;
import dev.pequel.pql.syntax.repair.MissingOperandRepair;
import dev.pequel.pql.syntax.token.PqlTokens;
import dev.pequel.pql.syntax.token.Scanner;
import dev.pequel.pql.syntax.token.SoftKeywords;
import dev.pequel.pql.syntax.token.SyntaxDiagnostics;
import dev.pequel.pql.syntax.token.TimeKeywords;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * Parses expressions in text form. Never throws for bad input: it reports all errors at once as diagnostics. Time and
 * stack depth are bounded by the limits.
 */
public final class PqlParser {

    /** Errors with an unambiguous repair. */
    private static final Set<DiagnosticCode> SLIPS =
            Set.of(DiagnosticCode.DOUBLE_EQUALS, DiagnosticCode.PLURAL_UNIT, DiagnosticCode.KEYWORD_CASE);

    private final Limits limits;
    private final PredictionMode mode;

    /** Creates a parser that refuses expressions beyond these limits. */
    public PqlParser(Limits limits) {
        // No rule looks far ahead, so a decision never depends on the rules that led to it. A second attempt with the
        // full context, as is usual after an error, would accept nothing more.
        this(limits, PredictionMode.SLL);
    }

    PqlParser(Limits limits, PredictionMode mode) {
        this.limits = limits;
        this.mode = mode;
    }

    /** Parses an expression; the result has it or the errors in the text. */
    public Parsed parse(String text) {
        SourceText source = new SourceText(text);
        SyntaxDiagnostics findings = new SyntaxDiagnostics(source);
        Optional<Expression> expression = parse(source, findings);
        return findings.isEmpty()
                ? new Parsed(expression, findings.all())
                : new Parsed(Optional.empty(), expression, findings.all());
    }

    /** Returns the expression, also when all errors are {@link #SLIPS}. */
    private Optional<Expression> parse(SourceText source, SyntaxDiagnostics findings) {
        String text = source.text();
        if (Limits.characters(text) > limits.length()) {
            findings.report(
                    DiagnosticCode.TOO_LONG,
                    "The expression has " + Limits.characters(text) + " characters; at most " + limits.length()
                            + " are allowed.",
                    text.offsetByCodePoints(0, limits.length()),
                    text.length());
            return Optional.empty();
        }
        PqlTokens lexemes = Scanner.scan(source, findings);
        if (lexemes.size() == 1 && findings.isEmpty()) {
            findings.report(DiagnosticCode.EMPTY_EXPRESSION, "The expression is empty.", lexemes.get(0));
        }
        if (lexemes.size() == 1 || findings.isFull()) {
            return Optional.empty();
        }
        // Checked here because the repairs would double oversized input, and again after them, when they have
        // revealed all nesting.
        if (!NestingCheck.accepts(lexemes, limits, findings)) {
            return Optional.empty();
        }
        lexemes = ForeignSyntaxRepair.replace(lexemes, findings);
        lexemes = BracketMatcher.pair(source, lexemes, findings);
        lexemes = SoftKeywords.recognise(lexemes, findings);
        lexemes = TimeKeywords.recognise(lexemes, findings);
        lexemes = MissingOperandRepair.complete(lexemes, findings);
        if (findings.isFull() || !NestingCheck.accepts(lexemes, limits, findings)) {
            return Optional.empty();
        }
        QueryContext tree = Grammar.parse(lexemes, mode, findings);
        return findings.are(SLIPS) ? Optional.of(new TreeBuilder(source).query(tree)) : Optional.empty();
    }
}
