package dev.pequel.pql.syntax.token;

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
 * Recognises the soft keywords of time tests (P9), after {@code occurs} and in {@code WHEN( )}. Reports and repairs
 * missing or wrong tokens there. Requires paired brackets and the keywords of chains.
 */
public final class TimeKeywords {

    /** The kind of the next token; {@code NOTHING} outside of a time test. */
    private enum Expect {
        NOTHING,
        TEST,
        COUNT,
        UNIT,
        DIRECTION,
        TIME
    }

    static final Keywords WORDS = new Keywords(
            Map.of("before", BEFORE, "after", AFTER, "on", ON, "between", BETWEEN, "last", LAST, "next", NEXT));

    private static final Map<String, CalendarUnit> UNITS = units();

    private final PqlTokens lexemes;
    private final SyntaxDiagnostics findings;
    private final List<PqlToken> result = new ArrayList<>();
    /** One for each open bracket, and one for the whole text. */
    private final Deque<Frame> frames = new ArrayDeque<>();

    private int position;
    private Expect expect = Expect.NOTHING;

    private TimeKeywords(PqlTokens lexemes, SyntaxDiagnostics findings) {
        this.lexemes = lexemes;
        this.findings = findings;
    }

    public static PqlTokens recognise(PqlTokens lexemes, SyntaxDiagnostics findings) {
        return new TimeKeywords(lexemes, findings).recognise();
    }

    /**
     * Returns the unit that a word names in singular or plural, in any case. Mixed case is reported where the unit is
     * read.
     */
    public static Optional<CalendarUnit> unit(String word) {
        return Optional.ofNullable(UNITS.get(word.toLowerCase(Locale.ROOT)));
    }

    /** Whether the word is a keyword at the start of a time and thus cannot be a name there. */
    public static boolean isKeyword(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return UNITS.containsKey(lower) || WORDS.contains(lower);
    }

    private static Map<String, CalendarUnit> units() {
        Map<String, CalendarUnit> result = new HashMap<>();
        for (CalendarUnit unit : CalendarUnit.values()) {
            result.put(unit.singular(), unit);
            result.put(unit.plural(), unit);
        }
        result.put("millenium", CalendarUnit.MILLENNIUM); // P52
        return Map.copyOf(result);
    }

    private PqlTokens recognise() {
        frames.push(new Frame(false, 0));
        for (position = 0; position < lexemes.size(); position++) {
            PqlToken lexeme = lexemes.get(position);
            Expect expected = expect;
            expect = Expect.NOTHING;
            switch (expected) {
                case NOTHING -> other(lexeme);
                case TEST -> test(lexeme);
                case COUNT -> count(lexeme);
                case UNIT -> unit(lexeme);
                case DIRECTION -> direction(lexeme);
                case TIME -> time(lexeme);
            }
        }
        return new PqlTokens(result);
    }

    private void other(PqlToken lexeme) {
        switch (lexeme.getType()) {
            case OCCURS -> {
                expect = Expect.TEST;
                if (frames.peek().when) {
                    timestampInWhen(lexeme);
                    return;
                }
            }
            case LEFT_PARENTHESIS, LAMBDA_PARENTHESIS, LEFT_BRACKET, LEFT_BRACE -> {
                frames.push(new Frame(previous() == WHEN, result.size() + 1));
                if (previous() == WHEN) {
                    expect = Expect.TEST;
                } else if (previous() == COUNT) {
                    result.add(lexeme);
                    linkCount();
                    return;
                }
            }
            case RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> frames.pop();
            case COMMA -> frames.peek().between = false;
            case AND -> {
                if (frames.peek().between) {
                    frames.peek().between = false;
                    expect = Expect.TIME;
                }
            }
            default -> {}
        }
        result.add(lexeme);
    }

    // ---- After `occurs`

