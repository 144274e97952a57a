package dev.pequel.pql.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of language cases. Its form is described in {@code src/test/resources/pql/README.md}.
 *
 * @param schema JSON Schema of the profiles; empty for the built-in one
 * @param profiles JSON by name
 * @param inputs JSON of the inputs beside the profile, by name, the same for every profile
 * @param context JSON of the data that comes with a request, by schema
 * @param audiences audiences that are evaluated together with the expressions, by id
 */
record TestFile(
        String name,
        Optional<String> schema,
        Map<String, String> profiles,
        Map<String, String> inputs,
        Map<String, String> context,
        Map<String, Audience> audiences,
        List<Case> cases) {

    private static final Pattern CASE =
            Pattern.compile("(value|segment) (\\S+): ?(.*)|(reject|accept)( segment)?: ?(.*)");
    private static final Pattern MEMBERSHIP = Pattern.compile("(member|exited) (\\S+): (.*)");
    private static final Pattern DIAGNOSTIC = Pattern.compile("([!?]) (PQL\\d{4})(?: at (\\d+):(\\d+))?(?: (.*))?");

    /** @param members names of the profiles in it @param exited names of the profiles that have left it */
    record Audience(Set<String> members, Set<String> exited) {}

    /**
     * @param line where the case stands, from 1
     * @param now the evaluation time
     * @param profile empty for a case that is only checked
     * @param segment whether the value is read in a Boolean position
     * @param result JSON of the expected value
     * @param diagnostics all errors that are expected, and the warnings that are
     */
    record Case(
            int line,
            Instant now,
            String expression,
            Optional<String> profile,
            boolean segment,
            boolean accepted,
            Optional<String> result,
            List<Expected> diagnostics) {}

    /** @param place line and column, such as {@code 1:7} @param message a part of the message or suggestion */
    record Expected(boolean isError, String code, Optional<String> place, Optional<String> message) {}

    static TestFile read(Path file) throws IOException {
        Reader reader = new Reader(file);
        reader.read(file);
        return new TestFile(
                file.getFileName().toString(),
                reader.schema,
                reader.profiles,
                reader.inputs,
                reader.context,
                reader.audiences,
                reader.cases);
    }

    private static final class Reader {
        private final Path root;
        private Instant now = Instant.parse("2018-08-28T10:00:00Z");
        private Optional<String> schema = Optional.empty();
        private final Map<String, String> profiles = new LinkedHashMap<>();
        private final Map<String, String> inputs = new LinkedHashMap<>();
        private final Map<String, String> context = new LinkedHashMap<>();
        private final Map<String, Audience> audiences = new LinkedHashMap<>();
        private final List<Case> cases = new ArrayList<>();

        Reader(Path file) {
            this.root = file.getParent();
        }

        void read(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file);
            int at = 0;
            while (at < lines.size()) {
                String line = lines.get(at).strip();
                if (line.isEmpty() || line.startsWith("#")) {
                    at++;
                } else if (line.startsWith("use ")) {
                    read(root.resolve(line.substring(4)));
                    at++;
                } else if (line.startsWith("now ")) {
                    now = Instant.parse(line.substring(4));
                    at++;
                } else if (line.equals("schema")) {
                    int end = paragraph(lines, at + 1);
                    schema = Optional.of(String.join("\n", lines.subList(at + 1, end)));
                    at = end;
                } else if (line.startsWith("profile ")) {
                    at = readJson(lines, at, profiles);
                } else if (line.startsWith("input ")) {
                    at = readJson(lines, at, inputs);
                } else if (line.startsWith("context ")) {
                    at = readJson(lines, at, context);
                } else if (MEMBERSHIP.matcher(line).matches()) {
                    readMembership(line);
                    at++;
                } else {
                    at = readCase(file, lines, at);
                }
            }
        }

        /** A name and, from the next line on, the JSON it stands for. */
        private static int readJson(List<String> lines, int start, Map<String, String> into) {
            String head = lines.get(start).strip();
            int end = paragraph(lines, start + 1);
            into.put(head.substring(head.indexOf(' ') + 1), String.join("\n", lines.subList(start + 1, end)));
            return end;
        }

        private void readMembership(String line) {
            Matcher membership = MEMBERSHIP.matcher(line);
            if (membership.matches()) {
                for (String id : membership.group(3).split(", *")) {
                    Audience audience =
                            audiences.computeIfAbsent(id, a -> new Audience(new HashSet<>(), new HashSet<>()));
                    (membership.group(1).equals("member") ? audience.members() : audience.exited())
                            .add(membership.group(2));
                }
            }
        }

        /** The first empty line, or the end. */
        private static int paragraph(List<String> lines, int from) {
            int at = from;
            while (at < lines.size() && !lines.get(at).isBlank()) {
                at++;
            }
            return at;
        }

        private int readCase(Path file, List<String> lines, int start) {
            Matcher head = CASE.matcher(lines.get(start));
            if (!head.matches()) {
                throw new IllegalArgumentException(file.getFileName() + ":" + (start + 1) + ": " + lines.get(start));
            }
            boolean evaluated = head.group(1) != null;
            List<String> expression = new ArrayList<>(List.of(evaluated ? head.group(3) : head.group(6)));
            List<Expected> diagnostics = new ArrayList<>();
            Optional<String> result = Optional.empty();
            int end = paragraph(lines, start + 1);
            for (String line : lines.subList(start + 1, end)) {
                Matcher diagnostic = DIAGNOSTIC.matcher(line);
                if (line.startsWith("= ")) {
                    result = Optional.of(line.substring(2));
                } else if (diagnostic.matches()) {
                    diagnostics.add(new Expected(
                            diagnostic.group(1).equals("!"),
                            diagnostic.group(2),
                            Optional.ofNullable(diagnostic.group(3)).map(l -> l + ":" + diagnostic.group(4)),
                            Optional.ofNullable(diagnostic.group(5))));
                } else {
                    expression.add(line);
                }
            }
            if (expression.size() > 1 && expression.getFirst().isEmpty()) {
                expression.removeFirst();
            }
            boolean accepted = evaluated || head.group(4).equals("accept");
            if (evaluated && result.isEmpty() || !accepted && diagnostics.isEmpty()) {
                throw new IllegalArgumentException(
                        file.getFileName() + ":" + (start + 1) + ": nothing is expected of " + expression);
            }
            cases.add(new Case(
                    start + 1,
                    now,
                    String.join("\n", expression),
                    Optional.ofNullable(head.group(2)),
                    evaluated ? head.group(1).equals("segment") : head.group(5) != null,
                    accepted,
                    result,
                    diagnostics));
            return end;
        }
    }
}
