package dev.pequel.pql.syntax.token;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import dev.pequel.pql.DiagnosticCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Recognises the soft keywords of aggregates and chains (P9). Also marks the {@code in} that ends the value of a
 * {@code let} (P13), and makes every word after a dot a name. Requires paired brackets.
 */
public final class SoftKeywords {

    static final Keywords AGGREGATES =
            new Keywords(Map.of("sum", AGGREGATE, "average", AGGREGATE, "min", AGGREGATE, "max", AGGREGATE));
    static final Keywords CHAINS = new Keywords(Map.of("chain", CHAIN));
    static final Keywords LINKS = new Keywords(Map.of("what", WHAT, "when", WHEN, "count", COUNT));

    private final PqlTokens lexemes;
    private final SyntaxDiagnostics findings;
    private final List<PqlToken> result = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();

    private SoftKeywords(PqlTokens lexemes, SyntaxDiagnostics findings) {
        this.lexemes = lexemes;
        this.findings = findings;
    }

    public static PqlTokens recognise(PqlTokens lexemes, SyntaxDiagnostics findings) {
        return new SoftKeywords(lexemes, findings).recognise();
    }

    /** Whether the word may start an aggregate. */
    public static boolean isAggregate(PqlToken word) {
        return AGGREGATES.find(word).isPresent();
    }

    private PqlTokens recognise() {
        frames.push(new Frame(false, false));
        int i = 0;
        while (i < lexemes.size()) {
            PqlToken lexeme = lexemes.get(i);
            if (previous() == DOT && lexeme.isWord()) {
                if (!lexeme.is(QUOTED_NAME)) {
                    lexeme.setType(IDENTIFIER);
                }
            } else {
                word(i, lexeme);
                if (frames.peek().links) {
                    int next = foreignLinkPart(i, lexeme);
                    if (next > i) {
                        i = next;
                        continue;
                    }
                }
            }
            result.add(lexeme);
            i++;
        }
        return new PqlTokens(result);
    }

    private void word(int i, PqlToken lexeme) {
        Frame frame = frames.peek();
        switch (lexeme.getType()) {
            case LEFT_PARENTHESIS, LAMBDA_PARENTHESIS -> frames.push(new Frame(previous() == CHAIN, false));
            case LEFT_BRACKET -> frames.push(new Frame(false, frame.chain && previous() == COMMA));
            case LEFT_BRACE -> frames.push(new Frame(false, false));
            case RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> {
                if (frame.added) {
                    frames.pop();
                    result.add(lexeme.missing(RIGHT_BRACKET));
                }
                frames.pop();
            }
            case COMMA -> {
                if (!lexemes.isDeclaration(i + 1)) {
                    frame.endAggregates();
                }
            }
            case QUOTED_NAME -> linksWithoutBrackets(i, lexeme);
            case LET -> frame.openLets++;
            case IN -> {
                if (frame.openLets > 0) {
                    frame.openLets--;
                    lexeme.setType(LET_IN);
                }
            }
            case OVER -> frame.closeAggregate();
            case IDENTIFIER -> {
                linksWithoutBrackets(i, lexeme);
                identifier(i, lexeme, frames.peek());
            }
            default -> {}
        }
    }

    private void identifier(int i, PqlToken lexeme, Frame frame) {
        if (AGGREGATES.find(lexeme).isPresent()) {
            aggregate(i, lexeme, frame);
        } else if (lexemes.type(i + 1) == LEFT_PARENTHESIS
                && CHAINS.find(lexeme).isPresent()) {
            CHAINS.mark(lexeme, findings);
        } else if (frame.links) {
            linkWord(i, lexeme);
        }
    }

    private void linkWord(int i, PqlToken lexeme) {
        int type = LINKS.find(lexeme).orElse(IDENTIFIER);
        if (type == WHAT && previous() != COLON && lexemes.type(i + 1) == LEFT_PARENTHESIS) {
            incompleteLabel(lexeme);
        }
        if (type != IDENTIFIER && previous() == (type == WHAT ? COLON : RIGHT_PARENTHESIS)) {
            LINKS.mark(lexeme, findings);
        }
    }

    /** Repairs a missing label or colon: {@code [WHAT(a)]}, {@code [A WHAT(a)]}. */
    private void incompleteLabel(PqlToken what) {
        boolean labelled = previous() == IDENTIFIER || previous() == QUOTED_NAME;
        findings.report(
                DiagnosticCode.SYNTAX,
                "An element of a chain begins with a label and a colon, as in `A: WHAT(condition)`.",
                what,
                (labelled ? ": " : "A: ") + what.getText());
        if (!labelled) {
            result.add(what.missing(IDENTIFIER));
        }
        result.add(what.missing(COLON));
    }

