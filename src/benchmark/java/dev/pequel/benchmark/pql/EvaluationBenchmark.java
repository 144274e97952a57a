package dev.pequel.benchmark.pql;

import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.compile.Evaluator;
import dev.pequel.pql.compile.Memberships;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.MapContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the time to evaluate a segment for one profile, in Pequel and in two other engines, with compiled
 * expressions and the same profiles. Pequel is claimed to take at most a tenth of the time of each of the others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TypicalProfiles.SIZE)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class EvaluationBenchmark {

    @Param({
        "equals",
        "range",
        "in",
        "startsWith",
        "endsWith",
        "fields",
        "countEvents",
        "anyEvent",
        "anyItem",
        "everyEvent"
    })
    String segment;

    private Evaluator pequel;
    private CelRuntime.Program cel;
    private JexlScript jexl;
    private List<Map<String, Object>> profiles;

    @Setup
    public void compile() throws Exception {
        TypicalSegment typical = TypicalSegment.named(segment);
        TypicalProfiles generated = TypicalProfiles.generate();
        profiles = generated.maps();
        CheckedExpression checked = new TypeChecker()
                .check(new PqlParser(Limits.DEFAULT).parse(typical.pql()), BuiltInSchema.schema(), Purpose.SEGMENT)
                .expression()
                .orElseThrow();
        pequel = Evaluator.compile(checked, generated.snapshot(), Instant.EPOCH, Memberships.NONE);
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .addVar("profile", SimpleType.DYN)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .build();
        cel = CelRuntimeFactory.standardCelRuntimeBuilder()
                .build()
                .createProgram(compiler.compile(typical.cel()).getAst());
        jexl = new JexlBuilder().strict(false).silent(false).create().createScript(typical.jexl());
        int members = pequel();
        if (members != cel() || members != jexl() || members == 0) {
            throw new IllegalStateException(segment + ": " + members + ", " + cel() + ", " + jexl());
        }
    }

    @Benchmark
    public int pequel() {
        int members = 0;
        for (int row = 0; row < TypicalProfiles.SIZE; row++) {
            members += pequel.test(row) ? 1 : 0;
        }
        return members;
    }

    @Benchmark
    public int cel() throws CelEvaluationException {
        int members = 0;
        for (Map<String, Object> profile : profiles) {
            members += (Boolean) cel.eval(Map.of("profile", profile)) ? 1 : 0;
        }
        return members;
    }

    @Benchmark
    public int jexl() {
        int members = 0;
        for (Map<String, Object> profile : profiles) {
            members += (Boolean) jexl.execute(new MapContext(profile)) ? 1 : 0;
        }
        return members;
    }
}
