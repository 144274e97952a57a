package dev.pequel.pql.syntax.token;

import dev.pequel.pql.DiagnosticCode;

/** Conversion between string literals and their values (P3). */
public final class StringLiteral {

    private StringLiteral() {}

    /** Returns the value of a literal that {@link #check} accepted. */
    public static String value(String literal) {
        String text = literal.substring(1, literal.length() - 1);
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            switch (escape) {
                case 'n' -> value.append('\n');
                case 't' -> value.append('\t');
                case 'r' -> value.append('\r');
                case 'u' -> {
                    value.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> value.append(escape);
            }
        }
        return value.toString();
    }

    /** Returns the literal with this value. */
    public static String quote(String value) {
        StringBuilder literal = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> literal.append('\\').append(c);
                case '\n' -> literal.append("\\n");
                case '\t' -> literal.append("\\t");
                case '\r' -> literal.append("\\r");
                default -> {
                    if (c < ' ') {
                        literal.append(String.format("\\u%04X", (int) c));
                    } else {
                        literal.append(c);
                    }
                }
            }
        }
        return literal.append('"').toString();
    }

    /** Reports unknown escapes and halves of surrogate pairs. */
    static void check(PqlToken literal, SyntaxDiagnostics findings) {
        String text = literal.getText();
        for (int i = 1; i < text.length() - 1; i++) {
            if (text.charAt(i) != '\\') {
                continue;
            }
            int start = literal.start() + i;
            char escape = text.charAt(++i);
            if (escape == 'u') {
                i = checkUnicode(text, i, start, findings);
            } else if ("\"\\/ntr".indexOf(escape) < 0) {
                int length = Character.isHighSurrogate(escape) ? 3 : 2;
                String found = text.substring(i - 1, Math.min(i - 1 + length, text.length()));
                findings.report(
                        DiagnosticCode.INVALID_ESCAPE,
                        "There is no escape `" + found + "`; a backslash itself is written `\\\\`.",
                        start,
                        start + found.length(),
                        "\\" + found);
            }
        }
    }

    /**
     * Checks the escape whose {@code u} is at {@code i}, together with a second one if they form a pair. Returns the
     * last position checked.
     */
    private static int checkUnicode(String text, int i, int start, SyntaxDiagnostics findings) {
        int digits = hexDigits(text, i + 1);
        if (digits < 4) {
            findings.report(
                    DiagnosticCode.INVALID_ESCAPE,
                    "`\\u` needs four hexadecimal digits, as in `\\u00E9`.",
                    start,
                    start + 2 + digits);
            return i + digits;
        }
        char unit = (char) Integer.parseInt(text, i + 1, i + 5, 16);
        int last = i + 4;
        if (Character.isHighSurrogate(unit)
                && text.startsWith("\\u", last + 1)
                && hexDigits(text, last + 3) == 4
                && Character.isLowSurrogate((char) Integer.parseInt(text, last + 3, last + 7, 16))) {
            return last + 6;
        }
        if (Character.isSurrogate(unit)) {
            findings.report(
                    DiagnosticCode.INVALID_ESCAPE,
                    "`" + text.substring(i - 1, last + 1)
                            + "` is half of a surrogate pair; characters beyond U+FFFF are written as a pair such as"
                            + " `\\uD83D\\uDE00`.",
                    start,
                    start + 6);
        }
        return last;
    }

    /** Returns the number of hexadecimal digits from {@code start} on, at most four. */
    private static int hexDigits(String text, int start) {
        int count = 0;
        while (count < 4
                && start + count < text.length()
                && Character.digit(text.charAt(start + count), 16) >= 0
                && text.charAt(start + count) < 128) {
            count++;
        }
        return count;
    }
}
