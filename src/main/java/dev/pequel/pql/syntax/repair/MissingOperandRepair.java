package dev.pequel.pql.syntax.repair;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.syntax.token.PqlToken;
import dev.pequel.pql.syntax.token.PqlTokens;
import dev.pequel.pql.syntax.token.SyntaxDiagnostics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Makes values and operators alternate. A missing value, name or operator is reported and inserted, so that the
 * parser only has to report errors in larger constructs. Requires paired brackets and all keywords.
 */
public final class MissingOperandRepair {

    private final PqlTokens lexemes;
    private final SyntaxDiagnostics findings;
    private final List<PqlToken> result = new ArrayList<>();
    /** One for each open bracket, and one for the whole text. */
    private final Deque<Frame> frames = new ArrayDeque<>();

    private MissingOperandRepair(PqlTokens lexemes, SyntaxDiagnostics findings) {
        this.lexemes = lexemes;
        this.findings = findings;
    }

    public static PqlTokens complete(PqlTokens lexemes, SyntaxDiagnostics findings) {
        return new MissingOperandRepair(lexemes, findings).complete();
    }

    private PqlTokens complete() {
        frames.push(new Frame(false));
        for (int i = 0; i < lexemes.size(); i++) {
            PqlToken lexeme = lexemes.get(i);
            int previous = previous();
            if (lexeme.is(OTHER)) {
                // Already reported; here only its probable role matters.
                if (needsOperand(i) && !lexemes.startsOperand(i + 1)) {
                    result.add(lexeme.as(NULL));
                } else if (PqlTokens.mayEndOperand(previous) && lexemes.startsOperand(i + 1)) {
                    result.add(lexeme.as(AND));
                }
                continue;
            }
            if (previous == DOT && !lexemes.isName(i)) {
                missingName(lexeme);
            } else if (declares(previous)
                    && lexemes.type(i + 1) == FROM
                    && lexemes.isWordOperand(i)
                    && !lexemes.isName(i)) {
                findings.report(
                        DiagnosticCode.SYNTAX,
                        "The name of a variable is expected after `" + previousText() + "`, not `" + lexeme.getText()
                                + "`.",
                        lexeme);
                lexeme.setType(IDENTIFIER);
            } else if (isVariable() && !lexeme.is(isLetName() ? EQUAL : FROM) && !lexeme.is(DOT)) {
                missingAfterVariable(lexeme);
            } else if (needsOperand(i) && !lexemes.startsOperand(i)) {
                missingOperand(lexeme);
            } else if (PqlTokens.mayEndOperand(previous) && startsAnother(i)) {
                missingOperator(i, lexeme);
            } else if (bindsTighterThanOpen(previous) && isOpen(i)) {
                parenthesise(lexeme);
            }
            brackets(i, lexeme);
        }
        return new PqlTokens(result);
    }

    private void brackets(int i, PqlToken lexeme) {
        switch (lexeme.getType()) {
            case LEFT_PARENTHESIS, LAMBDA_PARENTHESIS, LEFT_BRACKET, LEFT_BRACE -> frames.push(new Frame(hasItems(i)));
            case RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> {
                closeAdded(lexeme);
                frames.pop();
            }
            case COMMA -> {
                if (!lexemes.isDeclaration(i + 1)) {
                    closeAdded(lexeme);
                }
            }
            case PqlToken.EOF -> closeAdded(lexeme);
            default -> {}
        }
        result.add(lexeme);
    }

    /** Whether commas are allowed inside the bracket. */
    private boolean hasItems(int i) {
        int before = previous();
        return switch (lexemes.type(i)) {
            case LEFT_PARENTHESIS -> before == IDENTIFIER || before == QUOTED_NAME;
            case LEFT_BRACKET -> !PqlTokens.mayEndOperand(before);
            default -> lexemes.type(i) == LEFT_BRACE;
        };
    }

    // ---- A value is missing

