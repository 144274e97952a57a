package dev.pequel.pql.syntax;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.ast.CalendarUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the words that only their place makes keywords (P9), and the {@code in} that ends the value of a {@code let}
 * (P13). One pass over the words, with one frame for each open bracket.
 */
final class ContextualWords {

    /** What the next word may be inside a time test; {@code NOTHING} outside of one. */
    private enum Expect {
        NOTHING,
        TIME_TEST,
        COUNT,
        UNIT,
        DIRECTION,
        TIME,
        PERIOD_UNIT
    }

    private static final Map<String, Integer> TIME_TEST_WORDS = bothCases(Map.of(
            "before", BEFORE,
            "after", AFTER,
            "on", ON,
            "between", BETWEEN,
            "last", LAST,
            "next", NEXT));

    private static final Map<String, Integer> LINK_WORDS =
            bothCases(Map.of("what", WHAT, "when", WHEN, "count", COUNT));

    private static final Map<String, Integer> AGGREGATE_WORDS = bothCases(Map.of(
            "sum", AGGREGATE,
            "average", AGGREGATE,
            "min", AGGREGATE,
            "max", AGGREGATE));

    private static final Map<String, CalendarUnit> UNITS = units();

    private final Lexemes lexemes;
    private final Findings findings;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private Expect expect = Expect.NOTHING;

    private ContextualWords(Lexemes lexemes, Findings findings) {
        this.lexemes = lexemes;
        this.findings = findings;
    }

    static void recognise(Lexemes lexemes, Findings findings) {
        new ContextualWords(lexemes, findings).recognise();
    }

    /** The unit a word names, singular or plural. */
    static Optional<CalendarUnit> unit(String word) {
        return Optional.ofNullable(UNITS.get(word));
    }

    private void recognise() {
        frames.push(new Frame(false, false));
        for (int i = 0; i < lexemes.size(); i++) {
            Lexeme lexeme = lexemes.get(i);
            if (type(i - 1) == DOT && lexeme.isWord() && !lexeme.is(QUOTED_NAME)) {
                lexeme.setType(IDENTIFIER);
                expect = Expect.NOTHING;
            } else if (expect != Expect.NOTHING) {
                timeTest(i, lexeme);
            } else {
                word(i, lexeme);
            }
        }
    }

    private void word(int i, Lexeme lexeme) {
        Frame frame = frames.peek();
        switch (lexeme.getType()) {
            case LEFT_PARENTHESIS -> {
                frames.push(new Frame(type(i - 1) == CHAIN, false));
                if (type(i - 1) == WHEN) {
                    expect = Expect.TIME_TEST;
                }
            }
            case LEFT_BRACKET -> frames.push(new Frame(false, frame.chain && type(i - 1) == COMMA));
            case LEFT_BRACE -> frames.push(new Frame(false, false));
            case RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> {
                if (frames.size() > 1) {
                    frames.pop();
                }
            }
            case COMMA -> {
                if (!lexemes.isDeclaration(i + 1)) {
                    frame.aggregates.clear();
                }
                frame.between = false;
            }
            case LET -> frame.openLets++;
            case IN -> {
                if (frame.openLets > 0) {
                    frame.openLets--;
                    lexeme.setType(LET_IN);
                }
            }
            case OVER -> frame.closeAggregate();
            case OCCURS -> expect = Expect.TIME_TEST;
            case AND -> {
                if (frame.between) {
                    frame.between = false;
                    expect = Expect.TIME;
                }
            }
            case IDENTIFIER -> identifier(i, lexeme, frame);
            default -> {}
        }
    }

    private void identifier(int i, Lexeme lexeme, Frame frame) {
        String text = lexeme.getText();
        if (AGGREGATE_WORDS.containsKey(text)) {
            aggregate(i, lexeme, frame);
        } else if (type(i + 1) == LEFT_PARENTHESIS && (text.equals("chain") || text.equals("CHAIN"))) {
            lexeme.setType(CHAIN);
        } else if (frame.links && LINK_WORDS.containsKey(text)) {
            int type = LINK_WORDS.get(text);
            boolean inPlace = type == WHAT ? type(i - 1) == COLON : type(i - 1) == RIGHT_PARENTHESIS;
            if (inPlace) {
                lexeme.setType(type);
            }
        }
    }

    /** {@code sum X from ...} is recognised at once, {@code sum value over ...} when its {@code over} is met. */
    private void aggregate(int i, Lexeme lexeme, Frame frame) {
        if (lexemes.isDeclaration(i + 1)) {
            lexeme.setType(AGGREGATE);
            return;
        }
        switch (type(i + 1)) {
            // These may also follow a name, so the word may turn out to be one.
            case LEFT_PARENTHESIS, LEFT_BRACKET, MINUS -> frame.aggregates.push(new Aggregate(lexeme, false));
            case IDENTIFIER,
                    QUOTED_NAME,
                    INTEGER,
                    DOUBLE,
                    STRING,
                    PARAMETER,
                    CONTEXT,
                    CARET,
                    THIS,
                    NOW,
                    TODAY,
                    YESTERDAY,
                    TOMORROW,
                    TRUE,
                    FALSE,
                    NULL,
                    IF,
                    BANG,
                    NOT,
                    LET,
                    SELECT,
                    EXISTS,
                    FORALL,
                    LEFT_BRACE -> frame.aggregates.push(new Aggregate(lexeme, true));
            default -> {}
        }
    }

