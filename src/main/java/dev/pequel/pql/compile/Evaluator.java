package dev.pequel.pql.compile;

import dev.pequel.column.IsoTime;
import dev.pequel.column.Snapshot;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Term;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * An expression compiled for the profiles of a snapshot. Everything that depends on the evaluation time is fixed at
 * compile time. Not thread-safe; compiling another one is cheap.
 */
public final class Evaluator {

    /** The maximum number of combinations of items for one profile. A larger number ends the evaluation. */
    public static final long MAX_COMBINATIONS = 10_000_000;

    /**
     * The maximum number of items, in memory at a time, of lists that the expression makes for one profile. A larger
     * number ends the evaluation.
     */
    public static final int MAX_ITEMS = 500_000;

    static final Frame.Limits LIMITS = new Frame.Limits(MAX_COMBINATIONS, MAX_ITEMS, true);

    /** For observers that keep the observed values. */
    private static final Frame.Limits OBSERVED = new Frame.Limits(MAX_COMBINATIONS, MAX_ITEMS, false);

    private final CompiledExpression code;
    private final Frame frame;

    private Evaluator(CompiledExpression code, Frame frame) {
        this.code = code;
        this.frame = frame;
    }

    /**
     * @param now the value of {@code now} for the whole evaluation
     * @param memberships memberships in the audiences that the expression refers to
     */
    public static Evaluator compile(
            CheckedExpression expression, Snapshot snapshot, Instant now, Memberships memberships) {
        return compile(expression, snapshot, now, memberships, () -> false);
    }

    /**
     * Like {@link #compile(CheckedExpression, Snapshot, Instant, Memberships)}, for an evaluation that can be
     * cancelled.
     *
     * @param cancelled whether the evaluation is cancelled; checked often, so that the evaluation ends within a
     *     second
     * @throws CancellationException when the evaluation is cancelled
     */
    public static Evaluator compile(
            CheckedExpression expression,
            Snapshot snapshot,
            Instant now,
            Memberships memberships,
            BooleanSupplier cancelled) {
        return compile(expression.term(), snapshot, now, memberships, Optional.empty(), cancelled);
    }

    static Evaluator compile(
            Term term,
            Snapshot snapshot,
            Instant now,
            Memberships memberships,
            Optional<Compiler.Observer> observer,
            BooleanSupplier cancelled) {
        Compiler compiler =
                new Compiler(snapshot, now, memberships, observer, List.of(term), ItemConditions.none(), cancelled);
        CompiledExpression code = compiler.operand(term);
        return new Evaluator(code, compiler.newFrame(observer.isPresent() ? OBSERVED : LIMITS));
    }

    /**
     * Whether the profile in this row belongs to the segment.
     *
     * @throws EvaluationLimitException when the expression visits too many combinations of items, or makes too many
     *     items
     * @throws CancellationException when the evaluation is cancelled
     */
    public boolean test(int row) {
        frame.startProfile(row);
        return code.test(frame);
    }

    /**
     * Returns the value for the profile in this row.
     *
     * @throws EvaluationLimitException when the expression visits too many combinations of items, or makes too many
     *     items
     * @throws CancellationException when the evaluation is cancelled
     */
    public Value value(int row) {
        frame.startProfile(row);
        return toValue(code.value(frame));
    }

    /** Converts a value computed for the last profile. Its items count towards the limits of that profile. */
    Value toValue(Object value) {
        return switch (value) {
            case null -> new Value.Missing();
            case Boolean flag -> new Value.Bool(flag);
            case Long integer -> new Value.Int(integer);
            case Double number -> new Value.Real(number);
            case String text -> new Value.Text(text);
            case UntypedValues.Time time -> new Value.Time(IsoTime.toInstant(time.micros()));
            default -> {
                List<Object> items = UntypedValues.items(frame, value);
                if (items != null) {
                    frame.make(items.size());
                    yield new Value.Items(items.stream().map(this::toValue).toList());
                }
                Map<String, Object> entries = UntypedValues.fields(frame, value);
                frame.make(entries.size());
                Map<String, Value> fields = new LinkedHashMap<>();
                entries.forEach((name, field) -> fields.put(name, toValue(field)));
                yield new Value.Fields(fields);
            }
        };
    }
}
