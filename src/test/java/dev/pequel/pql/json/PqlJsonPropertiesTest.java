package dev.pequel.pql.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.pql.Limits;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.ast.Expressions;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.json.writer.PqlJsonWriter;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.syntax.PqlWriter;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What holds for every expression that is written as a tree and read again. */
class PqlJsonPropertiesTest {

    private final PqlParser parser = new PqlParser(Limits.DEFAULT);
    private final PqlJsonReader reader = new PqlJsonReader(Limits.DEFAULT);
    private final PqlJsonWriter writer = new PqlJsonWriter();

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyTreeThatIsWrittenCanBeRead(@ForAll("expressions") Expression expression) {
        assertEquals(List.of(), reader.read(writer.write(expression)).diagnostics());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void textToTreeToTextToTreeIsStable(@ForAll("expressions") Expression expression) {
        String tree = writer.write(text(PqlWriter.write(expression)));
        String text = PqlWriter.write(tree(tree));
        String treeAgain = writer.write(text(text));
        assertEquals(tree, treeAgain);
        assertEquals(text, PqlWriter.write(tree(treeAgain)));
    }

    /** Equal terms mean the same, and terms are all that is evaluated. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theTreeMeansTheSame(@ForAll("expressions") Expression expression) {
        Checked before = check(expression);
        Checked after = check(tree(writer.write(expression)));
        assertEquals(
                before.expression().map(CheckedExpression::term),
                after.expression().map(CheckedExpression::term));
        if (!before.hasErrors()) {
            assertEquals(before.fields(), after.fields());
        }
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return Expressions.any(3);
    }

    private Expression text(String text) {
        return present(parser.parse(text), text);
    }

    private Expression tree(String tree) {
        return present(reader.read(tree), tree);
    }

    private static Expression present(Parsed parsed, String source) {
        return parsed.expression().orElseThrow(() -> new AssertionError(parsed.diagnostics() + " in " + source));
    }

    private static Checked check(Expression expression) {
        return new TypeChecker().check(expression, BuiltInSchema.schema(), Purpose.VALUE);
    }
}
