package dev.pequel.pql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.json.PqlJsonReader;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PublishedExpressionsTest {

    private final PqlParser text = new PqlParser(Limits.DEFAULT);
    private final PqlJsonReader json = new PqlJsonReader(Limits.DEFAULT);

    @TestFactory
    Stream<DynamicTest> published() {
        return SyntaxRows.read("published.rows", true).rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.line() + ": " + row.expression(), () -> check(row)));
    }

    private void check(SyntaxRows.Row row) {
        String expression = row.expression();
        Parsed parsed = expression.startsWith("{\"nodeType\"") ? json.read(expression) : text.parse(expression);
        Checked checked = new TypeChecker().check(parsed, BuiltInSchema.schema(), Purpose.VALUE);
        assertEquals(row.verdict(), verdict(parsed, checked), () -> rendered(expression, checked));
        List<Diagnostic> found = row.verdict().equals("accept")
                ? checked.diagnostics()
                : checked.diagnostics().stream().filter(Diagnostic::isError).toList();
        for (SyntaxRows.Expected expected : row.diagnostics()) {
            assertTrue(
                    found.stream().anyMatch(diagnostic -> expected.describes(diagnostic, expression)),
                    () -> expected + " is not among\n" + rendered(expression, checked));
        }
        if (!row.verdict().equals("accept")) {
            assertEquals(row.diagnostics().size(), found.size(), () -> rendered(expression, checked));
        }
    }

    private static String verdict(Parsed parsed, Checked checked) {
        return parsed.hasErrors() ? "refuse" : checked.hasErrors() ? "read" : "accept";
    }

    private static String rendered(String expression, Checked checked) {
        return checked.diagnostics().stream()
                .map(diagnostic -> diagnostic.render(expression))
                .collect(Collectors.joining("\n"));
    }
}
