package dev.pequel.pql.compile;

import com.google.re2j.PatternSyntaxException;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.term.Term;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Compiles calls of functions that bind no variable. */
final class FunctionCompiler {

    private final Compiler compiler;

    FunctionCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    CompiledExpression call(Term.Call call) {
        List<Term> arguments = call.arguments();
        return switch (call.function()) {
            case COUNT -> count(arguments.getFirst());
            case HEAD -> head(compiler.operand(arguments.getFirst()));
            case DISTINCT -> {
                CompiledExpression list = compiler.operand(arguments.getFirst());
                yield list instanceof CompiledExpression.OfRows rows
                        ? new CompiledLists.DistinctRows(rows)
                        : CompiledLists.distinct(list);
            }
            case INTERSECTS, SUBSET_OF, SUPERSET_OF ->
                related(call.function(), compiler.operand(arguments.get(0)), compiler.operand(arguments.get(1)));
            case INTERSECTION ->
                CompiledLists.intersection(compiler.operand(arguments.get(0)), compiler.operand(arguments.get(1)));
            case GET -> compiler.paths().get(compiler.compile(arguments.get(0)), compiler.operand(arguments.get(1)));
            case KEYS -> {
                CompiledExpression map = compiler.operand(arguments.getFirst());
                yield CompiledLists.of(frame -> Optional.ofNullable(UntypedValues.fields(frame, map.value(frame)))
                        .map(fields -> CompiledLists.made(frame, new ArrayList<>(fields.keySet())))
                        .orElse(null));
            }
            case VALUES -> {
                CompiledExpression map = compiler.operand(arguments.getFirst());
                yield CompiledLists.of(frame -> Optional.ofNullable(UntypedValues.fields(frame, map.value(frame)))
                        .map(fields -> CompiledLists.made(frame, new ArrayList<>(fields.values())))
                        .orElse(null));
            }
            case IS_NULL -> CompiledLogic.not(presence(arguments.getFirst()));
            case IS_NOT_NULL -> presence(arguments.getFirst());
            case REGEX_GROUP ->
                regexGroup(
                        compiler.operand(arguments.get(0)),
                        compiler.operand(arguments.get(1)),
                        compiler.operand(arguments.get(2)));
            case CURRENT_YEAR ->
                new CompiledExpression.ConstantLong(compiler.times().today().getYear());
            case CURRENT_MONTH ->
                new CompiledExpression.ConstantLong(compiler.times().today().getMonthValue());
            case CURRENT_DAY_OF_MONTH ->
                new CompiledExpression.ConstantLong(compiler.times().today().getDayOfMonth());
            case GET_YEAR -> dateField(compiler.operand(arguments.getFirst()), -400_000, 400_000, LocalDate::getYear);
            case GET_MONTH -> dateField(compiler.operand(arguments.getFirst()), 1, 12, LocalDate::getMonthValue);
            case GET_DAY_OF_MONTH -> dateField(compiler.operand(arguments.getFirst()), 1, 31, LocalDate::getDayOfMonth);
            default -> throw new IllegalArgumentException(call.function() + " is a term of its own");
        };
    }

    private CompiledExpression count(Term term) {
        Optional<Quantifiers.Loop> tuples = compiler.tuples(term);
        if (tuples.isPresent()) {
            return Quantifiers.count(tuples.get());
        }
        CompiledExpression list = compiler.operand(term);
        if (list instanceof CompiledExpression.OfRows rows) {
            return new CompiledLists.CountRows(rows, compiler.newBuffer());
        }
        CompiledExpression code = new CompiledExpression.OfLong(0, Integer.MAX_VALUE) {
            @Override
            long integer(Frame frame) {
                int held = frame.held();
                int count = CompiledLists.asItems(frame, list.value(frame)).size();
                frame.release(held);
                return count;
            }
        };
        return list.isConstant() ? CompiledExpression.constant(code.value(Frame.ofConstants())) : code;
    }

    private CompiledExpression head(CompiledExpression list) {
        if (list instanceof CompiledExpression.OfRows rows) {
            return new CompiledColumns.OfRow(rows.column, new CompiledLists.FirstRow(rows, compiler.newBuffer()));
        }
        return CompiledLists.of(frame -> {
            List<Object> items = CompiledLists.itemsOrNone(frame, list.value(frame));
            return items.isEmpty() ? null : items.getFirst();
        });
    }

