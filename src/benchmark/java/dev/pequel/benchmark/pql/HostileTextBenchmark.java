package dev.pequel.benchmark.pql;

import dev.pequel.pql.Limits;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the time to parse or refuse a text of the maximum length that repeats one piece, in a process that has
 * parsed a few expressions before. It must be less than 200 ms for each piece.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class HostileTextBenchmark {

    @Param({
        "(",
        "((a)",
        "[",
        "{",
        "{\"a\":",
        ")",
        "([",
        "a.",
        "a.b.c ",
        "a[",
        "a[b]",
        "f(",
        "f(a,",
        "f((a)=>b,",
        "()",
        "not ",
        "!",
        "-",
        "a and ",
        "a or b and ",
        "(a = 1 or b.c.d > 5) and ",
        "a = \"x\" and ",
        "a = ",
        "a < b ",
        "a b ",
        "1+",
        "1*2+",
        "1,",
        "\"a\",",
        "\"",
        "\"a\" ",
        "'a' ",
        "`",
        "5.",
        "1e",
        "if(",
        "if(a,",
        "let a = ",
        "let a = 1 in ",
        "select x from ",
        "select x from y where ",
        "exists x from y, ",
        "sum ",
        "sum(a) + ",
        "sum(a) over x from b and ",
        "chain(",
        "chain(a,b,[A: WHAT(",
        "a occurs ",
        "a occurs before (a) and ",
        "a occurs < 3 days before now and ",
        "a between b and ",
        "a in b ",
        "x exists ",
        "^",
        "$1",
        "@{",
        "#",
        "//",
        "/*",
        "\n",
        "a\n",
        "\u00E9",
        "\u00A0",
        "\uD835\uDCB3",
        "and ",
        "= ",
        ". ",
        ", "
    })
    public String piece;

    private final PqlParser parser = new PqlParser(Limits.DEFAULT);
    private final TypeChecker checker = new TypeChecker();
    private String text;

    @Setup
    public void repeat() {
        text = piece.repeat(Limits.DEFAULT.length() / piece.length());
    }

    @Benchmark
    public Parsed parse() {
        return parser.parse(text);
    }

    @Benchmark
    public Checked parseAndCheck() {
        return checker.check(parser.parse(text), BuiltInSchema.schema(), Purpose.SEGMENT);
    }
}
