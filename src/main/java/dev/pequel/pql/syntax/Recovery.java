package dev.pequel.pql.syntax;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.syntax.token.PqlToken;
import dev.pequel.pql.syntax.token.SyntaxDiagnostics;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Reports errors in the form of larger constructs, the only errors left when the generated parser runs, and continues
 * after them.
 */
final class Recovery extends DefaultErrorStrategy {

    private final SyntaxDiagnostics findings;

    Recovery(SyntaxDiagnostics findings) {
        this.findings = findings;
    }

    @Override
    public void reportError(Parser parser, RecognitionException cause) {
        report(parser, cause.getOffendingToken());
    }

    @Override
    protected void reportUnwantedToken(Parser parser) {
        report(parser, parser.getCurrentToken());
    }

    @Override
    protected void reportMissingToken(Parser parser) {
        report(parser, parser.getCurrentToken());
    }

    /** Returns a token without length for one that is missing before the current token. */
    @Override
    protected Token getMissingSymbol(Parser parser) {
        PqlToken current = (PqlToken) parser.getCurrentToken();
        return current.missing(getExpectedTokens(parser).getMinElement());
    }

    /** Skips to the end of the construct's open brackets; no position inside them is certain any more. */
    @Override
    public void recover(Parser parser, RecognitionException cause) {
        int depth = 0;
        for (int i = parser.getContext().getStart().getTokenIndex();
                i < parser.getCurrentToken().getTokenIndex();
                i++) {
            depth += nesting(parser.getTokenStream().get(i).getType());
        }
        if (depth <= 0) {
            super.recover(parser, cause);
            return;
        }
        while (depth > 0 && parser.getCurrentToken().getType() != Token.EOF) {
            depth += nesting(parser.getCurrentToken().getType());
            parser.consume();
        }
    }

    /** Skips whole brackets, so that their ends are not taken for the end of the surrounding construct. */
    @Override
    protected void consumeUntil(Parser parser, IntervalSet set) {
        int depth = 0;
        for (int type = parser.getTokenStream().LA(1);
                type != Token.EOF && (depth > 0 || !set.contains(type));
                type = parser.getTokenStream().LA(1)) {
            depth += nesting(type);
            parser.consume();
        }
    }

    private static int nesting(int type) {
        return switch (type) {
            case LEFT_PARENTHESIS, LAMBDA_PARENTHESIS, LEFT_BRACKET, LEFT_BRACE -> 1;
            case RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> -1;
            default -> 0;
        };
    }

    private void report(Parser parser, Token offending) {
        if (inErrorRecoveryMode(parser)) {
            return;
        }
        beginErrorCondition(parser);
        PqlToken found = (PqlToken) offending;
        if (isTest(found.getType())) {
            findings.report(
                    DiagnosticCode.CHAINED_COMPARISON,
                    "Comparisons cannot be chained; write `a < b and b < c`, or put one in parentheses.",
                    found);
            return;
        }
        String expected = expected(parser);
        String message;
        if (!expected.isEmpty()) {
            message = expected + " is expected" + (found.isEnd() ? " at the end" : ", not `" + found.getText() + "`");
        } else if (found.isEnd()) {
            message = "The expression is incomplete";
        } else {
            message = "`" + found.getText() + "` is not allowed here" + hint(found);
        }
        findings.report(DiagnosticCode.SYNTAX, message + form(parser) + ".", found);
    }

    private static String hint(PqlToken found) {
        return switch (found.getType()) {
            case COMMA -> "; commas separate only items, arguments and variables (`X from list`)";
            case PLUS, MINUS, STAR, SLASH, PERCENT -> "; put the expression it belongs to in parentheses";
            default -> "";
        };
    }

    private static boolean isTest(int type) {
        return switch (type) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN, NOT_IN, LIKE, MATCHES, OCCURS ->
                true;
            default -> false;
        };
    }

    /** Describes the tokens allowed here; empty when there are too many to list. */
    private static String expected(Parser parser) {
        IntervalSet types = parser.getExpectedTokens();
        List<String> words = new ArrayList<>();
        for (int type : types.toArray()) {
            String word = switch (type) {
                case IDENTIFIER -> "a name";
                case QUOTED_NAME -> "";
                case INTEGER -> "a whole number";
                case STRING -> "a key in double quotes";
                case UNIT -> "a unit";
                case Token.EOF -> "";
                default -> "`" + spelling(type) + "`";
            };
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        if (words.isEmpty() || words.size() > 3 || types.contains(Token.EOF)) {
            return "";
        }
        String last = words.removeLast();
        String all = words.isEmpty() ? last : String.join(", ", words) + " or " + last;
        return Character.toUpperCase(all.charAt(0)) + all.substring(1);
    }

    /** Returns the notation of a token. The vocabulary has a spelling for signs but not for words. */
    private static String spelling(int type) {
        String literal = VOCABULARY.getLiteralName(type);
        if (literal != null) {
            return literal.substring(1, literal.length() - 1);
        }
        return switch (type) {
            case LET_IN -> "in";
            case WHAT -> "WHAT";
            case WHEN -> "WHEN";
            case COUNT -> "COUNT";
            case LAMBDA_PARENTHESIS -> "(";
            default -> VOCABULARY.getSymbolicName(type).toLowerCase(java.util.Locale.ROOT);
        };
    }

    /** Returns the form of the surrounding construct. */
    private static String form(Parser parser) {
        ParserRuleContext context = parser.getContext();
        if (context.getRuleIndex() == RULE_name && context.getParent() != null) {
            context = context.getParent();
        }
        return switch (context.getRuleIndex()) {
            case RULE_conditional -> "; a conditional is written `if(condition, value, otherwise)`";
            case RULE_chain ->
                "; a chain is written `chain(list, timestamp, [A: WHAT(condition), B: WHAT(condition)])`";
            case RULE_link -> "; an element of a chain is written `A: WHAT(condition) WHEN(window) COUNT(n)`";
            case RULE_let -> "; `let` is written `let name = value in expression`";
            case RULE_declaration, RULE_declarations, RULE_quantified ->
                "; a variable is declared as `X from list where condition`";
            case RULE_aggregation -> "; an aggregate is written `sum value over X from list`";
            case RULE_lambda -> "; a lambda is written `(A, B) => value`";
            case RULE_object, RULE_entry -> "; an object is written `{\"key\": value}`";
            case RULE_step -> "; a filter is written `list[condition]`";
            case RULE_timeTest -> "; `between` is written `occurs between time and time`";
            default -> "";
        };
    }
}
