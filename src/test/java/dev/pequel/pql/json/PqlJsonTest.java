package dev.pequel.pql.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.Limits;
import dev.pequel.pql.ast.Expressions;
import dev.pequel.pql.json.writer.PqlJsonWriter;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.syntax.PqlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases in {@code src/test/resources/pql-json}; the README there tells their form. */
class PqlJsonTest {

    private static final Path CASES = Path.of("src/test/resources/pql-json");

    private final PqlParser parser = new PqlParser(Limits.DEFAULT);
    private final PqlJsonReader reader = new PqlJsonReader(Limits.DEFAULT);
    private final PqlJsonWriter writer = new PqlJsonWriter();
    private final ObjectMapper json = new ObjectMapper();

    private record Case(String place, List<String> expectations, String tree) {}

    @TestFactory
    Stream<DynamicTest> trees() throws IOException {
        return tests("trees.txt");
    }

    @TestFactory
    Stream<DynamicTest> dialects() throws IOException {
        return tests("dialects.txt");
    }

    @TestFactory
    Stream<DynamicTest> mistakes() throws IOException {
        return tests("mistakes.txt");
    }

    private Stream<DynamicTest> tests(String file) throws IOException {
        return cases(file).stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.place() + " " + each.expectations().getFirst(), () -> run(each)));
    }

    private static List<Case> cases(String file) throws IOException {
        List<Case> cases = new ArrayList<>();
        List<String> expectations = new ArrayList<>();
        List<String> tree = new ArrayList<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(CASES.resolve(file)));
        lines.add("");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty()) {
                if (!expectations.isEmpty()) {
                    cases.add(new Case(file + ":" + (i + 1), List.copyOf(expectations), String.join("\n", tree)));
                }
                expectations.clear();
                tree.clear();
            } else if (tree.isEmpty() && "=<!?".indexOf(line.charAt(0)) >= 0) {
                expectations.add(line);
            } else if (!line.startsWith("#")) {
                tree.add(line);
            }
        }
        return cases;
    }

    private void run(Case test) throws IOException {
        String expectation = test.expectations().getFirst();
        String rest = expectation.substring(2);
        switch (expectation.charAt(0)) {
            case '=' -> {
                assertEquals(json.readTree(test.tree()), json.readTree(writer.write(parsed(rest))), rest);
                assertEquals(rest, PqlWriter.write(read(test.tree())));
            }
            case '<' -> {
                assertEquals(rest, PqlWriter.write(read(test.tree())));
                assertEquals(
                        Expressions.withoutPlaces(parsed(rest)),
                        Expressions.withoutPlaces(read(test.tree())),
                        "the text is the same, so the tree must be");
            }
            default -> assertReported(test);
        }
    }

    private dev.pequel.pql.ast.Expression parsed(String text) {
        Parsed parsed = parser.parse(text);
        assertEquals(List.of(), parsed.diagnostics(), text);
        return parsed.expression().orElseThrow();
    }

    private dev.pequel.pql.ast.Expression read(String tree) {
        Parsed parsed = reader.read(tree);
        assertEquals(List.of(), parsed.diagnostics(), tree);
        return parsed.expression().orElseThrow();
    }

    private void assertReported(Case test) {
        List<Diagnostic> diagnostics = reader.read(test.tree()).diagnostics();
        List<String> found = diagnostics.stream()
                .map(diagnostic -> (diagnostic.isError() ? "! " : "? ")
                        + diagnostic.code().id() + " at " + diagnostic.span().line() + ":"
                        + diagnostic.span().column())
                .toList();
        List<String> expected = test.expectations().stream()
                .map(line -> line.substring(0, line.indexOf(' ', line.indexOf(" at ") + 4)))
                .toList();
        assertEquals(expected, found, diagnostics::toString);
        for (int i = 0; i < diagnostics.size(); i++) {
            String words = test.expectations().get(i).substring(expected.get(i).length() + 1);
            String said = diagnostics.get(i).message() + " "
                    + diagnostics.get(i).suggestion().orElse("");
            assertTrue(said.contains(words), () -> "\"" + said + "\" should contain \"" + words + "\"");
        }
    }
}
