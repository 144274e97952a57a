package dev.pequel.pql.compile;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A compiled regular expression that counts its steps. For each character of a text, RE2/J takes at most as many
 * steps as the pattern's program has instructions, so the product of both counts. Long texts are read through a
 * sequence that counts the characters read, which ends a match that takes too long.
 */
final class RegularExpression {

    /** Steps that count as one item, as a power of two. Most patterns never take most of their possible steps. */
    private static final int STEPS = 7;

    /** The maximum number of steps for which a match takes milliseconds and is not interrupted. */
    private static final long DIRECT = 1 << 20;

    /** The number of groups whose positions take about as long to copy as a step without groups. */
    private static final int GROUPS = 8;

    private final Pattern pattern;

    private RegularExpression(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws PatternSyntaxException when the pattern is invalid */
    static RegularExpression of(String pattern) {
        return new RegularExpression(Pattern.compile(pattern));
    }

    /** Whether the pattern matches anywhere in the text (P27). */
    boolean isFoundIn(Frame frame, String text) {
        try {
            return matcher(frame, text, pattern.programSize()).find();
        } catch (StackOverflowError tooDeep) {
            throw EvaluationLimitException.pattern();
        }
    }

    /** Returns the text of a group of the first match; empty without a match (P28). */
    Optional<String> group(Frame frame, String text, long group) {
        if (group < 0 || group > pattern.groupCount()) {
            return Optional.empty();
        }
        // RE2/J matches again to find the groups. Each step then copies the positions of all groups.
        long factor = group == 0 ? 1 : 1L + pattern.groupCount() / GROUPS;
        try {
            Matcher matcher = matcher(frame, text, pattern.programSize() * factor);
            return matcher.find() ? Optional.ofNullable(matcher.group((int) group)) : Optional.empty();
        } catch (StackOverflowError tooDeep) {
            throw EvaluationLimitException.pattern();
        }
    }

    private Matcher matcher(Frame frame, String text, long stepsOfCharacter) {
        long steps = stepsOfCharacter * (text.length() + 1L);
        if (steps <= DIRECT) {
            frame.walk(steps >> STEPS);
            return pattern.matcher(text);
        }
        return pattern.matcher(new CountedText(frame, text, stepsOfCharacter));
    }

    /** A text that counts its characters when they are read. */
    private static final class CountedText implements CharSequence {

        /** How often RE2/J reads each character. */
        private static final int READS = 3;

        /** Steps between two reports to the frame: about a millisecond. */
        private static final long PIECE = 1 << 16;

        private final Frame frame;
        private final String text;
        private final long stepsOfCharacter;
        /** Steps since the last report to the frame, {@link #READS} times. */
        private long steps;

        CountedText(Frame frame, String text, long stepsOfCharacter) {
            this.frame = frame;
            this.text = text;
            this.stepsOfCharacter = stepsOfCharacter;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            steps += stepsOfCharacter;
            if (steps >= READS * PIECE) {
                frame.walk(steps / READS >> STEPS);
                steps = 0;
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