    private boolean needsOperand(int i) {
        return switch (previous()) {
            case PqlToken.EOF,
                    AND,
                    OR,
                    NOT,
                    IN,
                    NOT_IN,
                    LIKE,
                    NOT_EQUAL,
                    PLUS,
                    MINUS,
                    STAR,
                    SLASH,
                    PERCENT,
                    BANG,
                    COMMA,
                    ARROW,
                    WHERE,
                    LET_IN,
                    EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL -> !isTime(i);
            case FROM, BEFORE, AFTER, ON, BETWEEN -> !isTime(i);
            case MATCHES -> lexemes.type(i) != LEFT_PARENTHESIS;
            case COLON -> lexemes.type(i) != WHAT;
            case LEFT_PARENTHESIS -> needsContent(i);
            case LEFT_BRACKET -> isFilter() || lexemes.type(i) != RIGHT_BRACKET;
            default -> false;
        };
    }

    /** Whether a time that is not a value begins here, such as {@code last month}. */
    private boolean isTime(int i) {
        return lexemes.type(i) == LAST || lexemes.type(i) == NEXT;
    }

    /** Whether the parenthesis just opened requires a value. Only arguments may be empty. */
    private boolean needsContent(int i) {
        return switch (beforePrevious()) {
            case WHEN, COUNT -> false;
            case IDENTIFIER, QUOTED_NAME, EXISTS, MATCHES -> lexemes.type(i) != RIGHT_PARENTHESIS;
            default -> true;
        };
    }

    private boolean isFilter() {
        return PqlTokens.mayEndOperand(beforePrevious());
    }

    private void missingOperand(PqlToken found) {
        missing("A value is expected" + (isAfterOperator() ? " after `" + previousText() + "`" : ""), found);
        result.add(found.missing(NULL));
    }

    private boolean isAfterOperator() {
        return switch (previous()) {
            case PqlToken.EOF, LEFT_PARENTHESIS, LEFT_BRACKET, COMMA -> false;
            default -> true;
        };
    }

    private void missingName(PqlToken found) {
        missing("A name is expected after `.`", found);
        result.add(found.missing(IDENTIFIER));
    }

    /** Whether the last two tokens begin a declaration. */
    private boolean isVariable() {
        return isName(previous()) && (beforePrevious() == LET || declares(beforePrevious()));
    }

    private static boolean declares(int type) {
        return type == SELECT || type == EXISTS || type == FORALL;
    }

    private boolean isLetName() {
        return beforePrevious() == LET;
    }

    private void missingAfterVariable(PqlToken found) {
        if (isLetName()) {
            missing("`=` is expected after the name", found);
            result.add(found.missing(EQUAL));
        } else {
            missing("`from` and a list are expected after the variable", found);
            result.add(found.missing(FROM));
        }
        if (!PqlTokens.mayStartOperand(found.getType())) {
            result.add(found.missing(NULL));
        }
    }

    private void missing(String expected, PqlToken found) {
        if (found.isEnd()) {
            // At the end of the last token, before the spaces that follow it.
            int end = result.isEmpty() ? found.start() : result.getLast().end();
            findings.report(DiagnosticCode.SYNTAX, expected + ", but the expression ends here.", end, end);
        } else {
            findings.report(DiagnosticCode.SYNTAX, expected + ", not `" + found.getText() + "`.", found);
        }
    }

    // ---- An operator is missing

    /** Whether a value starts here that cannot belong to the previous one. */
    private boolean startsAnother(int i) {
        int previous = previous();
        return switch (lexemes.type(i)) {
            case LEFT_PARENTHESIS -> previous != IDENTIFIER && previous != QUOTED_NAME;
            case LEFT_BRACKET, MINUS -> false;
            case CARET, IDENTIFIER, QUOTED_NAME -> previous != CARET;
            default -> lexemes.startsOperand(i);
        };
    }

