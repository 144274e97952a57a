package dev.pequel.pql.check;

import static dev.pequel.pql.DiagnosticCode.INVALID_PATTERN;
import static dev.pequel.pql.DiagnosticCode.LITERAL_EXPECTED;
import static dev.pequel.pql.DiagnosticCode.OBJECT_AS_VALUE;
import static dev.pequel.pql.DiagnosticCode.TYPE_MISMATCH;
import static dev.pequel.pql.DiagnosticCode.UNKNOWN_FUNCTION;

import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.function.StringTestKind;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.MessageWords;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Typed;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.TypeRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks tests of strings (section "Strings" of the language page). */
final class StringRules {

    /** The predicates with a case flag. {@code stringCompare} can name the same ones (P25). */
    private enum Predicate {
        STARTS_WITH(Function.STARTS_WITH, StringTestKind.STARTS_WITH),
        DOES_NOT_START_WITH(Function.DOES_NOT_START_WITH, StringTestKind.DOES_NOT_START_WITH),
        ENDS_WITH(Function.ENDS_WITH, StringTestKind.ENDS_WITH),
        DOES_NOT_END_WITH(Function.DOES_NOT_END_WITH, StringTestKind.DOES_NOT_END_WITH),
        CONTAINS(Function.CONTAINS, StringTestKind.CONTAINS),
        DOES_NOT_CONTAIN(Function.DOES_NOT_CONTAIN, StringTestKind.DOES_NOT_CONTAIN),
        EQUALS(Function.EQUALS, StringTestKind.EQUALS),
        NOT_EQUAL_TO(Function.NOT_EQUAL_TO, StringTestKind.NOT_EQUAL_TO);

        private final Function function;
        private final StringTestKind test;

        Predicate(Function function, StringTestKind test) {
            this.function = function;
            this.test = test;
        }

        static Optional<Predicate> of(Function function) {
            return Arrays.stream(values()).filter(p -> p.function == function).findFirst();
        }
    }

    /**
     * The maximum number of instructions of all patterns of one expression, so that compiling them takes
     * milliseconds.
     */
    private static final long LARGEST_PATTERNS = 100_000;

    /**
     * The maximum product of a pattern's instructions and groups where the text of a group is needed. A match may
     * keep the positions of all groups for each instruction, which at this limit takes some megabytes.
     */
    private static final long LARGEST_GROUPS = 1 << 20;

    private final CheckDiagnostics findings;
    private final boolean lenient;
    private long patternSizes;

    StringRules(CheckDiagnostics findings, boolean lenient) {
        this.findings = findings;
        this.lenient = lenient;
    }

    /**
     * Checks {@code text.contains(part, flag)} and the other predicates. {@code equals} takes several values (P24).
     *
     * @param arguments the text, the argument or arguments, and the flag if there is one
     */
    Typed predicate(Function function, List<Typed> arguments, Expression.Call source) {
        StringTestKind test = Predicate.of(function).orElseThrow().test;
        Typed text = arguments.getFirst();
        requireText(text, function, source);
        boolean several = function == Function.EQUALS;
        Typed last = arguments.getLast();
        boolean hasFlag = arguments.size() > 2 && (!several || last.isConstant(Scalar.Bool.class));
        boolean caseSensitive = !hasFlag || flag(last, function);
        List<Typed> values = arguments.subList(1, arguments.size() - (hasFlag ? 1 : 0));
        values.forEach(value -> requirePart(value, function));
        Term argument = values.size() == 1
                ? values.getFirst().term()
                : new Term.ListOf(values.stream().map(Typed::term).toList());
        return Typed.computed(new Term.Text(test, text.term(), argument, caseSensitive), Type.BOOLEAN, source);
    }