    private CompiledExpression related(Function function, CompiledExpression left, CompiledExpression right) {
        if (function == Function.INTERSECTS && left instanceof CompiledExpression.OfRows rows && right.isConstant()) {
            Frame constants = Frame.ofConstants();
            Set<Object> keys = new HashSet<>();
            CompiledLists.itemsOrNone(constants, right.value(null)).stream()
                    .filter(item -> item != null)
                    .map(item -> UntypedValues.key(constants, item))
                    .forEach(keys::add);
            return compiler.tests().any(rows, item -> CompiledLists.isOneOf(false, item, keys));
        }
        return CompiledLists.related(function, left, right);
    }

    /** Whether the term has a value; for a list made by a path, whether any item is present (P48). */
    private CompiledExpression presence(Term term) {
        CompiledExpression code = compiler.compile(term);
        Optional<CompiledExpression.OfRows> rows = switch (code) {
            case CompiledExpression.OfRows items -> Optional.of(items);
            case TimeWindows.TimesOfRows times -> Optional.of(times.rows);
            default -> Optional.empty();
        };
        if (rows.isEmpty() || !rows.get().throughPath) {
            return presence(code);
        }
        CompiledExpression some = compiler.tests().each(code, FunctionCompiler::presence);
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return rows.get().isPathMade(frame)
                        ? some.test(frame)
                        : rows.get().isPresent(frame);
            }
        };
    }

    static CompiledExpression presence(CompiledExpression code) {
        if (code.isConstant()) {
            return CompiledExpression.ConstantBoolean.of(hasValue(Frame.ofConstants(), code.value(null)));
        }
        boolean mayBeList = !(code instanceof CompiledExpression.OfRows
                || code instanceof CompiledColumns.OfRow
                || TestCompiler.isSingle(code));
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                if (!mayBeList) {
                    return code.isPresent(frame);
                }
                int held = frame.held();
                boolean present = hasValue(frame, code.value(frame));
                frame.release(held);
                return present;
            }
        };
    }

    private static boolean hasValue(Frame frame, Object value) {
        return UntypedValues.isThroughPath(value)
                ? UntypedValues.walked(frame, UntypedValues.items(frame, value)).stream()
                        .anyMatch(item -> item != null)
                : value != null;
    }

    private static CompiledExpression regexGroup(
            CompiledExpression text, CompiledExpression pattern, CompiledExpression group) {
        Optional<RegularExpression> known =
                pattern.isConstant() && pattern.value(null) instanceof String s ? compiled(s) : Optional.empty();
        return CompiledLists.of(frame -> {
            if (!(text.value(frame) instanceof String subject) || !(group.value(frame) instanceof Long number)) {
                return null;
            }
            frame.read(subject.length());
            Optional<RegularExpression> compiled = pattern.isConstant()
                    ? known
                    : pattern.value(frame) instanceof String s ? compiled(s) : Optional.empty();
            String found =
                    compiled.flatMap(p -> p.group(frame, subject, number)).orElse(null);
            if (found != null) {
                frame.make(CompiledLists.sizeOf(found));
            }
            return found;
        });
    }

    /** Returns the compiled pattern; empty for an invalid pattern, which matches nothing. */
    private static Optional<RegularExpression> compiled(String pattern) {
        try {
            return Optional.of(RegularExpression.of(pattern));
        } catch (PatternSyntaxException noPattern) {
            return Optional.empty();
        }
    }

    private static CompiledExpression dateField(
            CompiledExpression timestamp, int min, int max, ToIntFunction<LocalDate> field) {
        CompiledExpression.OfTime time = TimeWindows.asTime(timestamp);
        CompiledExpression code = new CompiledExpression.OfLong(min, max) {
            @Override
            long integer(Frame frame) {
                long micros = time.micros(frame);
                return micros == CompiledExpression.OfTime.MISSING
                        ? MISSING
                        : field.applyAsInt(CompiledTimes.date(micros));
            }
        };
        return timestamp.isConstant() ? CompiledExpression.constant(code.value(Frame.ofConstants())) : code;
    }
}
