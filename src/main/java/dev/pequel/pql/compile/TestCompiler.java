package dev.pequel.pql.compile;

import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.term.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Compiles comparisons, {@code in} and tests of strings. A list made by a path passes when any item does (P21). */
final class TestCompiler {

    private final Compiler compiler;

    TestCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    CompiledExpression comparison(Term.Comparison comparison) {
        CompiledExpression left = compiler.operand(comparison.left());
        CompiledExpression right = compiler.operand(comparison.right());
        if (isSingle(right)) {
            return each(left, item -> CompiledComparisons.of(comparison.operator(), item, right));
        }
        if (isSingle(left)) {
            return each(right, item -> CompiledComparisons.of(comparison.operator(), left, item));
        }
        return CompiledComparisons.of(comparison.operator(), left, right);
    }

    /** Whether the value is known not to be a list. */
    static boolean isSingle(CompiledExpression code) {
        return switch (code) {
            case CompiledExpression.OfBoolean single -> true;
            case CompiledExpression.OfFlag single -> true;
            case CompiledExpression.OfNumber single -> true;
            case CompiledExpression.OfText single -> true;
            case CompiledExpression.OfTime single -> true;
            default -> code.isConstant() && !UntypedValues.isList(code.value(null));
        };
    }

    /** Compiles a test of a value; for a list made by a path, whether any item passes (P21). */
    CompiledExpression each(CompiledExpression code, UnaryOperator<CompiledExpression> test) {
        return switch (code) {
            case CompiledExpression.OfRows rows when rows.throughPath -> any(rows, test);
            case TimeWindows.TimesOfRows times
            when times.rows.throughPath -> any(times.rows, item -> test.apply(TimeWindows.toTime(item)));
            default -> test.apply(code);
        };
    }

    CompiledExpression any(CompiledExpression.OfRows rows, UnaryOperator<CompiledExpression> test) {
        int slot = compiler.newSlot();
        CompiledExpression item =
                compiler.operand(new CompiledColumns.OfRow(rows.column, new RowSource.Variable(slot)));
        return new CompiledLists.AnyRow(rows, compiler.newBuffer(), slot, test.apply(item));
    }

    CompiledExpression in(Term.In in) {
        CompiledExpression element = compiler.operand(in.element());
        CompiledExpression list = compiler.operand(in.list());
        boolean negated = in.negated();
        if (list.isConstant()) {
            Frame constants = compiler.constants();
            List<Object> items = UntypedValues.items(constants, list.value(null));
            if (items == null) {
                return CompiledExpression.ConstantBoolean.FALSE;
            }
            Set<Object> keys = new HashSet<>();
            items.stream()
                    .filter(item -> item != null)
                    .map(item -> UntypedValues.key(constants, item))
                    .forEach(keys::add);
            if (element.isConstant()) {
                return CompiledExpression.ConstantBoolean.of(
                        CompiledLists.in(negated, element, list).test(constants));
            }
            if (items.stream().anyMatch(UntypedValues::isList)) {
                return CompiledLists.isOneOf(negated, element, keys);
            }
            return element instanceof CompiledExpression.OfRows rows
                    ? someItem(negated, rows, item -> CompiledLists.isOneOf(false, item, keys))
                    : CompiledLists.inKnown(negated, element, keys);
        }
        if (list instanceof CompiledExpression.OfRows rows && isSingle(element) && !negated) {
            return any(rows, item -> CompiledComparisons.of(ComparisonOperator.EQUAL, element, item));
        }
        return CompiledLists.in(negated, element, list);
    }

    /** Whether any item passes. Negated: whether there are present items and none of them passes. */
    private CompiledExpression someItem(
            boolean negated, CompiledExpression.OfRows rows, UnaryOperator<CompiledExpression> test) {
        CompiledExpression passes = any(rows, test);
        return negated
                ? CompiledLogic.all(List.of(any(rows, FunctionCompiler::presence), CompiledLogic.not(passes)))
                : passes;
    }

    CompiledExpression text(Term.Text text) {
        CompiledExpression value = compiler.operand(text.text());
        CompiledExpression argument = compiler.operand(text.argument());
        if (CompiledComparisons.isNull(value) || CompiledComparisons.isNull(argument)) {
            return CompiledExpression.ConstantBoolean.FALSE;
        }
        Optional<StringPredicate> known = known(text, argument);
        return each(
                value,
                item -> known.map(test -> CompiledStrings.of(compiler.constants(), item, test))
                        .orElseGet(() -> CompiledStrings.of(text.test(), item, argument, text.caseSensitive())));
    }

    /** Returns the predicate of a constant string, or of a constant list of which any string may pass (P24, P25). */
    private Optional<StringPredicate> known(Term.Text text, CompiledExpression argument) {
        if (!argument.isConstant()) {
            return Optional.empty();
        }
        List<String> arguments = argument.value(null) instanceof String one
                ? List.of(one)
                : CompiledLists.itemsOrNone(compiler.constants(), argument.value(null)).stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
        return Optional.of(CompiledStrings.testOf(text.test(), arguments, text.caseSensitive()));
    }
}
