package dev.pequel.pql.compile;

import com.google.re2j.PatternSyntaxException;
import dev.pequel.pql.CaseFolding;
import dev.pequel.pql.function.StringTestKind;
import java.util.List;

/** Compiles tests of strings (section "Strings" of the language page). */
final class CompiledStrings {

    /** The largest dictionary for which the result of a test is cached for each string. */
    private static final int REMEMBERED = 4096;

    private CompiledStrings() {}

    /**
     * Compiles a test. An expression of unknown type passes only with a string, or with a list made by a path (P21).
     *
     * @param constants counts the characters that are read at compile time
     */
    static CompiledExpression of(Frame constants, CompiledExpression text, StringPredicate test) {
        return switch (text) {
            case CompiledExpression.ConstantText constant ->
                CompiledExpression.ConstantBoolean.of(passes(constants, constant.text, test));
            case CompiledColumns.TextOf entry -> tested(entry, test);
            case CompiledExpression.OfText other -> new Tested(other, test);
            default -> new TestedObject(text, test);
        };
    }

    /** Compiles a test whose argument is computed for each profile. */
    static CompiledExpression of(
            StringTestKind test, CompiledExpression text, CompiledExpression argument, boolean caseSensitive) {
        return new Computed(test, text, argument, caseSensitive);
    }

    /** Compiles a test of strings of a dictionary. */
    static CompiledExpression tested(CompiledColumns.TextOf text, StringPredicate test) {
        return text.dictionary().size() <= REMEMBERED ? remembered(text, test) : new Tested(text, test);
    }

    /** Compiles a test of strings of a dictionary, whose result is cached for each string. */
    static CompiledExpression remembered(CompiledColumns.TextOf text, StringPredicate test) {
        return new Remembered(text, test);
    }

    static CompiledExpression known(CompiledColumns.TextOf text, boolean[] matching) {
        return new Known(text, matching);
    }

    /**
     * Returns the predicate that passes when any of the arguments does (P24, P25). Patterns are compiled here, once.
     */
    static StringPredicate testOf(StringTestKind test, List<String> arguments, boolean caseSensitive) {
        if (!caseSensitive) {
            StringPredicate exact =
                    testOf(test, arguments.stream().map(CaseFolding::fold).toList(), true);
            return (frame, text) -> {
                frame.read(text.length());
                return exact.test(frame, CaseFolding.fold(text));
            };
        }
        List<StringPredicate> tests =
                arguments.stream().map(argument -> testOf(test, argument)).toList();
        return tests.size() == 1 ? tests.getFirst() : (frame, text) -> passesAny(frame, text, tests);
    }

    private static boolean passesAny(Frame frame, String text, List<StringPredicate> tests) {
        frame.read(tests.size());
        for (StringPredicate test : tests) {
            if (test.test(frame, text)) {
                return true;
            }
        }
        return false;
    }

    private static StringPredicate testOf(StringTestKind test, String argument) {
        return switch (test) {
            case STARTS_WITH -> (frame, text) -> text.startsWith(argument);
            case DOES_NOT_START_WITH -> (frame, text) -> !text.startsWith(argument);
            case ENDS_WITH -> (frame, text) -> text.endsWith(argument);
            case DOES_NOT_END_WITH -> (frame, text) -> !text.endsWith(argument);
            case CONTAINS -> new StringSearch(argument)::isIn;
            case DOES_NOT_CONTAIN -> {
                StringSearch search = new StringSearch(argument);
                yield (frame, text) -> !search.isIn(frame, text);
            }
            case EQUALS -> (frame, text) -> argument.equals(text);
            case NOT_EQUAL_TO -> (frame, text) -> !argument.equals(text);
            case LIKE -> like(argument);
            case MATCHES -> RegularExpression.of(argument)::isFoundIn;
        };
    }

    /** Matches the whole text (P26). Takes at most as many steps as the product of both lengths. */
    private static StringPredicate like(String pattern) {
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
        return (frame, text) -> isLike(frame, text, wanted);
    }

    private static final int ANY_CHARACTERS = -1;
    private static final int ONE_CHARACTER = -2;

    /** Steps between two reports to the frame. */
    private static final int PIECE = 1 << 12;

