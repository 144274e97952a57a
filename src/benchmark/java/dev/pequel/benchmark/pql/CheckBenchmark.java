package dev.pequel.benchmark.pql;

import dev.pequel.pql.Limits;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reading and checking an expression, as happens when an audience is created: time per expression. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(10)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CheckBenchmark {

    private final PqlParser parser = new PqlParser(Limits.DEFAULT);
    private final TypeChecker checker = new TypeChecker();

    @Benchmark
    public void parse(Blackhole results) {
        for (TypicalSegment segment : TypicalSegment.ALL) {
            results.consume(parser.parse(segment.pql()));
        }
    }

    @Benchmark
    public void parseAndCheck(Blackhole results) {
        for (TypicalSegment segment : TypicalSegment.ALL) {
            Checked checked = checker.check(parser.parse(segment.pql()), BuiltInSchema.schema(), Purpose.SEGMENT);
            results.consume(checked);
        }
    }
}