    /** Checks {@code stringCompare("equals", text, ["CA", "VA"], flag)} (P25). */
    Typed stringCompare(List<Typed> arguments, Expression.Call source) {
        Typed name = arguments.get(0);
        Typed text = arguments.get(1);
        Typed list = arguments.get(2);
        Optional<Predicate> predicate = predicateNamed(name);
        requireText(text, Function.STRING_COMPARE, source);
        Type item = TypeRules.innermost(list.type());
        if (!TypeRules.isOpen(item) && !item.equals(Type.STRING)) {
            findings.report(
                    TYPE_MISMATCH,
                    "`stringCompare` needs a list of strings, but " + MessageWords.subject(list.source()) + " is "
                            + MessageWords.type(list.type()) + ".",
                    list.span());
        }
        boolean caseSensitive = arguments.size() < 4 || flag(arguments.get(3), Function.STRING_COMPARE);
        return Typed.computed(
                new Term.Text(
                        predicate.map(p -> p.test).orElse(StringTestKind.EQUALS),
                        text.term(),
                        list.term(),
                        caseSensitive),
                Type.BOOLEAN,
                source);
    }

    private Optional<Predicate> predicateNamed(Typed name) {
        if (!(name.term() instanceof Term.Constant constant && constant.value() instanceof Scalar.Text text)) {
            findings.report(
                    LITERAL_EXPECTED,
                    "The first argument of `stringCompare` is the name of a string function in quotes.",
                    name.span());
            return Optional.empty();
        }
        List<String> names = Arrays.stream(Predicate.values())
                .map(p -> p.function.spelling())
                .toList();
        Optional<Predicate> found = Function.named(text.value()).flatMap(Predicate::of);
        if (found.isEmpty()) {
            findings.report(
                    UNKNOWN_FUNCTION,
                    "`stringCompare` has no comparison `" + text.value() + "`; the comparisons are "
                            + String.join(", ", names) + ".",
                    name.span(),
                    Suggestions.closest(text.value(), names).map(similar -> '"' + similar + '"'));
        }
        return found;
    }

    /** Checks {@code text like pattern} (P26). */
    Typed like(Typed text, Typed pattern, Expression source) {
        requireText(text, "`like`", Optional.empty());
        requirePart(pattern, "`like`");
        return Typed.computed(
                new Term.Text(StringTestKind.LIKE, text.term(), pattern.term(), true), Type.BOOLEAN, source);
    }

    /**
     * Checks {@code text.matches(pattern)} (P27). The pattern must be a literal, so that it is validated and compiled
     * only once.
     */
    Typed matches(List<Typed> arguments, Expression.Call source) {
        Typed text = arguments.get(0);
        requireText(text, Function.MATCHES, source);
        pattern(arguments.get(1), Function.MATCHES);
        return Typed.computed(
                new Term.Text(
                        StringTestKind.MATCHES, text.term(), arguments.get(1).term(), true),
                Type.BOOLEAN,
                source);
    }

    /**
     * Checks {@code text.regexGroup(pattern, group)}. The default is the first group, or without groups the whole
     * match (P28).
     */
    Typed regexGroup(List<Typed> arguments, Expression.Call source) {
        Typed text = arguments.get(0);
        if (text.type() instanceof ListOf) {
            findings.report(
                    TYPE_MISMATCH,
                    "`regexGroup` needs one string, but " + MessageWords.subject(text.source()) + " is "
                            + MessageWords.type(text.type()) + ".",
                    text.span());
        } else {
            requireText(text, Function.REGEX_GROUP, source);
        }
        Optional<Patterns.Usable> pattern = pattern(arguments.get(1), Function.REGEX_GROUP);
        if (pattern.isPresent() && pattern.get().size() * pattern.get().groups() > LARGEST_GROUPS) {
            findings.report(
                    INVALID_PATTERN,
                    "The pattern cannot be used: it has too many groups.",
                    arguments.get(1).span());
        }
        Scalar group = new Scalar.Int(pattern.map(p -> Math.min(p.groups(), 1)).orElse(0));
        if (arguments.size() == 3) {
            group = group(arguments.get(2), pattern).orElse(group);
        }
        return Typed.computed(
                new Term.Call(
                        Function.REGEX_GROUP,
                        List.of(text.term(), arguments.get(1).term(), new Term.Constant(group))),
                Type.STRING,
                source);
    }

