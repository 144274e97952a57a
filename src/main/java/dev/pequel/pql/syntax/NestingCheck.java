package dev.pequel.pql.syntax;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.syntax.token.PqlToken;
import dev.pequel.pql.syntax.token.PqlTokens;
import dev.pequel.pql.syntax.token.SyntaxDiagnostics;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Refuses text that is nested too deeply, before any recursive code runs: the parser, and later everything that walks
 * the tree.
 *
 * <p>Brackets, prefix operators and open expressions nest; every level costs the parser some calls. Steps of a path
 * and operands of {@code + - * / %} do not nest in the text, but each makes the tree one level higher. Operands of
 * {@code and} and {@code or} do not add to its height.
 */
final class NestingCheck {

    /** The maximum height of the tree. Every recursive walk can take it, including a comparison of two trees. */
    private static final int HEIGHT = 500;

    private final PqlTokens lexemes;
    private final Limits limits;
    private final SyntaxDiagnostics findings;
    private final Deque<Frame> frames = new ArrayDeque<>();

    private NestingCheck(PqlTokens lexemes, Limits limits, SyntaxDiagnostics findings) {
        this.lexemes = lexemes;
        this.limits = limits;
        this.findings = findings;
    }

    /** Whether the text may be parsed; otherwise the reason is reported. */
    static boolean accepts(PqlTokens lexemes, Limits limits, SyntaxDiagnostics findings) {
        return new NestingCheck(lexemes, limits, findings).accepts();
    }

    private boolean accepts() {
        frames.push(new Frame(0, lexemes.get(0), false));
        for (int i = 0; i < lexemes.size(); i++) {
            count(i);
            Frame frame = frames.peek();
            if (frame.depth() > limits.depth()) {
                String message = "The expression is nested more than " + limits.depth() + " levels deep here.";
                return refuse(DiagnosticCode.TOO_DEEP, message, lexemes.get(i));
            }
            if (frame.height() > HEIGHT) {
                String message = "More than " + HEIGHT + " operations are chained here.";
                return refuse(DiagnosticCode.TOO_DEEP, message, lexemes.get(i));
            }
            if (frame.list && frame.items > limits.listItems()) {
                String message = "A list may have at most " + limits.listItems() + " items.";
                return refuse(DiagnosticCode.TOO_MANY_ITEMS, message, frame.opener);
            }
        }
        return true;
    }

    private boolean refuse(DiagnosticCode code, String message, PqlToken place) {
        findings.report(code, message, place);
        findings.ignoreFrom(place.end());
        return false;
    }

    private void count(int i) {
        Frame frame = frames.peek();
        switch (lexemes.type(i)) {
            case LEFT_PARENTHESIS, LAMBDA_PARENTHESIS, LEFT_BRACKET, LEFT_BRACE -> {
                boolean step = lexemes.endsOperand(i - 1);
                if (step) {
                    frame.steps++;
                }
                boolean list = lexemes.type(i) == LEFT_BRACKET && !step;
                frames.push(new Frame(frame.depth() + 1, lexemes.get(i), list));
            }
            case RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> {
                if (frames.size() > 1) {
                    frames.pop();
                    frames.peek().contains(frame);
                }
            }
            case NOT -> frame.negations++;
            case BANG -> frame.sign();
            case MINUS -> {
                if (lexemes.endsOperand(i - 1)) {
                    frame.operator();
                    frame.steps++;
                } else {
                    frame.sign();
                }
            }
            case PLUS, STAR, SLASH, PERCENT -> {
                frame.operator();
                frame.steps++;
            }
            case DOT -> frame.steps++;
            case LET, SELECT, FORALL, AGGREGATE, ARROW -> frame.open++;
            case EXISTS -> {
                if (lexemes.type(i + 1) != LEFT_PARENTHESIS) {
                    frame.open++;
                }
            }
            case AND, OR -> frame.operand();
            case COMMA -> {
                frame.operand();
                frame.items++;
                // The comma between variables opens a scope inside the previous ones; every other comma ends them.
                if (lexemes.isDeclaration(i + 1)) {
                    frame.open++;
                } else {
                    frame.open = 0;
                }
            }
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IN,
                    NOT_IN,
                    LIKE,
                    MATCHES,
                    OCCURS,
                    FROM,
                    WHERE,
                    OVER,
                    LET_IN -> frame.operator();
            default -> {}
        }
    }

    /** Counts within one pair of brackets. */
    private static final class Frame {
        /** Nesting depth of the brackets. */
        final int base;

        final PqlToken opener;
        final boolean list;
        /** Number of commas so far, plus one. */
        int items = 1;
        /** Open expressions that have not ended yet. */
        int open;
        /** {@code not}s before the current operand of {@code and}. */
        int negations;
        /** {@code !} and {@code -} before the current operand. */
        int signs;
        /** Height that the current operand of {@code and} adds to the tree. */
        int steps;
        /** Height of the highest bracket in the current operand. */
        int inner;
        /** Height of the highest operand that has ended. */
        int highest;

        Frame(int base, PqlToken opener, boolean list) {
            this.base = base;
            this.opener = opener;
            this.list = list;
        }

        int depth() {
            return base + open + negations + signs;
        }

        int height() {
            return Math.max(highest, open + negations + steps + inner);
        }

        void contains(Frame closed) {
            inner = Math.max(inner, closed.height() + 1);
        }

        void sign() {
            signs++;
            steps++;
        }

        void operator() {
            signs = 0;
        }

        void operand() {
            highest = height();
            negations = 0;
            signs = 0;
            steps = 0;
            inner = 0;
        }
    }
}