    private static boolean isLike(Frame frame, String text, int[] wanted) {
        int steps = 0;
        int at = 0;
        int next = 0;
        // Where to retry when the characters after the last wildcard do not match. The wildcard then takes one more.
        int retryAt = -1;
        int retryNext = -1;
        while (at < text.length()) {
            if (++steps == PIECE) {
                frame.read(PIECE);
                steps = 0;
            }
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
                break;
            }
        }
        frame.read(steps);
        while (next < wanted.length && wanted[next] == ANY_CHARACTERS) {
            next++;
        }
        return at == text.length() && next == wanted.length;
    }

    private static final class Known extends CompiledExpression.OfBoolean {
        private final CompiledColumns.TextOf text;
        private final boolean[] matching;

        Known(CompiledColumns.TextOf text, boolean[] matching) {
            this.text = text;
            this.matching = matching;
        }

        @Override
        boolean test(Frame frame) {
            int code = text.code(frame);
            return code >= 0 && matching[code];
        }
    }

    /** Tests each string when a row first has it, and caches the result. Each test has the limit of a whole profile. */
    private static final class Remembered extends CompiledExpression.OfBoolean {
        private static final byte PASSES = 1;
        private static final byte FAILS = 2;

        private final CompiledColumns.TextOf text;
        private final StringPredicate test;
        /** Indexed by the strings' codes; 0 for strings not tested yet. */
        private final byte[] outcomes;

        Remembered(CompiledColumns.TextOf text, StringPredicate test) {
            this.text = text;
            this.test = test;
            this.outcomes = new byte[text.dictionary().size()];
        }

        @Override
        boolean test(Frame frame) {
            int code = text.code(frame);
            if (code < 0) {
                return false;
            }
            byte outcome = outcomes[code];
            if (outcome == 0) {
                outcome = passes(frame, code) ? PASSES : FAILS;
                outcomes[code] = outcome;
            }
            return outcome == PASSES;
        }

        private boolean passes(Frame frame, int code) {
            long left = frame.left();
            frame.startLimit();
            boolean passes = CompiledStrings.passes(frame, frame.text(text.dictionary(), code), test);
            frame.continueWith(left);
            return passes;
        }
    }

    private static final class Tested extends CompiledExpression.OfBoolean {
        private final OfText text;
        private final StringPredicate test;

        Tested(OfText text, StringPredicate test) {
            this.text = text;
            this.test = test;
        }

        @Override
        boolean test(Frame frame) {
            String value = text.text(frame);
            return value != null && passes(frame, value, test);
        }
    }

    /**
     * Tests an expression of unknown type. Strings can pass, and lists made by a path of which any item passes (P21).
     */
    private static final class TestedObject extends CompiledExpression.OfBoolean {
        private final CompiledExpression text;
        private final StringPredicate test;

        TestedObject(CompiledExpression text, StringPredicate test) {
            this.text = text;
            this.test = test;
        }

        @Override
        boolean test(Frame frame) {
            int held = frame.held();
            boolean holds = holds(frame, text.value(frame), test);
            frame.release(held);
            return holds;
        }
    }

    private static boolean holds(Frame frame, Object text, StringPredicate test) {
        if (UntypedValues.isThroughPath(text)) {
            return UntypedValues.walked(frame, UntypedValues.items(frame, text)).stream()
                    .anyMatch(item -> item instanceof String s && passes(frame, s, test));
        }
        return text instanceof String s && passes(frame, s, test);
    }

    /** Tests a string and counts its characters as read. */
    private static boolean passes(Frame frame, String text, StringPredicate test) {
        frame.read(text.length());
        return test.test(frame, text);
    }

    /** Tests with an argument that is computed for each profile: a string, or a list of which any item may pass. */
    private static final class Computed extends CompiledExpression.OfBoolean {
        private final StringTestKind test;
        private final CompiledExpression text;
        private final CompiledExpression argument;
        private final boolean caseSensitive;

        Computed(StringTestKind test, CompiledExpression text, CompiledExpression argument, boolean caseSensitive) {
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
                return CompiledStrings.holds(frame, value, computed(one));
            }
            List<Object> several = UntypedValues.items(frame, wanted);
            return several != null
                    && UntypedValues.walked(frame, several).stream()
                            .anyMatch(item ->
                                    item instanceof String one && CompiledStrings.holds(frame, value, computed(one)));
        }

        /** Returns the predicate of an argument; one that is an invalid pattern matches nothing. */
        private StringPredicate computed(String argument) {
            try {
                return testOf(test, List.of(argument), caseSensitive);
            } catch (PatternSyntaxException noPattern) {
                return (frame, text) -> false;
            }
        }
    }
}
