package dev.pequel.pql.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.column.Column;
import dev.pequel.column.ColumnBuilder;
import dev.pequel.column.Snapshot;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.Inputs;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The language, as data: every case of the {@code .test} files. A value is computed three times, and must always be the same:
 * for the profile alone, among all profiles of the file (whose columns then hold mixtures of kinds), and with values as
 * objects throughout.
 */
class LanguageTest {

    static final Path CASES = Path.of("src/test/resources/pql");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PqlParser PARSER = new PqlParser(Limits.DEFAULT);

    @TestFactory
    Stream<DynamicContainer> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(".test"))
                    .sorted()
                    .toList();
            return sorted.stream().map(LanguageTest::container);
        }
    }

    private static DynamicContainer container(Path path) {
        try {
            TestFile file = TestFile.read(path);
            List<String> names = List.copyOf(file.profiles().keySet());
            Snapshot everyone = snapshot(file, names);
            return DynamicContainer.dynamicContainer(
                    file.name(),
                    file.cases().stream()
                            .map(c -> DynamicTest.dynamicTest(
                                    c.line() + ": " + c.expression(),
                                    path.toUri(),
                                    () -> run(file, c, everyone, names))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The profiles of these names, each with the same other inputs. */
    private static Snapshot snapshot(TestFile file, List<String> names) throws IOException {
        List<Column> inputs = new ArrayList<>();
        inputs.add(column(names.stream().map(file.profiles()::get).toList()));
        for (String input : file.inputs().values()) {
            inputs.add(column(Collections.nCopies(names.size(), input)));
        }
        Map<String, Column> context = new HashMap<>();
        for (Map.Entry<String, String> entry : file.context().entrySet()) {
            context.put(entry.getKey(), column(List.of(entry.getValue())));
        }
        return new Snapshot(names.size(), inputs, context);
    }

    static Column column(List<String> values) throws IOException {
        ColumnBuilder builder = new ColumnBuilder();
        for (String value : values) {
            try (JsonParser json = StoredDocuments.ordered(value).traverse()) {
                json.nextToken();
                builder.append(json);
            }
        }
        return builder.build();
    }

    private static void run(TestFile file, TestFile.Case c, Snapshot everyone, List<String> names) throws IOException {
        Checked checked = checker(file)
                .check(PARSER.parse(c.expression()), schema(file), c.segment() ? Purpose.SEGMENT : Purpose.VALUE);
        expectDiagnostics(c, checked);
        if (c.result().isEmpty()) {
            return;
        }
        CheckedExpression expression =
                checked.expression().orElseThrow(() -> new AssertionError(render(c, checked.diagnostics())));
        String profile = c.profile().orElseThrow();
        if (!names.contains(profile)) {
            fail("there is no profile " + profile);
        }
        Snapshot alone = snapshot(file, List.of(profile));
        int row = names.indexOf(profile);
        JsonNode expected = JSON.readTree(c.result().get());
        Memberships ofProfile = memberships(file, List.of(profile));
        Memberships ofEveryone = memberships(file, names);
        expect(expected, evaluate(c, expression, alone, ofProfile, 0, false), "for the profile alone");
        expect(expected, evaluate(c, expression, everyone, ofEveryone, row, false), "among all profiles");
        expect(expected, evaluate(c, expression, everyone, ofEveryone, row, true), "with values as objects");
    }

    private static ProfileSchema schema(TestFile file) throws IOException {
        if (file.schema().isEmpty()) {
            return BuiltInSchema.schema();
        }
        JsonSchemaReader.Outcome read =
                JsonSchemaReader.read(JSON.readTree(file.schema().get()));
        return read.schema()
                .orElseThrow(() -> new AssertionError(read.problems().toString()));
    }

    /** The profile's other inputs may hold anything. */
    private static TypeChecker checker(TestFile file) {
        Inputs inputs = Inputs.PROFILE;
        for (String name : file.inputs().keySet()) {
            inputs = inputs.and(name, Type.ANY);
        }
        return new TypeChecker(inputs);
    }

    private static Memberships memberships(TestFile file, List<String> names) {
        return audienceId -> Optional.ofNullable(file.audiences().get(audienceId))
                .map(audience -> new Memberships.Membership() {
                    @Override
                    public boolean isMember(int row) {
                        return audience.members().contains(names.get(row));
                    }

                    @Override
                    public boolean hasExited(int row) {
                        return audience.exited().contains(names.get(row));
                    }
                });
    }

    private static JsonNode evaluate(
            TestFile.Case c,
            CheckedExpression expression,
            Snapshot snapshot,
            Memberships memberships,
            int row,
            boolean asObjects) {
        Optional<Compiler.Observer> observer = asObjects ? Optional.of((term, value) -> {}) : Optional.empty();
        return toJson(Evaluator.compile(expression.term(), snapshot, c.now(), memberships, observer, () -> false)
                .value(row));
    }

    private static void expect(JsonNode expected, JsonNode actual, String how) {
        if (!same(expected, actual)) {
            assertEquals(expected, actual, how);
        }
    }

    /** Equality of JSON in which 5 and 5.0 are the same number. */
    static boolean same(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.isIntegralNumber() && b.isIntegralNumber()
                    ? a.longValue() == b.longValue()
                    : a.doubleValue() == b.doubleValue();
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a.isObject() && b.isObject() && a.size() == b.size()) {
            for (Map.Entry<String, JsonNode> field : a.properties()) {
                if (!b.has(field.getKey()) || !same(field.getValue(), b.get(field.getKey()))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }

    private static void expectDiagnostics(TestFile.Case c, Checked checked) {
        assertEquals(c.accepted(), !checked.hasErrors(), () -> render(c, checked.diagnostics()));
        List<Diagnostic> open = new ArrayList<>(checked.diagnostics());
        for (TestFile.Expected expected : c.diagnostics()) {
            Diagnostic found = open.stream()
                    .filter(actual -> matches(expected, actual))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            "expected " + expected + " but found\n" + render(c, checked.diagnostics())));
            open.remove(found);
        }
        // A case that names errors names all of them; warnings may go unmentioned.
        assertTrue(
                open.stream().noneMatch(Diagnostic::isError),
                () -> "more errors than expected\n" + render(c, checked.diagnostics()));
    }

    private static boolean matches(TestFile.Expected expected, Diagnostic actual) {
        return expected.isError() == actual.isError()
                && expected.code().equals(actual.code().id())
                && expected.place()
                        .map(place -> place.equals(
                                actual.span().line() + ":" + actual.span().column()))
                        .orElse(true)
                && expected.message()
                        .map(text ->
                                (actual.message() + " " + actual.suggestion().orElse("")).contains(text))
                        .orElse(true);
    }

    private static String render(TestFile.Case c, List<Diagnostic> diagnostics) {
        StringBuilder text = new StringBuilder(c.expression());
        diagnostics.forEach(diagnostic -> text.append("\n").append(diagnostic.render(c.expression())));
        return text.toString();
    }

    static JsonNode toJson(Value value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case Value.Missing missing -> json.nullNode();
            case Value.Bool flag -> json.booleanNode(flag.value());
            case Value.Int integer -> json.numberNode(integer.value());
            case Value.Real real -> json.numberNode(real.value());
            case Value.Text text -> json.textNode(text.value());
            case Value.Time time -> json.textNode(time.value().toString());
            case Value.Items list -> {
                ArrayNode array = json.arrayNode();
                list.items().forEach(item -> array.add(toJson(item)));
                yield array;
            }
            case Value.Fields object -> {
                ObjectNode node = json.objectNode();
                object.fields().forEach((name, field) -> node.set(name, toJson(field)));
                yield node;
            }
        };
    }
}
