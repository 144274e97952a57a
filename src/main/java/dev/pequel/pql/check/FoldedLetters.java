package dev.pequel.pql.check;

/**
 * Whether a pattern that ignores case names letters with which RE2/J does not come to an end: it follows a letter to the others of
 * its case until it is back, and from U+1C80 to U+1C88, old forms of Cyrillic letters, it never is.
 */
final class FoldedLetters {

    private static final int FIRST = 0x1C80;
    private static final int LAST = 0x1C88;

    private static final int FIRST_WITH_CASE = 'A';
    private static final int LAST_WITH_CASE = 0x1044F;

    /** Stands for something that is no single character. */
    private static final int NONE = -1;

    private final String pattern;
    private int next;

    private FoldedLetters(String pattern) {
        this.pattern = pattern;
    }

    static boolean areIn(String pattern) {
        return ignoresCase(pattern) && new FoldedLetters(pattern).areFound();
    }

    /** Whether there are flags with an {@code i}, wherever they stand. */
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

    /** Whether the range has such letters; of one that has all letters with a case, none is followed. */
    private static boolean isFollowed(int from, int to) {
        boolean hasAll = from <= FIRST_WITH_CASE && to >= LAST_WITH_CASE;
        return from <= LAST && to >= FIRST && !hasAll;
    }

    /** The next character; an escape that stands for one is read. */
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
