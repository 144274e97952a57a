package dev.pequel.pql.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Checks regular expressions. RE2/J matches in linear time, but counted repetitions multiply the size of the compiled
 * program: {@code ((a{1000}){1000}){1000}} would need a thousand million instructions. So the size is bounded before
 * the pattern is compiled.
 */
final class Patterns {

    private static final long LARGEST_PROGRAM = 20_000;
    private static final int DEEPEST_NESTING = 100;
    private static final int LONGEST_COUNT = 16;
    private static final int LONGEST_CLASS_NAME = 16;

    private Patterns() {}

    /**
     * A valid pattern.
     *
     * @param groups number of capturing groups
     * @param size approximate number of instructions of its program
     */
    record Usable(int groups, long size) {}

    /** Thrown for an unusable pattern. The message is the end of a sentence. */
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message, null, false, false);
        }
    }

    static Usable examine(String pattern) throws Unusable {
        long size = size(pattern);
        if (FoldedLetters.areIn(pattern)) {
            throw new Unusable("the letters U+1C80 to U+1C88 cannot be used in a pattern that ignores case");
        }
        try {
            return new Usable(Pattern.compile(pattern).groupCount(), size);
        } catch (PatternSyntaxException e) {
            String place = Optional.ofNullable(e.getPattern())
                    .filter(text -> !text.isEmpty())
                    .map(text -> " at `" + text + "`")
                    .orElse("");
            throw new Unusable(e.getDescription() + place + hint(e));
        }
    }

    private static String hint(PatternSyntaxException e) {
        String place = Optional.ofNullable(e.getPattern()).orElse("");
        if (place.startsWith("(?=") || place.startsWith("(?!") || place.startsWith("(?<")) {
            return "; lookahead and lookbehind are not supported";
        }
        if (place.length() == 2 && place.charAt(0) == '\\' && Character.isDigit(place.charAt(1))) {
            return "; backreferences are not supported";
        }
        return "";
    }

    /** Estimates the number of instructions from above. Parts that are no valid pattern are ignored. */
    private static long size(String pattern) throws Unusable {
        Deque<Long> outer = new ArrayDeque<>();
        long sequence = 0;
        long atom = 0;
        for (int i = 0; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> {
                    int end = pattern.startsWith("\\Q", i) ? quoted(pattern, i) : i + 1;
                    sequence += atom;
                    atom = Math.max(1, end - i);
                    i = end;
                }
                case '[' -> {
                    int end = bracketed(pattern, i);
                    sequence += atom;
                    // The program has one instruction for a class, but a class may hold many ranges.
                    atom = 1 + (end - i) / 8;
                    i = end;
                }
                case '(' -> {
                    // Flags alone, such as (?i), are no atom: a repetition after them repeats the atom before them.
                    int flags = flags(pattern, i);
                    if (flags > i) {
                        i = flags;
                        break;
                    }
                    outer.push(sequence + atom);
                    sequence = 0;
                    atom = 0;
                    if (outer.size() > DEEPEST_NESTING) {
                        throw new Unusable("its groups are nested more than " + DEEPEST_NESTING + " levels deep");
                    }
                }
                case ')' -> {
                    atom = sequence + atom + 2;
                    sequence = outer.isEmpty() ? 0 : outer.pop();
                }
                case '{' -> {
                    int end = pattern.indexOf('}', i, Math.min(i + LONGEST_COUNT, pattern.length()));
                    long count = end < 0 ? -1 : largestNumber(pattern, i + 1, end);
                    if (count < 0) {
                        sequence += atom;
                        atom = 1;
                    } else {
                        atom *= Math.max(1, count);
                        i = end;
                    }
                }
                case '*', '+', '?', '|' -> atom += 1;
                default -> {
                    sequence += atom;
                    atom = 1;
                }
            }
            if (sequence + atom > LARGEST_PROGRAM) {
                throw new Unusable("its repetitions make it too large");
            }
        }
        return sequence + atom;
    }

    /** Returns the index of the parenthesis that ends {@code (?flags)}, or the start when a group begins there. */
    private static int flags(String pattern, int start) {
        if (!pattern.startsWith("(?", start)) {
            return start;
        }
        int i = start + 2;
        while (i < pattern.length() && (Character.isLetter(pattern.charAt(i)) || pattern.charAt(i) == '-')) {
            i++;
        }
        return i < pattern.length() && pattern.charAt(i) == ')' ? i : start;
    }

    private static int quoted(String pattern, int start) {
        int end = pattern.indexOf("\\E", start + 2);
        return end < 0 ? pattern.length() - 1 : end + 1;
    }

    /**
     * Returns the index of the bracket that ends a class. A bracket directly after the opening one belongs to the
     * class.
     */
    private static int bracketed(String pattern, int start) {
        int i = pattern.startsWith("[^", start) ? start + 2 : start + 1;
        for (int first = i; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (pattern.startsWith("[:", i)) {
                int end = pattern.indexOf(":]", i, Math.min(i + LONGEST_CLASS_NAME, pattern.length()));
                i = end < 0 ? i : end + 1;
            } else if (c == ']' && i > first) {
                return i;
            }
        }
        return pattern.length() - 1;
    }

    /** Returns the larger number of {@code n}, {@code n,} or {@code n,m}; -1 for any other text. */
    private static long largestNumber(String pattern, int start, int end) {
        long largest = 0;
        long number = 0;
        for (int i = start; i < end; i++) {
            char c = pattern.charAt(i);
            if (c == ',') {
                largest = Math.max(largest, number);
                number = 0;
            } else if (c >= '0' && c <= '9') {
                number = number * 10 + (c - '0');
            } else {
                return -1;
            }
        }
        return Math.max(largest, number);
    }
}