    private void missingOperator(int i, PqlToken found) {
        String word = found.getText().toLowerCase(Locale.ROOT);
        if (found.is(IDENTIFIER) && lexemes.startsOperand(i + 1) && (word.equals("before") || word.equals("after"))) {
            findings.report(DiagnosticCode.SYNTAX, "Times are compared with `occurs`.", found, "occurs " + word);
            found.setType(AND);
        } else if (lexemes.isDeclaration(i)) {
            findings.report(DiagnosticCode.SYNTAX, "A `,` is missing before this variable.", found);
            result.add(found.missing(COMMA));
        } else if (found.is(IDENTIFIER) && lexemes.type(i + 1) == LEFT_PARENTHESIS) {
            findings.report(
                    DiagnosticCode.SYNTAX,
                    "A function is called with a dot, as in `a." + found.getText() + "(b)`.",
                    found,
                    "." + found.getText());
            result.add(found.missing(DOT));
        } else if (found.is(IDENTIFIER) && lexemes.startsOperand(i + 1)) {
            findings.report(
                    DiagnosticCode.SYNTAX,
                    "`" + found.getText()
                            + "` is not an operator; a function is called with a dot and parentheses, as in `a."
                            + found.getText() + "(b)`.",
                    found);
            found.setType(AND);
        } else if (found.is(STRING) && lexemes.type(i + 1) == COLON) {
            findings.report(DiagnosticCode.SYNTAX, "A `,` is missing before this entry.", found);
            result.add(found.missing(COMMA));
        } else {
            findings.report(
                    DiagnosticCode.SYNTAX,
                    "An operator such as `and` or `=`" + (frames.peek().items ? ", or a comma," : "")
                            + " is expected before `" + found.getText() + "`.",
                    found);
            result.add(found.missing(AND));
        }
    }

    // ---- An open expression where only a tighter one is allowed

    private boolean bindsTighterThanOpen(int previous) {
        return switch (previous) {
            case IN,
                    NOT_IN,
                    LIKE,
                    MATCHES,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    NOT_EQUAL,
                    PLUS,
                    MINUS,
                    STAR,
                    SLASH,
                    PERCENT,
                    BANG,
                    OCCURS,
                    BEFORE,
                    AFTER,
                    ON,
                    BETWEEN,
                    FROM -> true;
            case EQUAL -> !isLet();
            default -> false;
        };
    }

    /** Whether the last tokens are {@code let name =}. */
    private boolean isLet() {
        return result.size() > 2 && result.get(result.size() - 3).is(LET);
    }

    private boolean isOpen(int i) {
        return switch (lexemes.type(i)) {
            case NOT, LET, SELECT, FORALL, AGGREGATE, LAMBDA_PARENTHESIS -> true;
            case EXISTS -> lexemes.type(i + 1) != LEFT_PARENTHESIS;
            default -> false;
        };
    }

    private void parenthesise(PqlToken found) {
        String word = found.is(LAMBDA_PARENTHESIS) ? "A lambda" : "The `" + found.getText() + "` expression";
        findings.report(DiagnosticCode.SYNTAX, word + " must be in parentheses after `" + previousText() + "`.", found);
        result.add(found.missing(LEFT_PARENTHESIS));
        frames.peek().added++;
    }

    private void closeAdded(PqlToken before) {
        Frame frame = frames.peek();
        for (int n = 0; n < frame.added; n++) {
            result.add(before.missing(RIGHT_PARENTHESIS));
        }
        frame.added = 0;
    }

    // ---- Lookbehind

    private int previous() {
        return result.isEmpty() ? PqlToken.EOF : result.getLast().getType();
    }

    private int beforePrevious() {
        return result.size() < 2 ? PqlToken.EOF : result.get(result.size() - 2).getType();
    }

    private static boolean isName(int type) {
        return type == IDENTIFIER || type == QUOTED_NAME;
    }

    private String previousText() {
        return result.getLast().getText();
    }

    private static final class Frame {
        /** Whether commas are allowed inside. */
        final boolean items;
        /** Number of inserted parentheses that end with the bracket. */
        int added;

        Frame(boolean items) {
            this.items = items;
        }
    }
}
