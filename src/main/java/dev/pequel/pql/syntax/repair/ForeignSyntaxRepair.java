package dev.pequel.pql.syntax.repair;

import static dev.pequel.pql.syntax.grammar.PqlParser.*;

import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.syntax.token.PqlToken;
import dev.pequel.pql.syntax.token.PqlTokens;
import dev.pequel.pql.syntax.token.SyntaxDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Repairs syntax of other languages and of older forms of this one, such as {@code a is null}, {@code a not in b},
 * {@code some x from y} and {@code And}. Each occurrence is reported with its correct form and replaced by it.
 */
public final class ForeignSyntaxRepair {

    /** Words between two values. */
    private static final Map<String, Integer> BETWEEN_VALUES = Map.ofEntries(
            Map.entry("and", AND),
            Map.entry("or", OR),
            Map.entry("in", IN),
            Map.entry("notin", NOT_IN),
            Map.entry("like", LIKE),
            Map.entry("matches", MATCHES),
            Map.entry("occurs", OCCURS),
            Map.entry("where", WHERE),
            Map.entry("from", FROM),
            Map.entry("over", OVER));

    /** Words before a value or a variable. */
    private static final Map<String, Integer> BEFORE_VALUE =
            Map.of("not", NOT, "if", IF, "let", LET, "select", SELECT, "exists", EXISTS, "forall", FORALL);

    private static final Map<String, Integer> QUANTIFIERS = Map.of(
            "some", EXISTS, "any", EXISTS, "all", FORALL, "every", FORALL, "each", FORALL, "none", EXISTS, "one",
            SELECT);

    /** Words that may be values themselves. */
    private static final Set<Integer> VALUE_WORDS = Set.of(TRUE, FALSE, NULL, THIS, NOW, TODAY, YESTERDAY, TOMORROW);

    private static final Set<Integer> TESTS =
            Set.of(EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN, NOT_IN, LIKE, MATCHES, OCCURS);

    private final PqlTokens lexemes;
    private final SyntaxDiagnostics findings;
    private final List<PqlToken> result = new ArrayList<>();
    private int position;

    private ForeignSyntaxRepair(PqlTokens lexemes, SyntaxDiagnostics findings) {
        this.lexemes = lexemes;
        this.findings = findings;
    }

    public static PqlTokens replace(PqlTokens lexemes, SyntaxDiagnostics findings) {
        return new ForeignSyntaxRepair(lexemes, findings).replace();
    }

    private PqlTokens replace() {
        while (position < lexemes.size()) {
            PqlToken lexeme = lexemes.get(position);
            boolean name = type(-1) == DOT && lexeme.isWord();
            boolean replaced = !name
                    && switch (lexeme.getType()) {
                        case IDENTIFIER -> identifier(lexeme, lexeme.getText().toLowerCase(Locale.ROOT));
                        case IF -> ifWithoutParenthesis(lexeme) || reservedName(lexeme);
                        case NOT -> negatedTest(lexeme);
                        case EXISTS -> postfixExists(lexeme) || reservedName(lexeme);
                        case LESS -> placeholder(lexeme);
                        case LEFT_BRACE -> bracedPlaceholder(lexeme);
                        case LEFT_PARENTHESIS -> star();
                        case EQUAL -> lessOrEqual(lexeme);
                        case ARROW -> arrow(lexeme);
                        default -> functionForm(lexeme) || reservedName(lexeme);
                    };
            if (!replaced) {
                result.add(lexeme);
                position++;
            }
        }
        return new PqlTokens(result);
    }

