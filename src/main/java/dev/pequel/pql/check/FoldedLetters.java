package dev.pequel.pql.check;

/**
 * Detects patterns on which RE2/J would loop forever: those that ignore case and name a letter from U+1C80 to U+1C88,
 * old forms of Cyrillic letters. RE2/J follows the case variants of a letter until it is back at the first, which
 * never happens for these letters.
 */
final class FoldedLetters {

    private static final int FIRST = 0x1C80;
    private static final int LAST = 0x1C88;

    private static final int FIRST_WITH_CASE = 'A';
    private static final int LAST_WITH_CASE = 0x1044F;

    /** Marks something other than a single character. */
    private static final int NONE = -1;

    private final String pattern;
    private int next;

    private FoldedLetters(String pattern) {
        this.pattern = pattern;
    }

    static boolean areIn(String pattern) {
        return ignoresCase(pattern) && new FoldedLetters(pattern).areFound();
    }

    /** Whether the pattern contains flags with an {@code i}, anywhere. */
    private static boolean ignoresCase(String pattern) {
        for (int start = pattern.indexOf("(?"); start >= 0; start = pattern.indexOf("(?", start + 1)) {
            int i = start + 2;
            while (i < pattern.length() && (Character.isLetter(pattern.charAt(i)) || pattern.charAt(i) == '-')) {
                if (pattern.charAt(i) == 'i') {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private boolean areFound() {
        boolean inClass = false;
        int before = NONE;
        while (next < pattern.length()) {
            if (!inClass && pattern.charAt(next) == '[') {
                inClass = true;
                next += pattern.startsWith("[^", next) ? 2 : 1;
                // A bracket directly after the opening one belongs to the class.
                next += pattern.startsWith("]", next) ? 1 : 0;
                before = NONE;
                continue;
            }
            inClass = inClass && pattern.charAt(next) != ']';
            boolean isRange = inClass
                    && before != NONE
                    && pattern.charAt(next) == '-'
                    && next + 1 < pattern.length()
                    && pattern.charAt(next + 1) != ']';
            next += isRange ? 1 : 0;
            int character = character();
            if (character != NONE && isFollowed(isRange ? before : character, character)) {
                return true;
            }
            before = character;
        }
        return false;
    }

    /**
     * Whether RE2/J follows such letters of the range. It follows none in a range that includes all letters with
     * case.
     */
    private static boolean isFollowed(int from, int to) {
        boolean hasAll = from <= FIRST_WITH_CASE && to >= LAST_WITH_CASE;
        return from <= LAST && to >= FIRST && !hasAll;
    }

    /** Reads the next character, or the character that an escape denotes. */
    private int character() {
        int character = pattern.codePointAt(next);
        next += Character.charCount(character);
        if (character != '\\' || next == pattern.length()) {
            return character;
        }
        int escaped = pattern.codePointAt(next);
        next += Character.charCount(escaped);
        if (escaped != 'x') {
            return Character.isLetterOrDigit(escaped) ? NONE : escaped;
        }
        int start = next;
        int end = next + 2;
        if (pattern.startsWith("{", next)) {
            start = next + 1;
            end = pattern.indexOf('}', start);
        }
        if (end < start || end > pattern.length()) {
            return NONE;
        }
        next = Math.min(end + (start > next ? 1 : 0), pattern.length());
        try {
            return Integer.parseInt(pattern.substring(start, end), 16);
        } catch (NumberFormatException noCharacter) {
            return NONE;
        }
    }
}
