package dev.pequel.pql.eval;

import com.google.re2j.PatternSyntaxException;
import dev.pequel.pql.type.Function;
import dev.pequel.pql.type.Term;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Calls of functions that bind no variable. */
final class FunctionCompiler {

    private final Compiler compiler;

    FunctionCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    Code call(Term.Call call) {
        List<Term> arguments = call.arguments();
        return switch (call.function()) {
            case COUNT -> count(arguments.getFirst());
            case HEAD -> head(compiler.operand(arguments.getFirst()));
            case DISTINCT -> {
                Code list = compiler.operand(arguments.getFirst());
                yield list instanceof Code.OfRows rows ? new Lists.DistinctRows(rows) : Lists.distinct(list);
            }
            case INTERSECTS, SUBSET_OF, SUPERSET_OF ->
                related(call.function(), compiler.operand(arguments.get(0)), compiler.operand(arguments.get(1)));
            case INTERSECTION ->
                Lists.intersection(compiler.operand(arguments.get(0)), compiler.operand(arguments.get(1)));
            case GET -> compiler.paths().get(compiler.compile(arguments.get(0)), compiler.operand(arguments.get(1)));
            case KEYS -> {
                Code map = compiler.operand(arguments.getFirst());
                yield Lists.of(frame -> Optional.ofNullable(Dynamic.fields(frame, map.value(frame)))
                        .map(fields -> Lists.made(frame, new ArrayList<>(fields.keySet())))
                        .orElse(null));
            }
            case VALUES -> {
                Code map = compiler.operand(arguments.getFirst());
                yield Lists.of(frame -> Optional.ofNullable(Dynamic.fields(frame, map.value(frame)))
                        .map(fields -> Lists.made(frame, new ArrayList<>(fields.values())))
                        .orElse(null));
            }
            case IS_NULL -> Logic.not(presence(arguments.getFirst()));
            case IS_NOT_NULL -> presence(arguments.getFirst());
            case REGEX_GROUP ->
                regexGroup(
                        compiler.operand(arguments.get(0)),
                        compiler.operand(arguments.get(1)),
                        compiler.operand(arguments.get(2)));
            case CURRENT_YEAR -> new Code.ConstantLong(compiler.times().today().getYear());
            case CURRENT_MONTH -> new Code.ConstantLong(compiler.times().today().getMonthValue());
            case CURRENT_DAY_OF_MONTH ->
                new Code.ConstantLong(compiler.times().today().getDayOfMonth());
            case GET_YEAR -> dateField(compiler.operand(arguments.getFirst()), -400_000, 400_000, LocalDate::getYear);
            case GET_MONTH -> dateField(compiler.operand(arguments.getFirst()), 1, 12, LocalDate::getMonthValue);
            case GET_DAY_OF_MONTH -> dateField(compiler.operand(arguments.getFirst()), 1, 31, LocalDate::getDayOfMonth);
            default -> throw new IllegalArgumentException(call.function() + " is a term of its own");
        };
    }

    private Code count(Term term) {
        Optional<Loops.Loop> tuples = compiler.tuples(term);
        if (tuples.isPresent()) {
            return Loops.count(tuples.get());
        }
        Code list = compiler.operand(term);
        if (list instanceof Code.OfRows rows) {
            return new Lists.CountRows(rows, compiler.newBuffer());
        }
        Code code = new Code.OfLong(0, Integer.MAX_VALUE) {
            @Override
            long integer(Frame frame) {
                int held = frame.held();
                int count = Lists.asItems(frame, list.value(frame)).size();
                frame.release(held);
                return count;
            }
        };
        return list.isConstant() ? Code.constant(code.value(Frame.ofConstants())) : code;
    }

    private Code head(Code list) {
        if (list instanceof Code.OfRows rows) {
            return new Columns.OfRow(rows.column, new Lists.FirstRow(rows, compiler.newBuffer()));
        }
        return Lists.of(frame -> {
            List<Object> items = Lists.itemsOrNone(frame, list.value(frame));
            return items.isEmpty() ? null : items.getFirst();
        });
    }

    private Code related(Function function, Code left, Code right) {
        if (function == Function.INTERSECTS && left instanceof Code.OfRows rows && right.isConstant()) {
            Frame constants = Frame.ofConstants();
            Set<Object> keys = new HashSet<>();
            Lists.itemsOrNone(constants, right.value(null)).stream()
                    .filter(item -> item != null)
                    .map(item -> Dynamic.key(constants, item))
                    .forEach(keys::add);
            return compiler.tests().any(rows, item -> Lists.isOneOf(false, item, keys));
        }
        return Lists.related(function, left, right);
    }

    /** Whether the term has a value; a list that a path made, whether it has items that are not missing (P48). */
    private Code presence(Term term) {
        Code code = compiler.compile(term);
        Optional<Code.OfRows> rows = switch (code) {
            case Code.OfRows items -> Optional.of(items);
            case Occurrences.TimesOfRows times -> Optional.of(times.rows);
            default -> Optional.empty();
        };
        if (rows.isEmpty() || !rows.get().throughPath) {
            return presence(code);
        }
        Code some = compiler.tests().each(code, FunctionCompiler::presence);
        return new Code.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return rows.get().isPathMade(frame)
                        ? some.test(frame)
                        : rows.get().isPresent(frame);
            }
        };
    }

    static Code presence(Code code) {
        if (code.isConstant()) {
            return Code.ConstantBoolean.of(hasValue(Frame.ofConstants(), code.value(null)));
        }
        boolean mayBeList =
                !(code instanceof Code.OfRows || code instanceof Columns.OfRow || TestCompiler.isSingle(code));
        return new Code.OfBoolean() {
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
        return Dynamic.isThroughPath(value)
                ? Dynamic.walked(frame, Dynamic.items(frame, value)).stream().anyMatch(item -> item != null)
                : value != null;
    }

    private static Code regexGroup(Code text, Code pattern, Code group) {
        Optional<RegularExpression> known =
                pattern.isConstant() && pattern.value(null) instanceof String s ? compiled(s) : Optional.empty();
        return Lists.of(frame -> {
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
                frame.make(Lists.sizeOf(found));
            }
            return found;
        });
    }

    /** A pattern that only becomes known at run time and is none matches nothing. */
    private static Optional<RegularExpression> compiled(String pattern) {
        try {
            return Optional.of(RegularExpression.of(pattern));
        } catch (PatternSyntaxException noPattern) {
            return Optional.empty();
        }
    }

    private static Code dateField(Code timestamp, int min, int max, ToIntFunction<LocalDate> field) {
        Code.OfTime time = Occurrences.asTime(timestamp);
        Code code = new Code.OfLong(min, max) {
            @Override
            long integer(Frame frame) {
                long micros = time.micros(frame);
                return micros == Code.OfTime.MISSING ? MISSING : field.applyAsInt(Times.date(micros));
            }
        };
        return timestamp.isConstant() ? Code.constant(code.value(Frame.ofConstants())) : code;
    }
}
