package dev.pequel.pql.eval;

import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.type.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Comparisons, memberships and tests of strings, with some item of a list that a path made (P21). */
final class TestCompiler {

    private final Compiler compiler;

    TestCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    Code comparison(Term.Comparison comparison) {
        Code left = compiler.operand(comparison.left());
        Code right = compiler.operand(comparison.right());
        if (isSingle(right)) {
            return each(left, item -> Comparisons.of(comparison.operator(), item, right));
        }
        if (isSingle(left)) {
            return each(right, item -> Comparisons.of(comparison.operator(), left, item));
        }
        return Comparisons.of(comparison.operator(), left, right);
    }

    /** Whether the code is known to give no list. */
    static boolean isSingle(Code code) {
        return switch (code) {
            case Code.OfBoolean single -> true;
            case Code.OfFlag single -> true;
            case Code.OfNumber single -> true;
            case Code.OfText single -> true;
            case Code.OfTime single -> true;
            default -> code.isConstant() && !Dynamic.isList(code.value(null));
        };
    }

    /** A test of a value; of items that a path made, the question whether some item passes (P21). */
    Code each(Code code, UnaryOperator<Code> test) {
        return switch (code) {
            case Code.OfRows rows when rows.throughPath -> any(rows, test);
            case Occurrences.TimesOfRows times
            when times.rows.throughPath -> any(times.rows, item -> test.apply(Occurrences.toTime(item)));
            default -> test.apply(code);
        };
    }

    Code any(Code.OfRows rows, UnaryOperator<Code> test) {
        int slot = compiler.newSlot();
        Code item = compiler.operand(new Columns.OfRow(rows.column, new RowSource.Variable(slot)));
        return new Lists.AnyRow(rows, compiler.newBuffer(), slot, test.apply(item));
    }

    Code in(Term.In in) {
        Code element = compiler.operand(in.element());
        Code list = compiler.operand(in.list());
        boolean negated = in.negated();
        if (list.isConstant()) {
            Frame constants = compiler.constants();
            List<Object> items = Dynamic.items(constants, list.value(null));
            if (items == null) {
                return Code.ConstantBoolean.FALSE;
            }
            Set<Object> keys = new HashSet<>();
            items.stream()
                    .filter(item -> item != null)
                    .map(item -> Dynamic.key(constants, item))
                    .forEach(keys::add);
            if (element.isConstant()) {
                return Code.ConstantBoolean.of(Lists.in(negated, element, list).test(constants));
            }
            if (items.stream().anyMatch(Dynamic::isList)) {
                return Lists.isOneOf(negated, element, keys);
            }
            return element instanceof Code.OfRows rows
                    ? someItem(negated, rows, item -> Lists.isOneOf(false, item, keys))
                    : Lists.inKnown(negated, element, keys);
        }
        if (list instanceof Code.OfRows rows && isSingle(element) && !negated) {
            return any(rows, item -> Comparisons.of(ComparisonOperator.EQUAL, element, item));
        }
        return Lists.in(negated, element, list);
    }

    /** Whether some item passes; negated, whether there are items and none of them passes. */
    private Code someItem(boolean negated, Code.OfRows rows, UnaryOperator<Code> test) {
        Code passes = any(rows, test);
        return negated ? Logic.all(List.of(any(rows, FunctionCompiler::presence), Logic.not(passes))) : passes;
    }

    Code text(Term.Text text) {
        Code value = compiler.operand(text.text());
        Code argument = compiler.operand(text.argument());
        if (Comparisons.isNull(value) || Comparisons.isNull(argument)) {
            return Code.ConstantBoolean.FALSE;
        }
        Optional<StringTest> known = known(text, argument);
        return each(
                value,
                item -> known.map(test -> Texts.of(compiler.constants(), item, test))
                        .orElseGet(() -> Texts.of(text.test(), item, argument, text.caseSensitive())));
    }

    /** The test by a string that is known, or by any of several (P24, P25). */
    private Optional<StringTest> known(Term.Text text, Code argument) {
        if (!argument.isConstant()) {
            return Optional.empty();
        }
        List<String> arguments = argument.value(null) instanceof String one
                ? List.of(one)
                : Lists.itemsOrNone(compiler.constants(), argument.value(null)).stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
        return Optional.of(Texts.testOf(text.test(), arguments, text.caseSensitive()));
    }
}
