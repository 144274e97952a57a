package dev.pequel.pql.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.json.writer.PqlJsonWriter;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.pql.syntax.PqlWriter;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is read as a tree, there is an outcome and never an exception. */
class PqlJsonFuzzTest {

    /** A longer run is {@code ./mvnw test -Dtest=PqlJsonFuzzTest -Dfuzz=100000}. */
    private static final int INPUTS = Integer.getInteger("fuzz", 1_500);

    private static final String ONE = "{\"nodeType\":\"literal\",\"literalType\":\"Integer\",\"value\":1}";

    private final PqlJsonReader reader = new PqlJsonReader(Limits.DEFAULT);
    private final PqlJsonWriter writer = new PqlJsonWriter();
    private final TypeChecker checker = new TypeChecker();

    @Test
    void brokenTrees() throws IOException {
        List<String> trees = trees();
        Random random = new Random(11);
        for (int i = 0; i < INPUTS; i++) {
            String tree = broken(trees.get(random.nextInt(trees.size())), trees, random);
            Parsed parsed;
            try {
                parsed = reader.read(tree);
                parsed.expression().ifPresent(expression -> {
                    checker.check(expression, BuiltInSchema.schema(), Purpose.SEGMENT);
                    assertEquals(
                            List.of(), reader.read(writer.write(expression)).diagnostics());
                    PqlWriter.write(expression);
                });
                parsed.diagnostics().forEach(diagnostic -> diagnostic.render(tree));
            } catch (RuntimeException | StackOverflowError failure) {
                throw new AssertionError(tree, failure);
            }
            assertEquals(
                    parsed.expression().isEmpty(), parsed.diagnostics().stream().anyMatch(Diagnostic::isError), tree);
            for (Diagnostic diagnostic : parsed.diagnostics()) {
                int end = diagnostic.span().offset() + diagnostic.span().length();
                assertTrue(diagnostic.span().offset() >= 0 && end <= tree.length(), tree);
            }
        }
    }

    /** Characters and whole values are replaced, left out, doubled and swapped. */
    private static String broken(String tree, List<String> trees, Random random) {
        StringBuilder text = new StringBuilder(tree);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(at + 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 3), text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2 -> text.setCharAt(at, "{}[]\":,\\u0 \uD83Dé\u0000-9etfn".charAt(random.nextInt(20)));
                case 3 -> {
                    String[] values = {
                        "null", "5", "-0", "1e400", "\"x\"", "[]", "{}", "true", "\"\"", "99999999999999999999"
                    };
                    int colon = text.indexOf(":", at);
                    int stop = colon < 0 ? -1 : text.indexOf(",", colon);
                    if (stop > 0) {
                        text.replace(colon + 1, stop, values[random.nextInt(values.length)]);
                    }
                }
                case 4 -> {
                    int node = text.indexOf("{", at);
                    if (node >= 0) {
                        text.insert(node, trees.get(random.nextInt(trees.size())) + ",");
                    }
                }
                default -> {
                    String[] words = {
                        "fnApply", "fieldLookup", "lambda", "literal", "select", "occurs", "varRef", "chain", "set"
                    };
                    int type = text.indexOf("\"nodeType\": \"", at);
                    int stop = type < 0 ? -1 : text.indexOf("\"", type + 13);
                    if (stop > 0) {
                        text.replace(type + 13, stop, words[random.nextInt(words.length)]);
                    }
                }
            }
        }
        return text.toString();
    }

    private static List<String> trees() throws IOException {
        List<String> trees = new ArrayList<>();
        for (String file : List.of("trees.txt", "dialects.txt", "mistakes.txt")) {
            StringBuilder tree = new StringBuilder();
            for (String line : Files.readAllLines(Path.of("src/test/resources/pql-json", file))) {
                if (line.isEmpty() && !tree.isEmpty()) {
                    trees.add(tree.toString());
                    tree.setLength(0);
                } else if (!line.isEmpty() && "#=<!?".indexOf(line.charAt(0)) < 0) {
                    tree.append(line).append('\n');
                }
            }
        }
        assertFalse(trees.isEmpty());
        return trees;
    }

    /** Deeper and longer than any stack allows, with every construct that nests. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[|]",
                "{\"a\":|}",
                "{\"nodeType\":\"fnApply\",\"fnName\":\"not\",\"params\":[|]}",
                "{\"nodeType\":\"fnApply\",\"fnName\":\"=\",\"params\":[ONE,|]}",
                "{\"nodeType\":\"fnApply\",\"fnName\":\"+\",\"params\":[|,ONE]}",
                "{\"nodeType\":\"fnApply\",\"fnName\":\"head\",\"params\":[|]}",
                "{\"nodeType\":\"fnApply\",\"fnName\":\"map\",\"params\":[ONE,{\"nodeType\":\"lambda\",\"implicit\":true,\"varNames\":[\"X\"],\"body\":|}]}",
                "{\"nodeType\":\"fieldLookup\",\"fieldName\":\"a\",\"object\":|}",
                "{\"nodeType\":\"literal\",\"literalType\":\"List\",\"value\":[|]}",
                "{\"nodeType\":\"let\",\"varName\":\"a\",\"value\":ONE,\"body\":|}",
                "{\"nodeType\":\"exists\",\"variables\":[{\"nodeType\":\"varDecl\",\"varName\":\"a\",\"from\":ONE,\"where\":|}]}",
                "{\"nodeType\":\"chain\",\"array\":ONE,\"timestampField\":\"t\",\"elements\":[{\"what\":|}]}",
                "{\"nodeType\":\"occurs\",\"timestamp\":|,\"timeinterval\":ONE}",
                "{\"nodeType\":\"occurs\",\"timestamp\":ONE,\"timeinterval\":|}",
                "{\"nodeType\":\"object\",\"entries\":[{\"key\":\"a\",\"value\":|}]}",
                "{\"nodeType\":\"lambda\",\"varNames\":[\"X\"],\"body\":|}",
            })
    void deepTrees(String level) {
        String[] ends = level.replace("ONE", ONE).split("\\|");
        for (int levels : List.of(100, 900, 5_000, 100_000)) {
            String tree = ends[0].repeat(levels) + ONE + ends[1].repeat(levels);
            Parsed parsed = reader.read(tree);
            parsed.expression().ifPresent(expression -> {
                checker.check(expression, BuiltInSchema.schema(), Purpose.VALUE);
                writer.write(expression);
                PqlWriter.write(expression);
            });
            if (levels > 1_000) {
                assertFalse(parsed.expression().isPresent());
            }
        }
    }

    @Test
    void longTrees() {
        String tree = "{\"nodeType\":\"literal\",\"literalType\":\"String\",\"value\":\""
                + "x".repeat(Limits.DEFAULT.length() * 16) + "\"}";
        assertEquals(
                DiagnosticCode.TOO_LONG,
                reader.read(tree).diagnostics().getFirst().code());
        String list = "{\"nodeType\":\"literal\",\"literalType\":\"List\",\"value\":[" + "1,".repeat(10_000) + "1]}";
        assertEquals(
                List.of(DiagnosticCode.TOO_MANY_ITEMS),
                reader.read(list).diagnostics().stream().map(Diagnostic::code).toList());
    }
}