    private Optional<Scalar> group(Typed group, Optional<Patterns.Usable> pattern) {
        if (!(group.term() instanceof Term.Constant constant
                && constant.value() instanceof Scalar.Int number
                && number.value() >= 0)) {
            findings.report(LITERAL_EXPECTED, "The group must be a whole number of at least 0.", group.span());
            return Optional.empty();
        }
        if (pattern.isPresent() && number.value() > pattern.get().groups()) {
            int groups = pattern.get().groups();
            findings.report(
                    INVALID_PATTERN,
                    "There is no group " + number.value() + ": the pattern has "
                            + (groups == 0 ? "no groups" : groups == 1 ? "1 group" : groups + " groups") + ".",
                    group.span());
        }
        return Optional.of(number);
    }

    private Optional<Patterns.Usable> pattern(Typed pattern, Function function) {
        if (!(pattern.term() instanceof Term.Constant constant && constant.value() instanceof Scalar.Text text)) {
            findings.report(
                    LITERAL_EXPECTED,
                    "The pattern of `" + function.spelling() + "` is a string in quotes.",
                    pattern.span());
            return Optional.empty();
        }
        if (patternSizes > LARGEST_PATTERNS) {
            findings.report(
                    INVALID_PATTERN,
                    "The pattern cannot be used: the patterns of this expression are too large in total.",
                    pattern.span());
            return Optional.empty();
        }
        try {
            Patterns.Usable usable = Patterns.examine(text.value());
            patternSizes += usable.size();
            return Optional.of(usable);
        } catch (Patterns.Unusable unusable) {
            findings.report(
                    INVALID_PATTERN, "The pattern cannot be used: " + unusable.getMessage() + ".", pattern.span());
            return Optional.empty();
        }
    }

    private boolean flag(Typed flag, Function function) {
        if (flag.term() instanceof Term.Constant constant && constant.value() instanceof Scalar.Bool value) {
            return value.value();
        }
        findings.report(
                LITERAL_EXPECTED,
                "The last argument of `" + function.spelling()
                        + "` says whether case matters: it is `true` or `false`.",
                flag.span());
        return true;
    }

    // ---- The strings

    private void requireText(Typed text, Function function, Expression.Call source) {
        requireText(text, "`" + function.spelling() + "`", Optional.of(source));
    }

    private void requireText(Typed text, String user, Optional<Expression.Call> source) {
        if (text.type() instanceof ListOf list && isText(list.element())) {
            if (list.throughPath()) {
                findings.someItemDecides(text);
            } else {
                plainList(text, user, source);
            }
            return;
        }
        require(text, user);
    }

    private void plainList(Typed text, String user, Optional<Expression.Call> source) {
        boolean wantsItem = source.isPresent() && source.get().name().equals("contains");
        findings.report(
                TYPE_MISMATCH,
                user + " needs a string, but " + MessageWords.subject(text.source()) + " is "
                        + MessageWords.type(text.type())
                        + (wantsItem
                                ? "; `includes` tests whether a value is in a list."
                                : MessageWords.insideHint(text.type()) + "."),
                wantsItem ? source.get().nameSpan() : text.span(),
                wantsItem ? Optional.of(Function.INCLUDES.spelling()) : Optional.empty());
    }

    private void requirePart(Typed part, Function function) {
        requirePart(part, "`" + function.spelling() + "`");
    }

    private void requirePart(Typed part, String user) {
        if (TypeRules.isPathMade(part.type()) && isText(((ListOf) part.type()).element())) {
            findings.someItemDecides(part);
        } else {
            require(part, user);
        }
    }

    private void require(Typed text, String user) {
        if (isText(text.type())) {
            return;
        }
        boolean isObject = TypeRules.isObjectLike(text.type());
        Optional<String> suggestion = text.source() instanceof Expression.Literal literal
                ? Optional.of('"' + MessageWords.literal(literal.value()) + '"')
                : Optional.empty();
        String hint = text.type().isNumber() && suggestion.isEmpty()
                ? "; numbers are compared with `=`, `<` and so on."
                : MessageWords.insideHint(text.type()) + ".";
        findings.report(
                isObject && lenient ? OBJECT_AS_VALUE : TYPE_MISMATCH,
                user + " needs a string, but " + MessageWords.subject(text.source()) + " is "
                        + MessageWords.type(text.type()) + hint,
                text.span(),
                suggestion);
    }

    private static boolean isText(Type type) {
        return TypeRules.isOpen(type) || type.equals(Type.STRING);
    }
}
