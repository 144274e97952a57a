package dev.pequel.expression;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.column.Column;
import dev.pequel.column.ColumnBuilder;
import dev.pequel.column.Snapshot;
import dev.pequel.expression.limit.Deadline;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.expression.limit.EvaluationLimiter;
import dev.pequel.pql.compile.EvaluationLimitException;
import dev.pequel.pql.compile.Evaluator;
import dev.pequel.pql.compile.Memberships;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.Type;
import dev.pequel.problem.InvalidExpression;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.TooManyRequests;
import dev.pequel.problem.TookTooLong;
import dev.pequel.tenant.Tenant;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates an expression for a profile in the request, by a snapshot with one row. */
@ApplicationScoped
class Evaluation {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ExpressionService expressions;
    private final EvaluationLimiter turns;
    private final Deadlines deadlines;
    private final Clock clock;

    Evaluation(ExpressionService expressions, EvaluationLimiter turns, Deadlines deadlines, Clock clock) {
        this.expressions = expressions;
        this.turns = turns;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /**
     * @throws InvalidExpression when the expression has errors
     * @throws InvalidRequest when the expression visits or produces too many combinations of items
     * @throws TooManyRequests when too many evaluations of the organization are waiting already
     * @throws TookTooLong when waiting and evaluation together exceed the deadline
     */
    EvaluateAnswer evaluate(Tenant tenant, EvaluateRequest request) {
        Purpose purpose = PurposeWord.of(request.purpose());
        CheckResult examined = expressions.require(
                tenant,
                request.expression(),
                purpose,
                NamedInputs.of(List.copyOf(request.inputs().keySet())));
        CheckedExpression expression = examined.checked().expression().orElseThrow();
        Deadline deadline = deadlines.start();
        try {
            return turns.take(tenant, deadline, () -> evaluate(expression, request, deadline));
        } catch (EvaluationLimitException tooMuch) {
            throw new InvalidRequest("expression.value", tooMuch.getMessage());
        }
    }

    @WithSpan("evaluate")
    EvaluateAnswer evaluate(CheckedExpression expression, EvaluateRequest request, Deadline deadline) {
        // Without given memberships, the evaluator reads those in the profile.
        Evaluator evaluator = Evaluator.compile(
                expression,
                snapshot(request),
                request.now().orElseGet(clock::instant),
                Memberships.NONE,
                deadline::isCancelled);
        return expression.purpose() == Purpose.SEGMENT
                ? new EvaluateAnswer(JSON.booleanNode(evaluator.test(0)), Type.BOOLEAN.notation())
                : new EvaluateAnswer(
                        ValueJson.of(evaluator.value(0)), expression.type().notation());
    }

    private static Snapshot snapshot(EvaluateRequest request) {
        List<Column> inputs = new ArrayList<>();
        inputs.add(column(ColumnBuilder.ofStoredDocuments(), request.profile()));
        request.inputs().values().forEach(input -> inputs.add(column(new ColumnBuilder(), input)));
        Map<String, Column> context = new LinkedHashMap<>();
        request.context().forEach((schema, data) -> context.put(schema, column(new ColumnBuilder(), data)));
        return new Snapshot(1, inputs, context);
    }

    private static Column column(ColumnBuilder column, JsonNode value) {
        // In the order of stored profiles, so that the result is the same as for a stored profile.
        try (JsonParser json = StoredOrder.of(value).traverse()) {
            json.nextToken();
            column.append(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return column.build();
    }
}
