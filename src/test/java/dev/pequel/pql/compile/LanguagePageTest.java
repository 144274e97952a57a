package dev.pequel.pql.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.column.Snapshot;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.json.PqlJsonReader;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.syntax.token.Keyword;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Type;
import dev.pequel.pql.type.Type.ObjectOf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The language page says what is so: every example of it is run, and its tables are those of the code. */
class LanguagePageTest {

    private static final Path PAGE = Path.of("antlr/language.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Codes that need more than an expression; the page describes in words when they are given. */
    private static final Set<DiagnosticCode> IN_WORDS = Set.of(
            DiagnosticCode.EMPTY_EXPRESSION,
            DiagnosticCode.TOO_LONG,
            DiagnosticCode.TOO_DEEP,
            DiagnosticCode.TOO_MANY_ITEMS,
            DiagnosticCode.UNKNOWN_AUDIENCE,
            DiagnosticCode.AUDIENCE_CYCLE,
            DiagnosticCode.NOT_ELIGIBLE,
            DiagnosticCode.FIELD_WITHOUT_DATA,
            DiagnosticCode.VALUE_WITHOUT_DATA);

    /** A schema that knows one field. */
    private static final ProfileSchema STRICT = new ProfileSchema(
            new ObjectOf(Map.of("homeAddress", new ObjectOf(Map.of("city", Type.STRING), false)), false), true);

    private final List<String> page = lines();
    private final PqlParser parser = new PqlParser(Limits.DEFAULT);

    /** @param results the lines below the expression, each with its sign */
    private record Example(int line, String expression, List<String> results) {}

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        Snapshot profile = profile();
        Instant now = Instant.parse(between("The time of evaluation is `", "`"));
        return examplesOfThePage().stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.line() + ": " + example.expression(), () -> run(example, profile, now)));
    }

    private void run(Example example, Snapshot profile, Instant now) throws IOException {
        Checked checked =
                new TypeChecker().check(parser.parse(example.expression()), BuiltInSchema.schema(), Purpose.VALUE);
        String found = checked.diagnostics().stream()
                .map(diagnostic -> diagnostic.render(example.expression()))
                .collect(Collectors.joining("\n"));
        boolean refused = example.results().stream().anyMatch(result -> result.startsWith("!!"));
        assertEquals(refused, checked.hasErrors(), found);
        for (String result : example.results()) {
            String expected = result.substring(2).strip();
            if (!result.startsWith("=>")) {
                assertTrue(
                        checked.diagnostics().stream()
                                .anyMatch(diagnostic -> diagnostic.code().id().equals(expected)
                                        && diagnostic.isError() == result.startsWith("!!")),
                        found);
            } else {
                Value value = Evaluator.compile(
                                checked.expression().orElseThrow().term(),
                                profile,
                                now,
                                audiences(),
                                Optional.empty(),
                                () -> false)
                        .value(0);
                JsonNode actual = LanguageTest.toJson(value);
                assertTrue(
                        LanguageTest.same(JSON.readTree(expected), actual)
                                && JSON.readTree(expected).isDouble() == actual.isDouble(),
                        () -> "the value is " + actual);
            }
        }
    }

    private Snapshot profile() throws IOException {
        String profile = String.join("\n", block("```json").lines());
        String weather = between("comes context data,\n`", "`");
        return new Snapshot(
                1,
                List.of(LanguageTest.column(List.of(profile))),
                Map.of("_xdm.context;version=1", LanguageTest.column(List.of(weather))));
    }

    private static Memberships audiences() {
        return audienceId -> Optional.of(audienceId)
                .filter(Set.of("vip", "trial-2")::contains)
                .map(id -> new Memberships.Membership() {
                    @Override
                    public boolean isMember(int row) {
                        return id.equals("vip");
                    }

                    @Override
                    public boolean hasExited(int row) {
                        return false;
                    }
                });
    }

    @Test
    void theTextOfADiagnosticIsWhatThePageShows() {
        String expression = "homeAddress.city == \"Oslo\"";
        Diagnostic diagnostic = parser.parse(expression).diagnostics().getFirst();
        assertTrue(String.join("\n", page).contains(diagnostic.render(expression)), diagnostic.render(expression));
    }

    @Test
    void everyRuleIsStated() {
        String text = String.join("\n", page);
        List<String> missing = IntStream.rangeClosed(1, 62)
                .mapToObj(number -> "**P" + number + "**")
                .filter(rule -> !text.contains(rule))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void theFunctionsAreThoseOfTheTable() {
        List<String> expected = Arrays.stream(Function.values())
                .map(function ->
                        "| `" + function.spelling() + "` | `" + function.form() + "` | " + function.meaning() + " |")
                .toList();
        assertEquals(expected, table("## Functions"));
    }

    @Test
    void theKeywordsAreThoseOfTheTable() {
        List<String> expected = Arrays.stream(Keyword.values())
                .map(keyword ->
                        "| `" + keyword.word() + "` | " + keyword.kind().word() + " | " + keyword.meaning() + " |")
                .toList();
        assertEquals(expected, table("## Keywords"));
    }

    @Test
    void theReservedWordsAreThoseOfTheList() {
        List<String> reserved = Arrays.stream(Keyword.values())
                .filter(Keyword::isReserved)
                .map(Keyword::word)
                .toList();
        String listed = between("as names they need backticks:\n\n> ", "\n\n");
        assertEquals(reserved, List.of(listed.replace("\n>", "").split(" ")));
    }

    @Test
    void theCodesAreThoseOfTheTable() {
        List<String> expected = Arrays.stream(DiagnosticCode.values())
                .map(code -> "| " + code.id() + " | " + code.meaning())
                .toList();
        List<String> actual = table("## Diagnostics").stream()
                .map(row -> row.substring(0, row.lastIndexOf(" | ")))
                .toList();
        assertEquals(expected, actual);
    }

    @TestFactory
    Stream<DynamicTest> everyCodeIsGivenForItsExample() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String row : table("## Diagnostics")) {
            DiagnosticCode code = Arrays.stream(DiagnosticCode.values())
                    .filter(candidate -> row.startsWith("| " + candidate.id() + " "))
                    .findFirst()
                    .orElseThrow();
            String example = row.substring(row.lastIndexOf(" | ") + 3, row.length() - 2);
            tests.add(DynamicTest.dynamicTest(row, () -> {
                boolean inWords = !example.startsWith("`");
                assertEquals(IN_WORDS.contains(code), inWords);
                if (!inWords) {
                    String expression = example.replaceAll("^`+ ?| ?`+$", "");
                    assertTrue(given(code, expression), () -> code + " is not given for " + expression);
                }
            }));
        }
        return tests.stream();
    }

    /** Whether the expression gets the code as a value, as a segment, or where the schema is strict. */
    private boolean given(DiagnosticCode code, String expression) {
        Parsed parsed = code.id().startsWith("PQL6")
                ? new PqlJsonReader(Limits.DEFAULT).read(expression)
                : parser.parse(expression);
        ProfileSchema schema = BuiltInSchema.schema();
        return Stream.of(
                        new TypeChecker().check(parsed, schema, Purpose.VALUE),
                        new TypeChecker().check(parsed, schema, Purpose.SEGMENT),
                        new TypeChecker().check(parsed, STRICT, Purpose.VALUE))
                .flatMap(checked -> checked.diagnostics().stream())
                .anyMatch(diagnostic -> diagnostic.code() == code);
    }

    @Test
    void limits() {
        assertEquals(DiagnosticCode.EMPTY_EXPRESSION, first(""));
        assertEquals(DiagnosticCode.TOO_LONG, first("a".repeat(65_537)));
        assertFalse(parser.parse("a".repeat(65_536)).hasErrors());
        assertEquals(DiagnosticCode.TOO_DEEP, first("(".repeat(201) + "a" + ")".repeat(201)));
        assertEquals(DiagnosticCode.TOO_MANY_ITEMS, first("a in [1" + ", 1".repeat(10_000) + "]"));
    }

    private DiagnosticCode first(String expression) {
        return parser.parse(expression).diagnostics().getFirst().code();
    }

    // ---- Reading the page

    private static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param start where it starts in the page, from 0 */
    private record Block(int start, List<String> lines) {}

    private Block block(String fence) {
        return blocks(fence).getFirst();
    }

    private List<Block> blocks(String fence) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            if (page.get(i).equals(fence)) {
                int end = i + 1;
                while (!page.get(end).equals("```")) {
                    end++;
                }
                blocks.add(new Block(i + 1, page.subList(i + 1, end)));
                i = end;
            }
        }
        return blocks;
    }

    private List<Example> examplesOfThePage() {
        List<Example> examples = new ArrayList<>();
        for (Block block : blocks("```pql")) {
            for (int i = 0; i < block.lines().size(); i++) {
                String line = block.lines().get(i);
                if (line.startsWith("=>") || line.startsWith("!!") || line.startsWith("??")) {
                    examples.getLast().results().add(line);
                } else {
                    examples.add(new Example(block.start() + i + 1, line, new ArrayList<>()));
                }
            }
        }
        return examples;
    }

    /** The rows of the first table below a heading, without its head. */
    private List<String> table(String heading) {
        List<String> rows = page.subList(page.indexOf(heading), page.size()).stream()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        return rows.subList(2, rows.size());
    }

    private String between(String start, String end) {
        String text = String.join("\n", page);
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