    /** Repairs missing brackets: {@code chain(xEvent, timestamp, A: WHAT(a))}. */
    private void linksWithoutBrackets(int i, PqlToken label) {
        if (!frames.peek().chain || previous() != COMMA || lexemes.type(i + 1) != COLON) {
            return;
        }
        findings.report(
                DiagnosticCode.SYNTAX,
                "The elements of a chain are written in square brackets, as in `[A: WHAT(a), B: WHAT(b)]`.",
                label);
        result.add(label.missing(LEFT_BRACKET));
        frames.push(new Frame(false, true));
        frames.peek().added = true;
    }

    /** Recognises {@code sum X from ...} at once, and {@code sum value over ...} when it reaches the {@code over}. */
    private void aggregate(int i, PqlToken lexeme, Frame frame) {
        int next = lexemes.type(i + 1);
        if (lexemes.isDeclaration(i + 1)) {
            AGGREGATES.mark(lexeme, findings);
        } else if (next == LEFT_PARENTHESIS || next == LEFT_BRACKET || next == MINUS) {
            if (!bindsTighter(previous())) {
                frame.openAggregate(lexeme, false);
            }
        } else if (lexemes.startsOperand(i + 1)) {
            frame.openAggregate(lexeme, true);
        }
    }

    /** Whether only an operand of arithmetic or of a comparison may follow, which an aggregate is not. */
    private static boolean bindsTighter(int type) {
        return switch (type) {
            case PLUS, MINUS, STAR, SLASH, PERCENT, BANG, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                true;
            case IN, NOT_IN, LIKE, MATCHES, OCCURS, FROM -> true;
            default -> false;
        };
    }

    /**
     * Removes text after a link's {@code WHAT( )} other than {@code WHEN( )} and {@code COUNT( )}. Other tools write
     * conditions or windows between links there.
     *
     * @return the position at which to continue; {@code i} when nothing was removed
     */
    private int foreignLinkPart(int i, PqlToken lexeme) {
        boolean afterLink = previous() == RIGHT_PARENTHESIS && lexeme.isWord();
        boolean within =
                previous() == COMMA && lexeme.getText().equalsIgnoreCase("within") && lexemes.type(i + 1) != COLON;
        if (!afterLink && !within) {
            return i;
        }
        if (lexeme.is(WHERE) && lexemes.type(i + 1) == LEFT_PARENTHESIS) {
            findings.report(
                    DiagnosticCode.LEGACY_SYNTAX,
                    "The window after WHAT(...) is written in WHEN(...); conditions belong in WHAT.",
                    lexeme,
                    "WHEN");
        } else {
            int end = endOfLink(i);
            findings.report(
                    DiagnosticCode.LEGACY_SYNTAX,
                    "A window between two elements of a chain is not supported; use"
                            + " `select A from ..., B from ... where B.timestamp occurs < 2 weeks after A.timestamp`.",
                    lexeme.start(),
                    lexemes.get(end - 1).end());
        }
        // Text between two commas is removed together with one of them.
        return endOfLink(i) + (within ? 1 : 0);
    }

    private int endOfLink(int i) {
        int depth = 0;
        int end = i;
        while (lexemes.type(end) != PqlToken.EOF) {
            switch (lexemes.type(end)) {
                case LEFT_PARENTHESIS, LAMBDA_PARENTHESIS, LEFT_BRACKET, LEFT_BRACE -> depth++;
                case RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> depth--;
                default -> {}
            }
            if (depth < 0 || depth == 0 && lexemes.type(end) == COMMA) {
                return end;
            }
            end++;
        }
        return end;
    }

    private int previous() {
        return result.isEmpty() ? PqlToken.EOF : result.getLast().getType();
    }

    /** The state within one pair of brackets. */
    private final class Frame {
        /** Whether this is the parenthesis of {@code chain(}. */
        final boolean chain;
        /** Whether this is the list of links of a chain. */
        final boolean links;

        final Deque<Aggregate> aggregates = new ArrayDeque<>();
        /** Whether the bracket was inserted. */
        boolean added;

        int certainAggregates;
        int openLets;

        Frame(boolean chain, boolean links) {
            this.chain = chain;
            this.links = links;
        }

        void openAggregate(PqlToken word, boolean certain) {
            aggregates.push(new Aggregate(word, certain));
            certainAggregates += certain ? 1 : 0;
        }

        /** Assigns an {@code over} to the last word that needs one, otherwise to the last that may have one. */
        void closeAggregate() {
            while (!aggregates.isEmpty()) {
                Aggregate last = aggregates.pop();
                if (last.certain || certainAggregates == 0) {
                    AGGREGATES.mark(last.word, findings);
                    certainAggregates -= last.certain ? 1 : 0;
                    return;
                }
                // A word after the one that needs the `over` is inside its value, so it is a name.
            }
        }

        void endAggregates() {
            aggregates.clear();
            certainAggregates = 0;
        }
    }

    /** @param certain whether the token after the word cannot follow a name */
    private record Aggregate(PqlToken word, boolean certain) {}
}
