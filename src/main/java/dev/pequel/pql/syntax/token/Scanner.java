package dev.pequel.pql.syntax.token;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.SourceText;
import dev.pequel.pql.syntax.grammar.PqlLexer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/**
 * Splits a text into tokens. A malformed token is reported and replaced by the probable intention, so that the parser
 * does not report it a second time.
 */
public final class Scanner {

    /** Signs that word processors substitute for signs of the language. */
    private static final Map<String, String> LOOKALIKES =
            Map.of("≤", "<=", "≥", ">=", "≠", "!=", "–", "-", "—", "-", "−", "-", "×", "*", "÷", "/");

    private static final String CURLY_QUOTES = "\u201C\u201D\u201E";

    private static final Map<String, Integer> LOOKALIKE_TYPES =
            Map.of("<=", LESS_OR_EQUAL, ">=", GREATER_OR_EQUAL, "!=", NOT_EQUAL, "-", MINUS, "*", STAR, "/", SLASH);

    private final SourceText source;
    private final SyntaxDiagnostics findings;
    private final List<PqlToken> lexemes = new ArrayList<>();

    private Scanner(SourceText source, SyntaxDiagnostics findings) {
        this.source = source;
        this.findings = findings;
    }

    /** Returns the tokens of the text; the last one marks its end. */
    public static PqlTokens scan(SourceText source, SyntaxDiagnostics findings) {
        return new PqlTokens(new Scanner(source, findings).scan());
    }

    private List<PqlToken> scan() {
        PqlLexer lexer = new PqlLexer(CharStreams.fromString(outline(source.text())));
        lexer.removeErrorListeners();
        for (Token token = lexer.nextToken();
                token.getType() != Token.EOF && !findings.isFull();
                token = lexer.nextToken()) {
            accept(new PqlToken(source, token.getType(), token.getStartIndex(), token.getStopIndex() + 1));
        }
        int length = source.text().length();
        add(new PqlToken(source, Token.EOF, length, length));
        return lexemes;
    }