    private boolean identifier(PqlToken lexeme, String lower) {
        boolean afterValue = endsOperand(-1);
        if (afterValue && lower.equals("is")) {
            return isNull(lexeme);
        }
        if (afterValue && lower.equals("between") && startsPlainValue(1)) {
            findings.report(
                    DiagnosticCode.LEGACY_SYNTAX,
                    "`between` is allowed only after `occurs`; a range of other values is written"
                            + " `x >= lowest and x <= highest`.",
                    lexeme);
            return take(1, lexeme.as(GREATER_OR_EQUAL));
        }
        if (afterValue && BETWEEN_VALUES.containsKey(lower) && startsValue(1)) {
            return wrongCase(lexeme, BETWEEN_VALUES.get(lower), lower.equals("notin") ? "notIn" : lower);
        }
        if (!afterValue && QUANTIFIERS.containsKey(lower) && lexemes.isDeclaration(position + 1)) {
            return quantifier(lexeme, lower);
        }
        if (!afterValue && BEFORE_VALUE.containsKey(lower)) {
            boolean declares = lexemes.isName(position + 1);
            boolean inPlace = switch (lower) {
                case "not" -> startsPlainValue(1) || type(1) == LEFT_PARENTHESIS;
                case "if" -> type(1) == LEFT_PARENTHESIS;
                default -> declares;
            };
            return inPlace && wrongCase(lexeme, BEFORE_VALUE.get(lower), lower);
        }
        return false;
    }

    private boolean wrongCase(PqlToken lexeme, int type, String spelling) {
        findings.report(
                DiagnosticCode.KEYWORD_CASE,
                "Keywords are written all in lower or all in upper case.",
                lexeme,
                spelling);
        return take(1, lexeme.as(type));
    }

    /** Reports {@code if a then b else c}. What follows it cannot be parsed. */
    private boolean ifWithoutParenthesis(PqlToken word) {
        if (type(1) == LEFT_PARENTHESIS || !startsValue(1)) {
            return false;
        }
        findings.report(DiagnosticCode.SYNTAX, "A conditional is written `if(condition, value, otherwise)`.", word);
        findings.ignoreFrom(word.end());
        return false;
    }

    private boolean quantifier(PqlToken lexeme, String word) {
        String message = "`" + lexeme.getText() + " ... from` is not part of the language";
        switch (word) {
            case "none" ->
                findings.report(DiagnosticCode.LEGACY_SYNTAX, message + "; write `not (exists ... from ...)`.", lexeme);
            case "one" ->
                findings.report(
                        DiagnosticCode.LEGACY_SYNTAX, message + "; write `(select ... from ...).count() = 1`.", lexeme);
            default ->
                findings.report(
                        DiagnosticCode.LEGACY_SYNTAX,
                        message + ".",
                        lexeme,
                        QUANTIFIERS.get(word) == EXISTS ? "exists" : "forall");
        }
        return take(1, lexeme.as(QUANTIFIERS.get(word)));
    }

    /** Repairs {@code a is null} and {@code a is not null}. */
    private boolean isNull(PqlToken lexeme) {
        int words = type(1) == NULL ? 2 : type(1) == NOT && type(2) == NULL ? 3 : 0;
        if (words == 0) {
            return false;
        }
        methodInstead(
                lexeme.start(), lexemes.get(position + words - 1).end(), words == 2 ? ".isNull()" : ".isNotNull()");
        position += words;
        return true;
    }

    /** Repairs {@code a exists}. Before a variable or a parenthesis, the word is in its correct position. */
    private boolean postfixExists(PqlToken lexeme) {
        if (!endsOperand(-1) || lexemes.isName(position + 1) || type(1) == LEFT_PARENTHESIS) {
            return false;
        }
        methodInstead(lexeme.start(), lexeme.end(), ".isNotNull()");
        position++;
        return true;
    }

    /** Repairs {@code a not in b}, {@code a not like b} and {@code a not exists}. */
    private boolean negatedTest(PqlToken not) {
        if (!endsOperand(-1)) {
            return reservedName(not);
        }
        PqlToken test = lexemes.get(position + 1);
        switch (test.getType()) {
            case IN -> {
                findings.report(
                        DiagnosticCode.LEGACY_SYNTAX, "`not in` is one word.", not.start(), test.end(), "notIn");
                return take(2, test.as(NOT_IN));
            }
            case EXISTS -> {
                if (lexemes.isName(position + 2) || type(2) == LEFT_PARENTHESIS) {
                    return false;
                }
                methodInstead(not.start(), test.end(), ".isNull()");
                position += 2;
                return true;
            }
            case LIKE, MATCHES, OCCURS -> {
                findings.report(
                        DiagnosticCode.LEGACY_SYNTAX,
                        "`not` is written before the whole test: `not (a " + test.getText() + " b)`.",
                        not.start(),
                        test.end());
                return take(2, test);
            }
            default -> {
                return false;
            }
        }
    }

