package dev.pequel.pql.syntax;

import dev.pequel.pql.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of expressions with the diagnostics that they get, written below them; see the README beside the files.
 *
 * @param rows in the order of the file
 */
record SyntaxRows(List<Row> rows) {

    private static final Path FOLDER = Path.of("src/test/resources/pql/syntax");
    private static final Pattern EXPECTED =
            Pattern.compile(" +(PQL\\d{4}) at (\\d+):(\\d+)(?: «(.*?)»)?(?:: (.*?))?(?: -> «(.*)»)?");

    /** @param line where the row stands in the file, from 1 */
    record Row(int line, String verdict, String expression, List<Expected> diagnostics) {}

    /** What must be given; what is empty may be anything. */
    record Expected(
            String code,
            int line,
            int column,
            Optional<String> place,
            Optional<String> message,
            Optional<String> suggestion) {

        boolean describes(Diagnostic diagnostic, String source) {
            int start = diagnostic.span().offset();
            String found = source.substring(start, start + diagnostic.span().length());
            return diagnostic.code().id().equals(code)
                    && diagnostic.span().line() == line
                    && diagnostic.span().column() == column
                    && place.map(found::equals).orElse(true)
                    && message.map(diagnostic.message()::equals).orElse(true)
                    && (place.isEmpty() || diagnostic.suggestion().equals(suggestion));
        }
    }

    /** @param verdicts whether each row begins with a word that says what becomes of the expression */
    static SyntaxRows read(String file, boolean verdicts) {
        try {
            return new SyntaxRows(rows(Files.readAllLines(FOLDER.resolve(file)), verdicts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(List<String> lines, boolean verdicts) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("# ") || line.equals("#")) {
                continue;
            }
            if (line.startsWith("    ")) {
                rows.getLast().diagnostics().add(expected(line, i + 1));
            } else {
                String verdict = verdicts ? line.substring(0, line.indexOf(' ')) : "refuse";
                String expression = verdicts ? line.substring(line.indexOf(' ')).strip() : line;
                rows.add(new Row(i + 1, verdict, visible(expression), new ArrayList<>()));
            }
        }
        return rows;
    }

    private static Expected expected(String line, int number) {
        Matcher matcher = EXPECTED.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("line " + number + " is no diagnostic: " + line);
        }
        return new Expected(
                matcher.group(1),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Optional.ofNullable(matcher.group(4)).map(SyntaxRows::visible),
                Optional.ofNullable(matcher.group(5)),
                Optional.ofNullable(matcher.group(6)));
    }

    /** The text with the characters that the file makes visible: {@code ⏎} and {@code ‹U+200B›}. */
    private static String visible(String text) {
        return Pattern.compile("‹U\\+([0-9A-F]{4})›")
                .matcher(text.replace('⏎', '\n'))
                .replaceAll(
                        match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))));
    }
}
