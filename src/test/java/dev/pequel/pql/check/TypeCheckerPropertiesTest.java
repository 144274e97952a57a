package dev.pequel.pql.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expression.Quantifier;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeTest;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.term.TermInvariants;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What holds for every expression. More tries: {@code -Dfuzz=100000}. */
class TypeCheckerPropertiesTest {

    private static final int TRIES = Integer.getInteger("fuzz", 2_000);
    private static final TypeChecker CHECKER = new TypeChecker();
    private static final PqlParser PARSER = new PqlParser(Limits.DEFAULT);
    private static final List<ProfileSchema> SCHEMAS =
            List.of(BuiltInSchema.schema(), RowFile.schema("shop.schema.json"));

    @Property(tries = 50)
    void anyTreeGetsATermOrErrors(@ForAll long seed) {
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);
        for (int i = 0; i < TRIES / 50; i++) {
            Expression expression = expressions.next(1 + random.nextInt(60));
            for (ProfileSchema schema : SCHEMAS) {
                for (Purpose purpose : Purpose.values()) {
                    verify(expression, schema, purpose);
                }
            }
        }
    }

    private static void verify(Expression expression, ProfileSchema schema, Purpose purpose) {
        Checked checked = CHECKER.check(expression, schema, purpose);
        List<Diagnostic> diagnostics = checked.diagnostics();
        assertEquals(checked.hasErrors(), diagnostics.stream().anyMatch(Diagnostic::isError));
        for (int i = 1; i < diagnostics.size(); i++) {
            assertTrue(diagnostics.get(i - 1).span().offset()
                    <= diagnostics.get(i).span().offset());
        }
        checked.expression().ifPresent(c -> TermInvariants.verify(c.term(), purpose));
        assertEquals(
                checked.methods().edge(),
                checked.methods().edge() && checked.methods().streaming());

        Checked again = CHECKER.check(expression, schema, purpose);
        assertEquals(diagnostics, again.diagnostics());
        assertEquals(
                checked.expression().map(CheckedExpression::term),
                again.expression().map(CheckedExpression::term));
    }

    /** Words of the language in any order: what the parser lets through, the checker answers. */
    @Property(tries = 50)
    void anyTextGetsATermOrErrors(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> words = RowFile.all().stream()
                .flatMap(file -> file.rows().stream())
                .map(RowFile.Row::expression)
                .toList();
        for (int i = 0; i < TRIES / 50; i++) {
            String text =
                    spliced(words.get(random.nextInt(words.size())), words.get(random.nextInt(words.size())), random);
            Checked checked = CHECKER.check(
                    PARSER.parse(text), SCHEMAS.get(random.nextInt(2)), Purpose.values()[random.nextInt(2)]);
            for (Diagnostic diagnostic : checked.diagnostics()) {
                Span span = diagnostic.span();
                assertTrue(
                        span.offset() >= 0 && span.offset() + span.length() <= text.length(), () -> text + diagnostic);
                assertFalse(diagnostic.render(text).isBlank());
            }
        }
    }

    private static String spliced(String one, String other, Random random) {
        int from = random.nextInt(one.length() + 1);
        int to = from + random.nextInt(one.length() - from + 1);
        int start = random.nextInt(other.length() + 1);
        int end = start + random.nextInt(other.length() - start + 1);
        return one.substring(0, from) + other.substring(start, end) + one.substring(to);
    }

    // ---- Depth

    private static final Span S = Span.NONE;

    /** Ways to put one expression into another, each of which makes the tree higher. */
    private static final List<UnaryOperator<Expression>> NESTINGS = List.of(
            e -> new Expression.Field(e, "x", S, S),
            e -> new Expression.Not(e, S),
            e -> new Expression.Arithmetic(ArithmeticOperator.ADD, e, name("b"), S),
            e -> new Expression.And(List.of(e, name("b")), S),
            e -> new Expression.Or(List.of(new Expression.Not(e, S), name("b")), S),
            e -> new Expression.If(name("a"), e, name("b"), S),
            e -> new Expression.Let("v", S, name("b"), e, S),
            e -> new Expression.Let("v", S, e, name("v"), S),
            e -> new Expression.ListLiteral(List.of(e), S),
            e -> new Expression.ObjectLiteral(List.of(new Expression.ObjectLiteral.Entry("k", e, S)), S),
            e -> new Expression.Filter(e, name("b"), S),
            e -> new Expression.Filter(name("xEvent"), e, S),
            e -> call(name("xEvent"), "exists", e),
            e -> call(
                    name("xEvent"),
                    "map",
                    new Expression.Lambda(List.of(new Expression.Lambda.Parameter("v", S)), e, S)),
            e -> call(e, "distinct"),
            e -> call(e, "groupBy", name("b")),
            e -> call(e, "get", new Expression.Literal(new Scalar.Text("k"), S)),
            e -> call(e, "nonsense", e),
            e -> call(name("b"), "equals", e),
            e -> new Expression.Occurs(
                    name("b"), new TimeTest.Side(TimeDirection.AFTER, new TimeTest.Time.Value(e, S), S), S),
            e -> new Expression.Quantified(
                    Quantifier.SELECT,
                    List.of(new Expression.Declaration("v", S, name("xEvent"), Optional.of(e), S)),
                    S),
            e -> new Expression.Quantified(
                    Quantifier.EXISTS, List.of(new Expression.Declaration("v", S, e, Optional.empty(), S)), S),
            e -> new Expression.Chain(
                    name("xEvent"),
                    "timestamp",
                    S,
                    List.of(new Expression.Chain.Link("A", e, Optional.empty(), Optional.empty(), S)),
                    S));

    private static Expression name(String name) {
        return new Expression.Name(name, S);
    }

    private static Expression call(Expression receiver, String name, Expression... arguments) {
        return new Expression.Call(Optional.of(receiver), name, List.of(arguments), S, S);
    }

    /** As deep as {@code pql/json} can be read. */
    @Test
    void deepTreesAreRefusedBeforeTheStackEnds() {
        for (UnaryOperator<Expression> nesting : NESTINGS) {
            withLittleStack(
                    () -> assertTrue(CHECKER.check(nested(nesting, 1_000), BuiltInSchema.schema(), Purpose.SEGMENT)
                            .hasErrors()));
        }
    }

    @Test
    void whatIsAcceptedCanBeCheckedToTheEnd() {
        for (UnaryOperator<Expression> nesting : NESTINGS) {
            withLittleStack(() -> {
                for (int depth = TypeChecker.DEEPEST; depth > 0; depth -= 10) {
                    Checked checked = CHECKER.check(nested(nesting, depth), BuiltInSchema.schema(), Purpose.VALUE);
                    if (checked.diagnostics().stream().noneMatch(d -> d.code() == DiagnosticCode.TOO_DEEP)) {
                        checked.expression().ifPresent(CheckedExpression::dependsOnTime);
                        return;
                    }
                }
                throw new AssertionError("refused at every depth: " + nesting.apply(name("e")));
            });
        }
    }

    private static Expression nested(UnaryOperator<Expression> nesting, int depth) {
        Expression expression = name("a");
        for (int i = 0; i < depth; i++) {
            expression = nesting.apply(expression);
        }
        return expression;
    }

    /** Runs on a thread with less stack than usual, and on a virtual one. */
    private static void withLittleStack(Runnable action) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = List.of(
                new Thread(null, action, "small stack", 900 * 1024),
                Thread.ofVirtual().unstarted(action));
        for (Thread thread : threads) {
            thread.setUncaughtExceptionHandler((t, thrown) -> failure.set(thrown));
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    @Property(tries = 20)
    void ordinaryNestingIsAccepted(@ForAll @IntRange(max = 199) int depth) {
        String text = "if(vip, 1, ".repeat(depth) + "2" + ")".repeat(depth);
        assertFalse(CHECKER.check(PARSER.parse(text), BuiltInSchema.schema(), Purpose.VALUE)
                .hasErrors());
    }
}