    private void methodInstead(int start, int end, String method) {
        findings.report(
                DiagnosticCode.LEGACY_SYNTAX,
                "Whether a value is present is tested with a method.",
                start,
                end,
                method);
    }

    /** Reports a placeholder such as {@code xEvent.<OrgID>.channel}. */
    private boolean placeholder(PqlToken less) {
        if (type(-1) != DOT || !lexemes.isName(position + 1) || type(2) != GREATER) {
            return false;
        }
        PqlToken name = lexemes.get(position + 1);
        findings.report(
                DiagnosticCode.SYNTAX,
                "`<" + name.getText() + ">` is a placeholder; write the name that it stands for.",
                less.start(),
                lexemes.get(position + 2).end());
        return take(3, name);
    }

    /** Reports a placeholder such as <code>_{TENANT_ID}</code>. */
    private boolean bracedPlaceholder(PqlToken brace) {
        boolean afterName = !result.isEmpty()
                && result.getLast().isWord()
                && result.getLast().touches(brace);
        if (!(afterName || type(-1) == DOT) || !lexemes.isName(position + 1) || type(2) != RIGHT_BRACE) {
            return false;
        }
        PqlToken name = lexemes.get(position + 1);
        findings.report(
                DiagnosticCode.SYNTAX,
                "`{" + name.getText() + "}` is a placeholder; write the name that it stands for.",
                brace.start(),
                lexemes.get(position + 2).end());
        if (afterName) {
            position += 3;
            return true;
        }
        return take(3, name);
    }

    /** Repairs {@code WHAT(*)} and {@code orders.count(*)}. */
    private boolean star() {
        if (type(1) != STAR || type(2) != RIGHT_PARENTHESIS) {
            return false;
        }
        PqlToken star = lexemes.get(position + 1);
        result.add(lexemes.get(position));
        if (!result.isEmpty() && lexemes.get(position - 1).getText().equalsIgnoreCase("what")) {
            findings.report(DiagnosticCode.LEGACY_SYNTAX, "Any event is written `WHAT(true)`.", star, "true");
            return take(2, star.as(TRUE));
        }
        findings.report(DiagnosticCode.LEGACY_SYNTAX, "`*` is allowed only between two numbers.", star, "");
        position += 2;
        return true;
    }

    /** Repairs {@code =<}. */
    private boolean lessOrEqual(PqlToken equal) {
        PqlToken less = lexemes.get(position + 1);
        if (!less.is(LESS) || !equal.touches(less)) {
            return false;
        }
        findings.report(
                DiagnosticCode.LEGACY_SYNTAX,
                "`=<` is not an operator of the language.",
                equal.start(),
                less.end(),
                "<=");
        return take(2, equal.as(LESS_OR_EQUAL));
    }

    /** Repairs {@code a => 5} and {@code x => x.a}. */
    private boolean arrow(PqlToken arrow) {
        if (type(-1) == RIGHT_PARENTHESIS) {
            return false;
        }
        boolean beforeLiteral = type(1) == INTEGER || type(1) == DOUBLE || type(1) == MINUS || type(1) == STRING;
        if (!beforeLiteral) {
            return lambdaWithoutParentheses(arrow);
        }
        findings.report(
                DiagnosticCode.LEGACY_SYNTAX, "`=>` is used only in lambdas; it is not a comparison.", arrow, ">=");
        return take(1, arrow.as(GREATER_OR_EQUAL));
    }

