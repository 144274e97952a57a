package dev.pequel.pql.syntax.repair;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.SourceText;
import dev.pequel.pql.Span;
import dev.pequel.pql.syntax.token.PqlToken;
import dev.pequel.pql.syntax.token.PqlTokens;
import dev.pequel.pql.syntax.token.SoftKeywords;
import dev.pequel.pql.syntax.token.SyntaxDiagnostics;
import dev.pequel.pql.syntax.token.TimeKeywords;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs brackets. Reports brackets without a partner or of the wrong kind, then adds missing brackets and removes
 * superfluous ones, so that afterwards every bracket has a partner. Also marks the parentheses that start a lambda.
 */
public final class BracketMatcher {

    private final SourceText source;
    private final PqlTokens lexemes;
    private final SyntaxDiagnostics findings;
    private final List<PqlToken> result = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    /** Number of open brackets by the type of their closing bracket. */
    private final int[] unclosed = new int[VOCABULARY.getMaxTokenType() + 1];

    private BracketMatcher(SourceText source, PqlTokens lexemes, SyntaxDiagnostics findings) {
        this.source = source;
        this.lexemes = lexemes;
        this.findings = findings;
    }

    public static PqlTokens pair(SourceText source, PqlTokens lexemes, SyntaxDiagnostics findings) {
        return new BracketMatcher(source, lexemes, findings).pair();
    }

    private PqlTokens pair() {
        for (int i = 0; i < lexemes.size(); i++) {
            PqlToken lexeme = lexemes.get(i);
            switch (lexeme.getType()) {
                case LEFT_PARENTHESIS, LEFT_BRACKET -> open(lexeme, i);
                case LEFT_BRACE -> openBrace(lexeme, i);
                case RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> close(lexeme, i);
                case COMMA -> {
                    if (!open.isEmpty() && !lexemes.isDeclaration(i + 1)) {
                        open.getLast().commas++;
                    }
                    result.add(lexeme);
                }
                case IDENTIFIER -> {
                    key(lexeme, i);
                    result.add(lexeme);
                }
                case PqlToken.EOF -> {
                    closeAll(lexeme);
                    result.add(lexeme);
                }
                default -> result.add(lexeme);
            }
        }
        return new PqlTokens(result);
    }

    private void open(PqlToken lexeme, int i) {
        push(new Open(lexeme, result.size(), isGroup(lexeme, i), false));
        result.add(lexeme);
    }

    private void push(Open bracket) {
        open.add(bracket);
        unclosed[bracket.writtenCloser()]++;
    }

    private Open pop() {
        Open bracket = open.removeLast();
        unclosed[bracket.writtenCloser()]--;
        return bracket;
    }

    /** Whether this parenthesis encloses a value, not arguments. */
    private boolean isGroup(PqlToken lexeme, int i) {
        if (!lexeme.is(LEFT_PARENTHESIS)) {
            return false;
        }
        boolean afterDot = lexemes.type(i - 2) == DOT;
        return switch (lexemes.type(i - 1)) {
            case IDENTIFIER, QUOTED_NAME, IF -> false;
            // `a matches (b)` is a test, `matches(a, b)` a call.
            case EXISTS, MATCHES -> !afterDot && lexemes.endsOperand(i - 2) && !isContextual(lexemes.get(i - 2));
            default -> !afterDot;
        };
    }

    /** Whether the word may be a soft keyword, as in {@code occurs on matches(a, b)}. */
    private static boolean isContextual(PqlToken word) {
        return word.is(IDENTIFIER) && (TimeKeywords.isKeyword(word.getText()) || SoftKeywords.isAggregate(word));
    }

    /** Opens a brace of an object, or of the conditions that old queries have in braces. */
    private void openBrace(PqlToken lexeme, int i) {
        boolean object = lexemes.type(i + 1) == RIGHT_BRACE || lexemes.type(i + 2) == COLON;
        if (object) {
            open(lexeme, i);
            return;
        }
        findings.report(
                DiagnosticCode.LEGACY_SYNTAX,
                "Conditions are not written in braces; to test the items of a list, write `select X from list where ...`.",
                lexeme);
        push(new Open(lexeme.as(LEFT_PARENTHESIS), result.size(), true, true));
        result.add(lexeme);
    }

    /** Repairs a key without quotes. */
    private void key(PqlToken lexeme, int i) {
        boolean entry = !open.isEmpty()
                && open.getLast().opener.is(LEFT_BRACE)
                && lexemes.type(i + 1) == COLON
                && (lexemes.type(i - 1) == LEFT_BRACE || lexemes.type(i - 1) == COMMA);
        if (entry) {
            findings.report(
                    DiagnosticCode.SYNTAX,
                    "The keys of an object are written in double quotes.",
                    lexeme,
                    "\"" + lexeme.getText() + "\"");
            lexeme.setType(STRING);
        }
    }

    private void close(PqlToken closer, int i) {
        int partner = partner(closer);
        if (partner < 0) {
            closeNothing(closer, i);
            return;
        }
        if (partner < open.size() - 1) {
            missing(open.size() - 1 - partner, closer);
        }
        closeLast(closer, i);
    }

