package dev.pequel.pql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.pequel.pql.type.TextTest;
import dev.pequel.profile.column.Dictionary;
import java.util.function.Predicate;

/** Tests of strings (section "Strings" of the language page). */
final class Texts {

    /** Up to this many distinct strings are tested once each instead of once per row. */
    private static final int TESTED_AT_ONCE = 4096;

    private Texts() {}

    /** The test of a text by a predicate; a text of unknown kind must be a string, or a list that a path made (P21). */
    static Code of(Code text, Predicate<String> predicate) {
        return switch (text) {
            case Code.ConstantText constant -> Code.ConstantBoolean.of(predicate.test(constant.text));
            case Columns.TextOf entry -> tested(entry, predicate);
            case Code.OfText other -> new Tested(other, predicate);
            default -> new TestedObject(text, predicate);
        };
    }

    /** The test of a text by an argument that is computed for each profile. */
    static Code of(TextTest test, Code text, Code argument, boolean caseSensitive) {
        return new Computed(test, text, argument, caseSensitive);
    }

    /** The test of a dictionary's string. */
    static Code tested(Columns.TextOf text, Predicate<String> predicate) {
        Dictionary dictionary = text.dictionary();
        if (dictionary.size() <= TESTED_AT_ONCE) {
            return new Known(text, Comparisons.matching(dictionary, code -> predicate.test(dictionary.text(code))));
        }
        return new Tested(text, predicate);
    }

    static Code known(Columns.TextOf text, boolean[] matching) {
        return new Known(text, matching);
    }

    /** What a test means for a known argument; patterns are compiled here, once. */
    static Predicate<String> predicate(TextTest test, String argument, boolean caseSensitive) {
        if (!caseSensitive) {
            String folded = fold(argument);
            Predicate<String> exact = predicate(test, folded, true);
            return text -> exact.test(fold(text));
        }
        return switch (test) {
            case STARTS_WITH -> text -> text.startsWith(argument);
            case DOES_NOT_START_WITH -> text -> !text.startsWith(argument);
            case ENDS_WITH -> text -> text.endsWith(argument);
            case DOES_NOT_END_WITH -> text -> !text.endsWith(argument);
            case CONTAINS -> text -> text.contains(argument);
            case DOES_NOT_CONTAIN -> text -> !text.contains(argument);
            case EQUALS -> argument::equals;
            case NOT_EQUAL_TO -> text -> !argument.equals(text);
            case LIKE -> like(argument);
            case MATCHES -> {
                Pattern pattern = Pattern.compile(argument);
                yield text -> pattern.matcher(text).find();
            }
        };
    }