    private boolean lambdaWithoutParentheses(PqlToken arrow) {
        if (type(-1) != IDENTIFIER || type(-2) == DOT) {
            return false;
        }
        PqlToken parameter = result.removeLast();
        findings.report(
                DiagnosticCode.SYNTAX,
                "The parameters of a lambda are written in parentheses.",
                parameter,
                "(" + parameter.getText() + ")");
        result.add(parameter.missing(LEFT_PARENTHESIS));
        result.add(parameter);
        result.add(arrow.missing(RIGHT_PARENTHESIS));
        return take(1, arrow);
    }

    /** Reports an operator called like a function: {@code notIn(a, b)}. */
    private boolean functionForm(PqlToken word) {
        boolean operator = switch (word.getType()) {
            case IN, NOT_IN, LIKE, AND, OR -> true;
            default -> false;
        };
        if (!operator || endsOperand(-1) || type(1) != LEFT_PARENTHESIS) {
            return false;
        }
        findings.report(
                DiagnosticCode.LEGACY_SYNTAX,
                "`" + word.getText() + "` is written between two values: `a " + word.getText() + " b`.",
                word);
        return take(1, word.as(IDENTIFIER));
    }

    /** Reports a reserved word where only a name makes sense: before a dot, a test or {@code from}, or alone. */
    private boolean reservedName(PqlToken word) {
        int next = type(1);
        boolean declares = isReserved(1) && (type(2) == EQUAL || type(2) == FROM);
        boolean test = TESTS.contains(next) && !(next == MATCHES && type(2) == LEFT_PARENTHESIS);
        boolean alone = couldBeName(word) && endsValue(next) && type(-1) != OCCURS;
        boolean declared = next == FROM && (type(-1) == SELECT || type(-1) == EXISTS || type(-1) == FORALL);
        if (!isReserved(0) || endsOperand(-1) || !(next == DOT || test && !declares || declared || alone)) {
            return false;
        }
        findings.report(
                DiagnosticCode.RESERVED_WORD,
                "`" + word.getText() + "` is a reserved word; to use it as a name, write it in backticks.",
                word,
                "`" + word.getText() + "`");
        return take(1, word.as(QUOTED_NAME));
    }

    /** Whether the reserved word is more likely a name than an operator where a value is missing before or after it. */
    private static boolean couldBeName(PqlToken word) {
        return switch (word.getType()) {
            case LIKE, MATCHES, OCCURS, SELECT, EXISTS, FORALL, FROM, WHERE, OVER, LET, IF -> true;
            default -> false;
        };
    }

    private static boolean endsValue(int type) {
        return switch (type) {
            case PqlToken.EOF, RIGHT_PARENTHESIS, RIGHT_BRACKET, COMMA, AND, OR -> true;
            default -> false;
        };
    }

    // ---- Lookahead and lookbehind

    private boolean isReserved(int distance) {
        PqlToken word = lexemes.get(position + distance);
        return word.isWord() && !lexemes.isName(position + distance) && !VALUE_WORDS.contains(word.getType());
    }

    private boolean take(int words, PqlToken replacement) {
        result.add(replacement);
        position += words;
        return true;
    }

    /** Returns the type of a token relative to the current one. Tokens before it are already repaired. */
    private int type(int distance) {
        if (distance < 0) {
            int i = result.size() + distance;
            return i >= 0 ? result.get(i).getType() : PqlToken.EOF;
        }
        return lexemes.type(position + distance);
    }

    private boolean endsOperand(int distance) {
        int i = result.size() + distance;
        return i >= 0
                && (PqlTokens.mayEndOperand(result.get(i).getType())
                        || i > 0 && result.get(i - 1).is(DOT) && result.get(i).isWord());
    }

    private boolean startsValue(int distance) {
        return PqlTokens.mayStartOperand(type(distance));
    }

    /** Whether a value starts there with a token that cannot follow a name. */
    private boolean startsPlainValue(int distance) {
        return startsValue(distance)
                && switch (type(distance)) {
                    case LEFT_PARENTHESIS, LEFT_BRACKET, MINUS -> false;
                    default -> true;
                };
    }
}