    /**
     * Returns the text as input of the lexer, which is fast only for ASCII and counts code points. Every UTF-16 code
     * unit of a letter beyond ASCII becomes an underscore, which is allowed where letters are and is part of no
     * keyword. Code units of other characters beyond ASCII become a character without meaning. Quotation marks are
     * kept.
     */
    private static String outline(String text) {
        StringBuilder outline = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (character < 128 || CURLY_QUOTES.indexOf(character) >= 0) {
                outline.appendCodePoint(character);
            } else {
                outline.repeat(Names.isPart(character) ? '_' : '#', Character.charCount(character));
            }
        }
        return outline.toString();
    }

    private void accept(PqlToken lexeme) {
        String text = lexeme.getText();
        switch (lexeme.getType()) {
            case IDENTIFIER -> identifier(lexeme, text);
            case STRING -> {
                StringLiteral.check(lexeme, findings);
                checkCharacters(lexeme);
                add(lexeme);
            }
            case QUOTED_NAME, CONTEXT -> {
                checkCharacters(lexeme);
                add(lexeme);
            }
            case INTEGER, DOUBLE, INVALID_NUMBER -> number(lexeme, text);
            case PARAMETER -> {
                if (text.length() > 4 || Integer.parseInt(text.substring(1)) == 0) {
                    findings.report(DiagnosticCode.SYNTAX, "Inputs are numbered from `$1` to `$999`.", lexeme);
                }
                add(lexeme);
            }
            case UNCLOSED_STRING -> unclosedString(lexeme);
            case UNCLOSED_NAME -> {
                findings.report(
                        DiagnosticCode.UNTERMINATED_STRING,
                        "The name that starts at column " + column(lexeme) + " is not closed: a backtick is missing.",
                        lexeme.end(),
                        lexeme.end(),
                        "`");
                findings.ignoreFrom(lexeme.end());
                add(lexeme.as(QUOTED_NAME));
            }
            case EMPTY_NAME -> {
                findings.report(DiagnosticCode.SYNTAX, "There is no name between the backticks.", lexeme);
                add(lexeme.as(QUOTED_NAME));
            }
            case SINGLE_QUOTED -> {
                findings.report(
                        DiagnosticCode.SINGLE_QUOTES,
                        "Strings are written in double quotes.",
                        lexeme,
                        doubleQuoted(text.replace("\\'", "'")));
                add(lexeme.as(STRING));
            }
            case CURLY_QUOTED -> {
                findings.report(
                        DiagnosticCode.SINGLE_QUOTES,
                        "Strings are written in straight double quotes.",
                        lexeme,
                        doubleQuoted(text));
                add(lexeme.as(STRING));
            }
            case INVALID_CONTEXT -> {
                String message = !text.endsWith("}")
                        ? "`@{` is not closed: a `}` is missing."
                        : text.equals("@{}")
                                ? "`@{` and `}` enclose the identifier of a schema."
                                : "The identifier of a schema cannot contain braces; replace the placeholder.";
                findings.report(DiagnosticCode.SYNTAX, message, lexeme);
                add(lexeme.as(CONTEXT));
            }
            case DOUBLE_EQUAL ->
                replace(lexeme, DiagnosticCode.DOUBLE_EQUALS, "Equality is written with one `=`.", EQUAL, "=");
            case NOT_DOUBLE_EQUAL, DIAMOND -> foreign(lexeme, NOT_EQUAL, "!=");
            case DOUBLE_AMPERSAND -> foreign(lexeme, AND, "and");
            case DOUBLE_BAR -> foreign(lexeme, OR, "or");
            case ELVIS -> {
                findings.report(
                        DiagnosticCode.LEGACY_SYNTAX,
                        "`" + text + "` is not an operator of the language; a fallback is written"
                                + " `if(x.isNotNull(), x, fallback)`.",
                        lexeme);
                add(lexeme.as(OR));
            }
            case PREFIXED_NAME -> {
                String name = text.replace("xdm:", "");
                String message = "Names are written without the prefix `xdm:`.";
                if (name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.')) {
                    findings.report(DiagnosticCode.LEGACY_SYNTAX, message, lexeme, name);
                } else {
                    findings.report(DiagnosticCode.LEGACY_SYNTAX, message, lexeme);
                }
                add(lexeme.as(IDENTIFIER));
            }
            case COMMENT ->
                findings.report(DiagnosticCode.LEGACY_SYNTAX, "An expression cannot contain comments.", lexeme);
            case OTHER -> other(lexeme);
            default -> add(lexeme);
        }
    }

    private void add(PqlToken lexeme) {
        // `5.` is an error unless the dot leads to a method, as in `5.isNull()`.
        int last = lexemes.size() - 1;
        boolean method = last > 0 && lexemes.getLast().touches(lexeme) && lexeme.isWord();
        if (last > 0
                && lexemes.get(last).is(DOT)
                && lexemes.get(last - 1).is(INTEGER)
                && lexemes.get(last - 1).touches(lexemes.get(last))
                && !method) {
            PqlToken number = lexemes.get(last - 1);
            findings.report(
                    DiagnosticCode.INVALID_NUMBER,
                    "A number cannot end with a dot.",
                    number.start(),
                    number.end() + 1,
                    number.getText() + ".0");
            lexemes.removeLast();
        }
        lexemes.add(lexeme);
    }

    // ---- Mistakes

    private void identifier(PqlToken lexeme, String text) {
        if (!Names.isStart(text.codePointAt(0))) {
            findings.report(
                    DiagnosticCode.UNEXPECTED_CHARACTER,
                    "A name cannot start with `" + Character.toString(text.codePointAt(0)) + "`.",
                    lexeme.start(),
                    lexeme.start() + Character.charCount(text.codePointAt(0)));
        }
        add(lexeme);
    }

    private void replace(PqlToken lexeme, DiagnosticCode code, String message, int type, String suggestion) {
        findings.report(code, message, lexeme, suggestion);
        add(lexeme.as(type));
    }

    private void foreign(PqlToken lexeme, int type, String spelling) {
        replace(
                lexeme,
                DiagnosticCode.LEGACY_SYNTAX,
                "`" + lexeme.getText() + "` is not an operator of the language.",
                type,
                spelling);
    }

    private void number(PqlToken lexeme, String text) {
        boolean touchesName = !lexemes.isEmpty()
                && lexemes.getLast().touches(lexeme)
                && (lexemes.getLast().isWord()
                        || lexemes.getLast().is(RIGHT_PARENTHESIS)
                        || lexemes.getLast().is(RIGHT_BRACKET));
        if (text.startsWith(".") && touchesName) {
            findings.report(
                    DiagnosticCode.INVALID_NUMBER,
                    "A name that starts with a digit is written in backticks.",
                    lexeme,
                    ".`" + text.substring(1) + "`");
            add(new PqlToken(source, DOT, lexeme.start(), lexeme.start() + 1));
            add(new PqlToken(source, QUOTED_NAME, lexeme.start() + 1, lexeme.end()));
        } else if (text.startsWith(".")
                && !lexemes.isEmpty()
                && lexemes.getLast().touches(lexeme)
                && (lexemes.getLast().is(DOUBLE) || lexemes.getLast().is(INTEGER))) {
            PqlToken start = lexemes.getLast();
            findings.report(
                    DiagnosticCode.INVALID_NUMBER,
                    "`" + source.text(start.start(), lexeme.end()) + "` is not a number: it has two dots.",
                    start.start(),
                    lexeme.end());
        } else if (lexeme.is(INVALID_NUMBER)) {
            invalidNumber(lexeme, text);
        } else {
            checkRange(lexeme, text);
            add(lexeme);
        }
    }

    private void invalidNumber(PqlToken lexeme, String text) {
        int digits = 0;
        while (digits < text.length() && (text.charAt(digits) == '.' || isDigit(text.charAt(digits)))) {
            digits++;
        }
        String number = text.substring(0, digits);
        String rest = text.substring(digits);
        boolean afterDot = !lexemes.isEmpty() && lexemes.getLast().is(DOT);
        if (TimeKeywords.unit(rest).isPresent() && !afterDot) {
            findings.report(
                    DiagnosticCode.INVALID_NUMBER,
                    "A space is missing between number and unit.",
                    lexeme,
                    number + " " + rest);
            add(new PqlToken(source, number.contains(".") ? DOUBLE : INTEGER, lexeme.start(), lexeme.start() + digits));
            add(new PqlToken(source, IDENTIFIER, lexeme.start() + digits, lexeme.end()));
        } else if (rest.length() == 1 && "LlFfDd".contains(rest) && !afterDot) {
            replace(
                    lexeme,
                    DiagnosticCode.INVALID_NUMBER,
                    "Numbers cannot have the suffix `" + rest + "`.",
                    number.contains(".") ? DOUBLE : INTEGER,
                    number);
        } else {
            replace(
                    lexeme,
                    DiagnosticCode.INVALID_NUMBER,
                    "`" + text + "` is not a number; a name that starts with a digit is written in backticks.",
                    QUOTED_NAME,
                    "`" + text + "`");
        }
    }

    private void checkRange(PqlToken lexeme, String text) {
        if (lexeme.is(INTEGER)) {
            if (text.length() > 18 && new BigDecimal(text).compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
                double value = Double.parseDouble(text);
                String message =
                        "Whole numbers go up to " + Long.MAX_VALUE + "; larger ones are written with an exponent.";
                if (Double.isInfinite(value)) {
                    findings.report(DiagnosticCode.INVALID_NUMBER, message, lexeme);
                } else {
                    findings.report(DiagnosticCode.INVALID_NUMBER, message, lexeme, Double.toString(value));
                }
            }
        } else {
            double value = Double.parseDouble(text);
            boolean lost = value == 0 && text.split("[eE]")[0].chars().anyMatch(c -> c >= '1' && c <= '9');
            if (Double.isInfinite(value) || lost) {
                findings.report(
                        DiagnosticCode.INVALID_NUMBER,
                        "The number is too " + (lost ? "small" : "large") + ": exponents range from -324 to 308.",
                        lexeme);
            }
        }
    }

    /**
     * Reports a quote missing in this line. If the quote of an earlier string is missing, the following quotes open
     * where they should close, and some string ends directly before a word.
     */
    private void unclosedString(PqlToken lexeme) {
        PqlToken culprit = lexeme;
        int place = lexeme.end();
        PqlToken next = lexeme;
        for (int i = lexemes.size() - 1; i >= 0 && sameLine(lexemes.get(i), lexeme); i--) {
            PqlToken earlier = lexemes.get(i);
            if (earlier.is(STRING) && earlier.touches(next) && (next.isWord() || next.is(INTEGER) || next.is(DOUBLE))) {
                culprit = earlier;
                place = endOfContent(earlier);
            }
            next = earlier;
        }
        findings.report(
                DiagnosticCode.UNTERMINATED_STRING,
                "The string that starts at column " + column(culprit) + " is not closed: a `\"` is missing.",
                place,
                place,
                "\"");
        findings.ignoreFrom(place);
        add(lexeme.as(STRING));
    }

    private boolean sameLine(PqlToken first, PqlToken second) {
        return source.span(first.start(), first.end()).line()
                == source.span(second.start(), second.end()).line();
    }

    /** Returns where a string that ran too far probably ends: before the first bracket or comma in it. */
    private static int endOfContent(PqlToken string) {
        String text = string.getText();
        for (int i = 1; i < text.length() - 1; i++) {
            if (")],}".indexOf(text.charAt(i)) >= 0) {
                return string.start() + i;
            }
        }
        return string.end() - 1;
    }

    private int column(PqlToken lexeme) {
        return source.span(lexeme.start(), lexeme.end()).column();
    }

    private static String doubleQuoted(String quoted) {
        return "\"" + quoted.substring(1, quoted.length() - 1).replace("\"", "\\\"") + "\"";
    }

    // ---- Characters

    private void other(PqlToken unit) {
        int start = unit.start();
        if (start > 0
                && Character.isSurrogatePair(
                        source.text().charAt(start - 1), source.text().charAt(start))) {
            return; // second half of a character that was already reported
        }
        int length = Character.charCount(source.text().codePointAt(start));
        PqlToken lexeme = new PqlToken(source, OTHER, start, start + length);
        String text = lexeme.getText();
        String meant = LOOKALIKES.get(text);
        if (meant != null) {
            replace(
                    lexeme,
                    DiagnosticCode.UNEXPECTED_CHARACTER,
                    "`" + text + "` is written `" + meant + "`.",
                    LOOKALIKE_TYPES.get(meant),
                    meant);
            return;
        }
        int character = text.codePointAt(0);
        String message = switch (text) {
            case "?" -> "A conditional is written `if(condition, value, otherwise)`.";
            case "$" -> "`$` is followed by the position of an input, as in `$1`.";
            case "@" -> "`@` is followed by a schema in braces, as in `@{schema}`.";
            case "'", "\u2018", "\u2019" -> "Strings are written in double quotes.";
            case "\u201C", "\u201D", "\u201E" -> "Strings are written in straight double quotes.";
            default ->
                isVisible(character)
                        ? "`" + text + "` has no meaning in an expression."
                        : invisible(character) + " is not allowed here; remove it or write a space.";
        };
        findings.report(DiagnosticCode.UNEXPECTED_CHARACTER, message, lexeme);
        if (text.equals("?")) {
            findings.ignoreFrom(lexeme.end()); // the `:` that belongs to it
        }
        if (isVisible(character)) {
            add(lexeme);
        }
    }

    /** Checks the characters inside quotes. Every character that can be stored and displayed again is allowed. */
    private void checkCharacters(PqlToken lexeme) {
        String text = lexeme.getText();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c < ' ' && c != '\t' || Character.isSurrogate(c)) {
                int place = lexeme.start() + i;
                findings.report(
                        DiagnosticCode.UNEXPECTED_CHARACTER,
                        invisible(c) + " is not allowed here; remove it.",
                        place,
                        place + 1);
            }
        }
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String invisible(int character) {
        String name = Character.getName(character);
        return String.format("The invisible character U+%04X", character)
                + (name == null ? "" : " (" + name.toLowerCase(Locale.ROOT) + ")");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
