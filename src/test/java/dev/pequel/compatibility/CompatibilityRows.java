package dev.pequel.compatibility;

import dev.pequel.compatibility.CompatibilityRow.Contained;
import dev.pequel.compatibility.CompatibilityRow.Equal;
import dev.pequel.compatibility.CompatibilityRow.Expectation;
import dev.pequel.compatibility.CompatibilityRow.Given;
import dev.pequel.compatibility.CompatibilityRow.Header;
import dev.pequel.compatibility.CompatibilityRow.Parameter;
import dev.pequel.compatibility.CompatibilityRow.Present;
import dev.pequel.compatibility.CompatibilityRow.Request;
import dev.pequel.compatibility.CompatibilityRow.Status;
import dev.pequel.compatibility.CompatibilityRow.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code src/test/resources/compatibility}; its README describes the format. */
final class CompatibilityRows {

    private static final Path FOLDER = Path.of("src", "test", "resources", "compatibility");

    /** In the order of the table, in which the requests are sent as well. */
    private static final List<String> FILES = List.of(
            "every-operation",
            "audiences",
            "segment-definitions",
            "segment-jobs",
            "previews",
            "schedules",
            "export-jobs",
            "merge-policies",
            "population",
            "entities",
            "not-in-pequel");

    private static final Pattern SECTION = Pattern.compile("section (.+)");
    private static final Pattern HEAD =
            Pattern.compile("(operation|query|header|body) (.+?) ==> (yes|differs|ignored|no)(?:: (.+))?");
    private static final Pattern GIVEN = Pattern.compile("given (\\w+)(?: (/\\S+))? = (\\S+) (\\S+)(?: (.+))?");
    private static final Pattern REQUEST = Pattern.compile("(GET|POST|PUT|PATCH|DELETE) (/\\S*)");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z-]+): (.+)");
    private static final Pattern STATUS = Pattern.compile("(\\d{3})(?: (.+))?");
    private static final Pattern EXPECTED_HEADER = Pattern.compile("header (\\S+) = (.+)");
    private static final Pattern EXPECTED_PART =
            Pattern.compile("(/\\S+) (?:= (?<json>.+)|~ (?<text>.+)|(?<presence>present|missing))");

    private CompatibilityRows() {}

    /** What the hosted service has, one operation or parameter a line. */
    static List<String> hosted() {
        return lines("hosted-operations.tsv").stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    static List<CompatibilityRow> read() {
        List<CompatibilityRow> rows = new ArrayList<>();
        for (String file : FILES) {
            String section = "";
            String operation = "";
            List<String> lines = lines(file + ".rows");
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                Matcher named = SECTION.matcher(line);
                Matcher head = HEAD.matcher(line);
                if (named.matches()) {
                    section = named.group(1);
                } else if (head.matches()) {
                    boolean isOperation = head.group(1).equals("operation");
                    operation = isOperation ? head.group(2) : operation;
                    Optional<Parameter> parameter =
                            isOperation ? Optional.empty() : Optional.of(new Parameter(head.group(1), head.group(2)));
                    List<String> below = lines.subList(i + 1, lines.size()).stream()
                            .takeWhile(next -> next.startsWith("    "))
                            .map(String::strip)
                            .toList();
                    i += below.size();
                    rows.add(row(section, operation, parameter, head, below));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    throw new IllegalArgumentException(file + ".rows, line " + (i + 1) + " cannot be read: " + line);
                }
            }
        }
        return rows;
    }

    private static CompatibilityRow row(
            String section, String operation, Optional<Parameter> parameter, Matcher head, List<String> lines) {
        List<Given> givens = new ArrayList<>();
        Optional<Matcher> request = Optional.empty();
        Map<String, String> headers = new LinkedHashMap<>();
        StringBuilder body = new StringBuilder();
        List<Expectation> expectations = new ArrayList<>();
        for (String line : lines) {
            Matcher given = GIVEN.matcher(line);
            Matcher requested = REQUEST.matcher(line);
            Matcher header = HEADER.matcher(line);
            Matcher status = STATUS.matcher(line);
            if (given.matches()) {
                Request first = new Request(
                        given.group(3),
                        given.group(4),
                        Map.of(),
                        Optional.ofNullable(given.group(5)).orElse(""));
                givens.add(new Given(
                        given.group(1), Optional.ofNullable(given.group(2)).orElse("/id"), first));
            } else if (request.isEmpty()) {
                if (!requested.matches()) {
                    throw new IllegalArgumentException(head.group() + ": is no request: " + line);
                }
                request = Optional.of(requested);
            } else if (status.matches()) {
                expectations.add(new Status(Integer.parseInt(status.group(1))));
                Optional.ofNullable(status.group(2))
                        .map(CompatibilityRows::part)
                        .ifPresent(expectations::add);
            } else if (!expectations.isEmpty()) {
                expectations.add(part(line));
            } else if (body.isEmpty() && header.matches()) {
                headers.put(header.group(1), header.group(2));
            } else {
                body.append(line);
            }
        }
        return new CompatibilityRow(
                section,
                operation,
                parameter,
                Verdict.valueOf(head.group(3).toUpperCase(Locale.ROOT)),
                Optional.ofNullable(head.group(4)).orElse(""),
                givens,
                request.map(line -> new Request(line.group(1), line.group(2), headers, body.toString())),
                expectations);
    }

    private static Expectation part(String line) {
        Matcher header = EXPECTED_HEADER.matcher(line);
        if (header.matches()) {
            return new Header(header.group(1), header.group(2));
        }
        Matcher part = EXPECTED_PART.matcher(line);
        if (!part.matches()) {
            throw new IllegalArgumentException("is no expectation: " + line);
        }
        String pointer = part.group(1);
        if (part.group("json") != null) {
            return new Equal(pointer, part.group("json"));
        }
        return part.group("text") != null
                ? new Contained(pointer, part.group("text"))
                : new Present(pointer, part.group("presence").equals("present"));
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
