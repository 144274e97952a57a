package dev.pequel.pql.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of expressions and what the checker finds out about them; see the README beside the files. */
record RowFile(Path path, List<Row> rows) {

    private static final Path FOLDER = Path.of("src/test/resources/pql/check");
    private static final String ARROW = "  ==>  ";
    private static final Pattern FINDING =
            Pattern.compile(" +(PQL\\d{4}) at (\\d+) «(.*?)»(?:: (.*?))?(?: -> «(.*)»)?");

    enum Expectation {
        TYPES,
        METHODS,
        FIELDS,
        SAME
    }

    /** One expression; {@code line} is where it stands in the file. */
    record Row(
            int line,
            String expression,
            String expected,
            Expectation expectation,
            ProfileSchema schema,
            Purpose purpose,
            List<Finding> findings) {}

    /** A diagnostic as it is expected. */
    record Finding(String code, int column, String place, Optional<String> message, Optional<String> suggestion) {

        boolean describes(Diagnostic diagnostic, String source) {
            int start = diagnostic.span().offset();
            String found = source.substring(start, start + diagnostic.span().length());
            return diagnostic.code().id().equals(code)
                    && diagnostic.span().column() == column
                    && found.equals(place)
                    && message.map(diagnostic.message()::contains).orElse(true)
                    && suggestion
                            .map(text -> diagnostic.suggestion().equals(Optional.of(text)))
                            .orElse(true);
        }
    }

    static List<RowFile> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".rows"))
                    .sorted()
                    .map(RowFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProfileSchema schema(String name) {
        if (name.equals("built-in")) {
            return BuiltInSchema.schema();
        }
        try {
            return JsonSchemaReader.read(
                            new ObjectMapper().readTree(FOLDER.resolve(name).toFile()))
                    .schema()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RowFile read(Path path) {
        List<String> lines;
        try {
            lines = Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Row> rows = new ArrayList<>();
        ProfileSchema schema = BuiltInSchema.schema();
        Purpose purpose = Purpose.VALUE;
        Expectation expectation = Expectation.TYPES;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#") || line.startsWith(" ")) {
                continue;
            }
            if (line.contains(ARROW)) {
                String[] sides = line.split(ARROW, 2);
                rows.add(new Row(i + 1, sides[0], sides[1], expectation, schema, purpose, findings(lines, i + 1)));
            } else if (line.startsWith("schema ")) {
                schema = schema(line.substring("schema ".length()));
            } else if (line.startsWith("purpose ")) {
                purpose = Purpose.valueOf(line.substring("purpose ".length()).toUpperCase(Locale.ROOT));
            } else if (line.startsWith("expect ")) {
                expectation =
                        Expectation.valueOf(line.substring("expect ".length()).toUpperCase(Locale.ROOT));
            } else {
                throw new IllegalArgumentException(path + ":" + (i + 1) + " is no row: " + line);
            }
        }
        return new RowFile(path, rows);
    }

    private static List<Finding> findings(List<String> lines, int start) {
        List<Finding> findings = new ArrayList<>();
        for (int i = start; i < lines.size() && lines.get(i).startsWith(" "); i++) {
            Matcher matcher = FINDING.matcher(lines.get(i));
            if (!matcher.matches()) {
                throw new IllegalArgumentException("line " + (i + 1) + " is no diagnostic: " + lines.get(i));
            }
            findings.add(new Finding(
                    matcher.group(1),
                    Integer.parseInt(matcher.group(2)),
                    matcher.group(3),
                    Optional.ofNullable(matcher.group(4)),
                    Optional.ofNullable(matcher.group(5))));
        }
        return findings;
    }
}