    private void timeTest(int i, Lexeme lexeme) {
        Expect expected = expect;
        expect = Expect.NOTHING;
        int type = lexeme.getType();
        int keyword = type == IDENTIFIER ? TIME_TEST_WORDS.getOrDefault(lexeme.getText(), type) : type;
        switch (expected) {
            case TIME_TEST -> {
                switch (keyword) {
                    case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> expect = Expect.COUNT;
                    case BEFORE, AFTER, ON, FROM -> become(lexeme, keyword, Expect.TIME);
                    case BETWEEN -> {
                        become(lexeme, keyword, Expect.TIME);
                        frames.peek().between = true;
                    }
                    default -> time(i, lexeme, keyword);
                }
            }
            case COUNT -> {
                if (type == INTEGER || type == DOUBLE) {
                    expect = Expect.UNIT;
                } else if (type == MINUS) {
                    expect = Expect.COUNT;
                } else {
                    word(i, lexeme);
                }
            }
            case UNIT -> {
                if (isUnit(i)) {
                    become(lexeme, UNIT, Expect.DIRECTION);
                } else {
                    word(i, lexeme);
                }
            }
            case DIRECTION -> {
                if (keyword == BEFORE || keyword == AFTER || keyword == FROM) {
                    become(lexeme, keyword, Expect.TIME);
                } else {
                    word(i, lexeme);
                }
            }
            case TIME -> time(i, lexeme, keyword);
            case PERIOD_UNIT -> become(lexeme, UNIT, Expect.NOTHING);
            case NOTHING -> throw new IllegalStateException();
        }
    }

    private void time(int i, Lexeme lexeme, int keyword) {
        boolean startsPeriod = keyword == THIS || keyword == LAST || keyword == NEXT;
        if (startsPeriod && isUnit(i + 1)) {
            become(lexeme, keyword, Expect.PERIOD_UNIT);
        } else if (keyword != lexeme.getType() || isUnit(i)) {
            findings.report(
                    DiagnosticCode.RESERVED_WORD,
                    "`" + lexeme.getText()
                            + "` is a keyword after `occurs`; as the name of a field write it in backticks.",
                    lexeme,
                    "`" + lexeme.getText() + "`");
        } else {
            word(i, lexeme);
        }
    }

    private void become(Lexeme lexeme, int type, Expect next) {
        lexeme.setType(type);
        expect = next;
    }

    private boolean isUnit(int i) {
        return type(i) == IDENTIFIER && UNITS.containsKey(lexemes.get(i).getText());
    }

    private int type(int i) {
        return lexemes.type(i);
    }

    private static <T> Map<String, T> bothCases(Map<String, T> words) {
        Map<String, T> result = new HashMap<>(words);
        words.forEach((word, value) -> result.put(word.toUpperCase(Locale.ROOT), value));
        return Map.copyOf(result);
    }

    private static Map<String, CalendarUnit> units() {
        Map<String, CalendarUnit> result = new HashMap<>();
        for (CalendarUnit unit : CalendarUnit.values()) {
            result.put(unit.singular(), unit);
            result.put(unit.plural(), unit);
        }
        result.put("millenium", CalendarUnit.MILLENNIUM); // P52
        return bothCases(result);
    }

    /**
     * What is open inside one pair of brackets.
     */
    private static final class Frame {
        /** Whether this is the parenthesis of {@code chain(}. */
        final boolean chain;
        /** Whether this is the list of links of a chain. */
        final boolean links;

        final Deque<Aggregate> aggregates = new ArrayDeque<>();
        int openLets;
        boolean between;

        Frame(boolean chain, boolean links) {
            this.chain = chain;
            this.links = links;
        }

        /** Gives an {@code over} to the last word that needs one, or else to the last that may have one. */
        void closeAggregate() {
            List<Aggregate> open = new ArrayList<>(aggregates);
            Aggregate owner = open.stream()
                    .filter(Aggregate::certain)
                    .findFirst()
                    .orElse(open.isEmpty() ? null : open.getFirst());
            if (owner != null) {
                owner.word.setType(AGGREGATE);
                while (aggregates.pop() != owner) {
                    // Those after it stand inside its value and are names.
                }
            }
        }
    }

    /** @param certain whether what follows the word cannot follow a name */
    private record Aggregate(Lexeme word, boolean certain) {}
}
