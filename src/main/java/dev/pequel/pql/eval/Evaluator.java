package dev.pequel.pql.eval;

import dev.pequel.pql.type.CheckedExpression;
import dev.pequel.pql.type.Term;
import dev.pequel.profile.column.IsoTime;
import dev.pequel.profile.column.Snapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An expression compiled for the profiles of a snapshot. Everything that depends on the evaluation time is fixed when it is
 * compiled. Not safe for use by several threads; compiling is cheap.
 */
public final class Evaluator {

    /** More combinations of items on one profile end the evaluation. */
    public static final long MAX_COMBINATIONS = 10_000_000;

    private final Code code;
    private final Frame frame;

    private Evaluator(Code code, Frame frame) {
        this.code = code;
        this.frame = frame;
    }

    /**
     * @param now the one value of {@code now} for the whole evaluation
     * @param memberships who is a member of the audiences that the expression refers to
     */
    public static Evaluator compile(
            CheckedExpression expression, Snapshot snapshot, Instant now, Memberships memberships) {
        return compile(expression.term(), snapshot, now, memberships, Optional.empty());
    }

    static Evaluator compile(
            Term term, Snapshot snapshot, Instant now, Memberships memberships, Optional<Compiler.Observer> observer) {
        Compiler compiler = new Compiler(snapshot, now, memberships, observer, List.of(term), ItemConditions.none());
        Code code = compiler.operand(term);
        return new Evaluator(code, compiler.newFrame(MAX_COMBINATIONS, () -> false));
    }

    /**
     * Whether the profile in this row belongs to the segment.
     *
     * @throws EvaluationLimitException when the expression looks at too many combinations of items
     */
    public boolean test(int row) {
        frame.startProfile(row);
        return code.test(frame);
    }

    /**
     * The value for the profile in this row.
     *
     * @throws EvaluationLimitException when the expression looks at too many combinations of items
     */
    public Value value(int row) {
        frame.startProfile(row);
        return toValue(code.value(frame));
    }

    static Value toValue(Object value) {
        return switch (value) {
            case null -> new Value.Missing();
            case Boolean flag -> new Value.Bool(flag);
            case Long integer -> new Value.Int(integer);
            case Double number -> new Value.Real(number);
            case String text -> new Value.Text(text);
            case Dynamic.Time time -> new Value.Time(IsoTime.toInstant(time.micros()));
            default -> {
                List<Object> items = Dynamic.items(value);
                if (items != null) {
                    yield new Value.Items(items.stream().map(Evaluator::toValue).toList());
                }
                Map<String, Value> fields = new LinkedHashMap<>();
                Dynamic.fields(value).forEach((name, field) -> fields.put(name, toValue(field)));
                yield new Value.Fields(fields);
            }
        };
    }
}