    /** Returns the position of the last open bracket that the closing bracket fits; negative when there is none. */
    private int partner(PqlToken closer) {
        // Every bracket that the search passes will be closed, so all searches together are linear.
        int partner = unclosed[closer.getType()] == 0 ? -1 : open.size() - 1;
        while (partner >= 0 && !open.get(partner).isClosedBy(closer)) {
            partner--;
        }
        return partner;
    }

    /** Handles a closing bracket that has nothing to close or is of the wrong kind. */
    private void closeNothing(PqlToken closer, int i) {
        boolean wrongKind = !open.isEmpty() && !open.getLast().isClosedBy(lexemes.get(i + 1));
        if (!wrongKind) {
            findings.report(
                    DiagnosticCode.SYNTAX,
                    "`" + closer.getText() + "` has no matching `" + opener(closer) + "`.",
                    closer,
                    "");
            return;
        }
        Open last = open.getLast();
        findings.report(
                DiagnosticCode.SYNTAX,
                "The `" + last.opener.getText() + "` " + place(last.opener) + " is closed by `" + last.closer()
                        + "`, not by `" + closer.getText() + "`.",
                closer,
                last.closer());
        closeLast(closer, i);
    }

    private void closeLast(PqlToken closer, int i) {
        Open last = pop();
        closer.setType(last.closerType());
        if (last.group) {
            int items = result.size() - 1 - last.index;
            if (lexemes.type(i + 1) == ARROW) {
                last.opener.setType(LAMBDA_PARENTHESIS);
            } else if (last.commas > 0 && !last.legacy || items == 1 && isListOfOne(last)) {
                findings.report(
                        DiagnosticCode.PARENTHESISED_LIST,
                        "A list is written in square brackets.",
                        last.opener.start(),
                        closer.end(),
                        "[" + source.text(last.opener.end(), closer.start()) + "]");
                last.opener.setType(LEFT_BRACKET);
                closer.setType(RIGHT_BRACKET);
            }
        }
        result.add(closer);
    }

    /** Whether the group is a list of one item in parentheses: {@code in ("US")}. */
    private boolean isListOfOne(Open group) {
        int before =
                group.index == 0 ? PqlToken.EOF : result.get(group.index - 1).getType();
        return (before == IN || before == NOT_IN)
                && switch (result.getLast().getType()) {
                    case STRING, INTEGER, DOUBLE, TRUE, FALSE -> true;
                    default -> false;
                };
    }

    private void closeAll(PqlToken end) {
        if (!open.isEmpty()) {
            missing(open.size(), end);
        }
    }

    /** Reports the innermost of the unclosed brackets, and closes them all. */
    private void missing(int count, PqlToken before) {
        StringBuilder closers = new StringBuilder();
        Open innermost = open.getLast();
        // At the end of the last token, before the spaces that follow it.
        int place = before.isEnd() ? result.getLast().end() : before.start();
        for (int n = 0; n < count; n++) {
            Open bracket = pop();
            closers.append(bracket.closer());
            result.add(before.missing(bracket.closerType()));
        }
        findings.report(
                DiagnosticCode.SYNTAX,
                "The `" + innermost.opener.getText() + "` " + place(innermost.opener) + " is not closed: `"
                        + innermost.closer() + "` is missing.",
                place,
                place,
                closers.toString());
    }

    private String place(PqlToken opener) {
        Span span = source.span(opener.start(), opener.end());
        return "at line " + span.line() + ", column " + span.column();
    }

    private static String opener(PqlToken closer) {
        return switch (closer.getType()) {
            case RIGHT_PARENTHESIS -> "(";
            case RIGHT_BRACKET -> "[";
            default -> "{";
        };
    }

    /** An opening bracket that is not closed yet. */
    private static final class Open {
        final PqlToken opener;
        /** Its position among the tokens read so far. */
        final int index;
        /** Whether it is a parenthesis around a value. */
        final boolean group;
        /** Commas on its level, except those between variables. */
        int commas;
        /** Whether it was written as a brace. */
        final boolean legacy;

        Open(PqlToken opener, int index, boolean group, boolean legacy) {
            this.opener = opener;
            this.index = index;
            this.group = group;
            this.legacy = legacy;
        }

        int closerType() {
            return switch (opener.getType()) {
                case LEFT_PARENTHESIS -> RIGHT_PARENTHESIS;
                case LEFT_BRACKET -> RIGHT_BRACKET;
                default -> RIGHT_BRACE;
            };
        }

        /** Returns the type of the closing bracket as written. */
        int writtenCloser() {
            return legacy ? RIGHT_BRACE : closerType();
        }

        boolean isClosedBy(PqlToken closer) {
            return closer.is(writtenCloser());
        }

        String closer() {
            return switch (writtenCloser()) {
                case RIGHT_PARENTHESIS -> ")";
                case RIGHT_BRACKET -> "]";
                default -> "}";
            };
        }
    }
}