    /** Simple case folding, independent of the locale (P29). */
    static String fold(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) < 128 && (text.charAt(i) < 'A' || text.charAt(i) > 'Z')) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** The whole text must match (P26). Needs no more than the product of the lengths in steps. */
    private static Predicate<String> like(String pattern) {
        int[] kinds = new int[pattern.length()];
        int size = 0;
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\\' && i < pattern.length()) {
                c = pattern.codePointAt(i);
                i += Character.charCount(c);
                kinds[size++] = c;
            } else {
                kinds[size++] = c == '%' ? ANY_CHARACTERS : c == '_' ? ONE_CHARACTER : c;
            }
        }
        int[] wanted = java.util.Arrays.copyOf(kinds, size);
        return text -> isLike(text, wanted);
    }

    private static final int ANY_CHARACTERS = -1;
    private static final int ONE_CHARACTER = -2;

    private static boolean isLike(String text, int[] wanted) {
        int at = 0;
        int next = 0;
        // Where to go on when the characters after the last wildcard do not match: it then takes one more.
        int retryAt = -1;
        int retryNext = -1;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (next < wanted.length && wanted[next] == ANY_CHARACTERS) {
                retryAt = at;
                retryNext = ++next;
            } else if (next < wanted.length && (wanted[next] == ONE_CHARACTER || wanted[next] == c)) {
                at += Character.charCount(c);
                next++;
            } else if (retryAt >= 0) {
                retryAt += Character.charCount(text.codePointAt(retryAt));
                at = retryAt;
                next = retryNext;
            } else {
                return false;
            }
        }
        while (next < wanted.length && wanted[next] == ANY_CHARACTERS) {
            next++;
        }
        return next == wanted.length;
    }

    /** The text of a group of the first match; {@code null} when there is none (P28). */
    static String group(Pattern pattern, String text, long group) {
        Matcher matcher = pattern.matcher(text);
        return group >= 0 && group <= matcher.groupCount() && matcher.find() ? matcher.group((int) group) : null;
    }

    private static final class Known extends Code.OfBoolean {
        private final Columns.TextOf text;
        private final boolean[] matching;

        Known(Columns.TextOf text, boolean[] matching) {
            this.text = text;
            this.matching = matching;
        }

        @Override
        boolean test(Frame frame) {
            int code = text.code(frame);
            return code >= 0 && matching[code];
        }
    }

    private static final class Tested extends Code.OfBoolean {
        private final OfText text;
        private final Predicate<String> predicate;

        Tested(OfText text, Predicate<String> predicate) {
            this.text = text;
            this.predicate = predicate;
        }

        @Override
        boolean test(Frame frame) {
            String value = text.text(frame);
            return value != null && passes(frame, value, predicate);
        }
    }

    /** A text of unknown kind: only strings can pass, and of a list that a path made, any item (P21). */
    private static final class TestedObject extends Code.OfBoolean {
        private final Code text;
        private final Predicate<String> predicate;

        TestedObject(Code text, Predicate<String> predicate) {
            this.text = text;
            this.predicate = predicate;
        }

        @Override
        boolean test(Frame frame) {
            int held = frame.held();
            boolean holds = holds(frame, text.value(frame), predicate);
            frame.release(held);
            return holds;
        }
    }

    private static boolean holds(Frame frame, Object text, Predicate<String> predicate) {
        if (Dynamic.isThroughPath(text)) {
            return Dynamic.walked(frame, Dynamic.items(text)).stream()
                    .anyMatch(item -> item instanceof String s && passes(frame, s, predicate));
        }
        return text instanceof String s && passes(frame, s, predicate);
    }

    /** Whether one string passes, which takes long where it is long. */
    private static boolean passes(Frame frame, String text, Predicate<String> predicate) {
        frame.walk(Lists.sizeOf(text));
        return predicate.test(text);
    }

    /** An argument that is computed for each profile: a string, or a list of which some item must satisfy the test. */
    private static final class Computed extends Code.OfBoolean {
        private final TextTest test;
        private final Code text;
        private final Code argument;
        private final boolean caseSensitive;

        Computed(TextTest test, Code text, Code argument, boolean caseSensitive) {
            this.test = test;
            this.text = text;
            this.argument = argument;
            this.caseSensitive = caseSensitive;
        }

        @Override
        boolean test(Frame frame) {
            int held = frame.held();
            boolean holds = holds(frame, argument.value(frame), text.value(frame));
            frame.release(held);
            return holds;
        }

        private boolean holds(Frame frame, Object wanted, Object value) {
            if (wanted == null || value == null) {
                return false;
            }
            if (wanted instanceof String one) {
                return Texts.holds(frame, value, computed(one));
            }
            java.util.List<Object> several = Dynamic.items(wanted);
            return several != null
                    && Dynamic.walked(frame, several).stream()
                            .anyMatch(item -> item instanceof String one && Texts.holds(frame, value, computed(one)));
        }

        /** A pattern that only becomes known at run time and is none matches nothing. */
        private Predicate<String> computed(String argument) {
            try {
                return predicate(test, argument, caseSensitive);
            } catch (PatternSyntaxException noPattern) {
                return text -> false;
            }
        }
    }
}