    private void test(PqlToken lexeme) {
        int keyword = keyword(lexeme);
        switch (keyword) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> add(lexeme, Expect.COUNT);
            case FROM -> add(lexeme, Expect.TIME);
            case BEFORE, AFTER, ON, BETWEEN -> {
                if (Keywords.isMixedCase(lexeme) && !startsPlainOperand(1)) {
                    time(lexeme);
                    return;
                }
                WORDS.mark(lexeme, findings);
                frames.peek().between = keyword == BETWEEN;
                add(lexeme, Expect.TIME);
            }
            case INTEGER, DOUBLE -> {
                if (!isUnit(1)) {
                    time(lexeme);
                    return;
                }
                findings.report(
                        DiagnosticCode.SYNTAX,
                        "A comparison is missing before the count, as in `<= 3 days before now`.",
                        lexeme,
                        "<= " + lexeme.getText());
                result.add(lexeme.missing(LESS_OR_EQUAL));
                count(lexeme);
            }
            default -> {
                boolean within = lexeme.is(IDENTIFIER) && lexeme.getText().equalsIgnoreCase("within");
                if (within && lexemes.type(position + 1) == INTEGER) {
                    findings.report(
                            DiagnosticCode.LEGACY_SYNTAX,
                            "`" + lexeme.getText() + "` is not a keyword of the language.",
                            lexeme,
                            "<=");
                    add(lexeme.as(LESS_OR_EQUAL), Expect.COUNT);
                } else {
                    time(lexeme);
                }
            }
        }
    }

    private void count(PqlToken lexeme) {
        switch (lexeme.getType()) {
            case INTEGER -> add(lexeme, Expect.UNIT);
            case DOUBLE -> {
                invalidCount(lexeme, lexeme);
                add(lexeme.as(INTEGER), Expect.UNIT);
            }
            default -> {
                int next = lexemes.type(position + 1);
                if (lexeme.is(MINUS) && (next == INTEGER || next == DOUBLE)) {
                    PqlToken number = lexemes.get(position + 1);
                    invalidCount(lexeme, number);
                    position++;
                    add(number.as(INTEGER), Expect.UNIT);
                } else if (lexeme.is(LEFT_PARENTHESIS) && bracketBeforeUnit() > 0) {
                    int last = bracketBeforeUnit();
                    findings.report(
                            DiagnosticCode.INVALID_COUNT,
                            "The count is written as a number.",
                            lexeme.start(),
                            lexemes.get(last).end());
                    position = last;
                    add(lexeme.missing(INTEGER), Expect.UNIT);
                } else if (isUnit(1) && lexemes.isWordOperand(position)) {
                    findings.report(DiagnosticCode.INVALID_COUNT, "The count is written as a number.", lexeme);
                    add(lexeme.as(INTEGER), Expect.UNIT);
                } else {
                    noCount(lexeme);
                }
            }
        }
    }

    /** Returns the position of the parenthesis that closes this one, if a unit follows it; otherwise 0. */
    private int bracketBeforeUnit() {
        int depth = 1;
        int last = position;
        while (depth > 0 && lexemes.type(++last) != PqlToken.EOF) {
            depth += nesting(lexemes.type(last));
        }
        return isUnit(last + 1 - position) ? last : 0;
    }

    private static int nesting(int type) {
        return switch (type) {
            case LEFT_PARENTHESIS, LAMBDA_PARENTHESIS, LEFT_BRACKET, LEFT_BRACE -> 1;
            case RIGHT_PARENTHESIS, RIGHT_BRACKET, RIGHT_BRACE -> -1;
            default -> 0;
        };
    }

    private void invalidCount(PqlToken first, PqlToken number) {
        findings.report(
                DiagnosticCode.INVALID_COUNT,
                "A count is a whole number that is not negative.",
                first.start(),
                number.end());
    }

    /** Reports a comparison without a count: {@code occurs > now}. */
    private void noCount(PqlToken lexeme) {
        PqlToken operator = result.getLast();
        if (isUnit(0)) {
            findings.report(
                    DiagnosticCode.INVALID_COUNT, "A count is missing before the unit, as in `3 days`.", lexeme);
            result.add(lexeme.missing(INTEGER));
            unit(lexeme);
            return;
        }
        String suggestion = switch (operator.getType()) {
            case LESS -> "before";
            case GREATER -> "after";
            default -> "on";
        };
        findings.report(
                DiagnosticCode.INVALID_COUNT,
                "After `occurs " + operator.getText() + "` a count with a unit is expected, as in `"
                        + operator.getText() + " 3 days before now`.",
                operator,
                suggestion);
        operator.setType(ON);
        if (lexemes.startsOperand(position)) {
            time(lexeme);
        } else {
            result.add(lexeme.missing(NOW));
            other(lexeme);
        }
    }

    private void unit(PqlToken lexeme) {
        if (isUnit(0)) {
            Keywords.checkCase(lexeme, findings);
            add(lexeme.as(UNIT), Expect.DIRECTION);
            return;
        }
        PqlToken number = result.getLast();
        boolean otherWord = lexeme.is(IDENTIFIER) && WORDS.find(lexeme).isEmpty();
        if (otherWord) {
            findings.report(DiagnosticCode.SYNTAX, notAUnit(lexeme), lexeme);
            add(lexeme.as(UNIT), Expect.DIRECTION);
        } else {
            findings.report(
                    DiagnosticCode.SYNTAX,
                    "A unit is missing after the count, as in `" + number.getText() + " days`.",
                    number.end(),
                    number.end());
            result.add(lexeme.missing(UNIT));
            direction(lexeme);
        }
    }

    private void direction(PqlToken lexeme) {
        int keyword = keyword(lexeme);
        if (keyword == BEFORE || keyword == AFTER || keyword == FROM) {
            WORDS.mark(lexeme, findings);
            add(lexeme, Expect.TIME);
            return;
        }
        if (lexeme.is(IDENTIFIER) && lexeme.getText().equalsIgnoreCase("ago")) {
            findings.report(
                    DiagnosticCode.LEGACY_SYNTAX, "Specify both the direction and the time.", lexeme, "before now");
            result.add(lexeme.as(BEFORE));
            result.add(lexeme.missing(NOW));
            return;
        }
        PqlToken unit = result.getLast();
        findings.report(
                DiagnosticCode.SYNTAX,
                "`before` or `after` and a time are expected after the count, as in `3 days before now`.",
                unit.end(),
                unit.end());
        result.add(lexeme.missing(BEFORE));
        if (lexemes.startsOperand(position)) {
            time(lexeme);
        } else {
            result.add(lexeme.missing(NOW));
            other(lexeme);
        }
    }

    private void time(PqlToken lexeme) {
        int keyword = keyword(lexeme);
        boolean period = keyword == THIS || keyword == LAST || keyword == NEXT;
        if (period && isUnit(1)) {
            period(lexeme);
        } else if (period && lexemes.type(position + 1) == INTEGER && isUnit(2)) {
            countedPeriod(lexeme, keyword);
        } else if (period && lexemes.type(position + 1) == IDENTIFIER && !Keywords.isMixedCase(lexeme)) {
            PqlToken unit = lexemes.get(position + 1);
            findings.report(DiagnosticCode.SYNTAX, notAUnit(unit), unit);
            WORDS.mark(lexeme, findings);
            result.add(lexeme);
            result.add(unit.as(UNIT));
            position++;
        } else if (lexeme.is(IDENTIFIER) && (keyword != IDENTIFIER || isUnit(0)) && !Keywords.isMixedCase(lexeme)) {
            String message = period
                    ? "After `occurs`, `" + lexeme.getText() + "` is followed by a unit, as in `" + lexeme.getText()
                            + " month`; to use it as a name, write it in backticks."
                    : "After `occurs`, `" + lexeme.getText()
                            + "` is a keyword; to use it as a name, write it in backticks.";
            findings.report(DiagnosticCode.RESERVED_WORD, message, lexeme, "`" + lexeme.getText() + "`");
            result.add(lexeme.as(QUOTED_NAME));
        } else {
            if (!lexemes.startsOperand(position)) {
                PqlToken before = result.getLast();
                findings.report(
                        DiagnosticCode.SYNTAX,
                        "A time is expected after `" + before.getText() + "`, as in `today`.",
                        before.end(),
                        before.end());
                result.add(lexeme.missing(NOW));
            }
            other(lexeme);
        }
    }

    private void period(PqlToken word) {
        WORDS.mark(word, findings);
        result.add(word);
        PqlToken unit = lexemes.get(++position);
        Keywords.checkCase(unit, findings);
        String spelling = unit.getText().toLowerCase(Locale.ROOT);
        String singular = UNITS.get(spelling).singular();
        if (spelling.equals(UNITS.get(spelling).plural())) {
            findings.report(
                    DiagnosticCode.PLURAL_UNIT,
                    "After `" + word.getText() + "` the unit is in the singular.",
                    unit,
                    singular);
        }
        result.add(unit.as(UNIT));
    }

    /** Reports a period with a count: {@code last 3 days}. */
    private void countedPeriod(PqlToken word, int keyword) {
        String count = lexemes.get(position + 1).getText();
        PqlToken unit = lexemes.get(position + 2);
        String message = "Only a unit may follow `" + word.getText() + "`.";
        boolean isWholeTest = previous() == OCCURS || result.getLast().is(LEFT_PARENTHESIS);
        if (isWholeTest && keyword != THIS) {
            String side = keyword == LAST ? " before now" : " after now";
            findings.report(
                    DiagnosticCode.LEGACY_SYNTAX,
                    message,
                    word.start(),
                    unit.end(),
                    "< " + count + " " + unit.getText() + side);
        } else {
            findings.report(DiagnosticCode.LEGACY_SYNTAX, message, word.start(), unit.end());
        }
        WORDS.mark(word, findings);
        result.add(word);
        result.add(unit.as(UNIT));
        position += 2;
    }

    /** Reports a timestamp in {@code WHEN}: {@code WHEN(timestamp occurs today)}. */
    private void timestampInWhen(PqlToken occurs) {
        int first = frames.peek().first;
        PqlToken start = first < result.size() ? result.get(first) : occurs;
        findings.report(
                DiagnosticCode.SYNTAX,
                "WHEN( ) takes only what follows `occurs`; the timestamp is that of the chain.",
                start.start(),
                occurs.end(),
                "");
        result.subList(first, result.size()).clear();
    }

    // ---- COUNT( )

    /** Reads the content of {@code COUNT( )} up to the closing parenthesis, which is not consumed. */
    private void linkCount() {
        int first = position + 1;
        int last = first;
        int depth = 0;
        while (lexemes.type(last) != PqlToken.EOF && (depth > 0 || lexemes.type(last) != RIGHT_PARENTHESIS)) {
            depth += nesting(lexemes.type(last));
            last++;
        }
        PqlToken count = lexemes.get(first);
        boolean single = last == first + 1 && count.is(INTEGER);
        if (!single || count.getText().chars().allMatch(c -> c == '0')) {
            int start = last == first ? lexemes.get(last).start() : count.start();
            int end = last == first ? start : lexemes.get(last - 1).end();
            findings.report(
                    DiagnosticCode.INVALID_COUNT,
                    "COUNT(n) means at least n times; n is a whole number from 1.",
                    start,
                    end);
        }
        result.add(single ? count : lexemes.get(last).missing(INTEGER));
        position = last - 1;
    }

    // ---- Lookahead and lookbehind

    private void add(PqlToken lexeme, Expect next) {
        result.add(lexeme);
        expect = next;
    }

    private int previous() {
        return result.isEmpty() ? PqlToken.EOF : result.getLast().getType();
    }

    private int keyword(PqlToken lexeme) {
        return WORDS.find(lexeme).orElse(lexeme.getType());
    }

    private boolean isUnit(int distance) {
        PqlToken lexeme = lexemes.get(position + distance);
        return lexeme.is(IDENTIFIER) && unit(lexeme.getText()).isPresent();
    }

    private boolean startsPlainOperand(int distance) {
        return lexemes.startsOperand(position + distance)
                && switch (lexemes.type(position + distance)) {
                    case LEFT_PARENTHESIS, LEFT_BRACKET, MINUS -> false;
                    default -> true;
                };
    }

    private static String notAUnit(PqlToken word) {
        return "`" + word.getText()
                + "` is not a unit; the units are millisecond, second, minute, hour, day, week, month, year, decade, century"
                + " and millennium.";
    }

    /** The state within one pair of brackets. */
    private static final class Frame {
        /** Whether it is the parenthesis of {@code WHEN( )}. */
        final boolean when;
        /** The position of its content among the tokens read so far. */
        final int first;
        /** Whether {@code between} still needs its {@code and}. */
        boolean between;

        Frame(boolean when, int first) {
            this.when = when;
            this.first = first;
        }
    }
}
