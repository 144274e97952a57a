package dev.pequel.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.AudienceList;
import dev.pequel.command.report.ExpressionSource;
import dev.pequel.command.report.FileRule;
import dev.pequel.command.report.Finding;
import dev.pequel.command.report.SourceFile;
import dev.pequel.pql.json.LocatedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The audiences read from files, with the problems found while reading them.
 *
 * <ul>
 *   <li>{@code NAME.json} contains one audience, an array of audiences, or the response of {@code GET /audiences} or
 *       {@code GET /segment/definitions}.
 *   <li>{@code NAME.pql} contains an expression. It belongs to the audience in {@code NAME.json} of the same directory
 *       if that file contains a single audience, which must not have an expression of its own. Otherwise it defines an
 *       audience with the name {@code NAME} and default values.
 * </ul>
 */
final class AudienceFiles {

    static final String STDIN = "-";

    private static final String PQL = ".pql";
    private static final String JSON = ".json";

    private final List<AudienceSource> audiences = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final Set<Path> taken = new LinkedHashSet<>();
    private int files;

    private AudienceFiles() {}

    /**
     * Reads files, and the {@code .pql} and {@code .json} files in directories.
     *
     * @param paths files and directories; {@value #STDIN} reads an expression from the standard input
     * @param except a file to skip, because it contains no audiences
     */
    static AudienceFiles read(List<String> paths, Optional<Path> except, InputStream stdin) {
        AudienceFiles files = new AudienceFiles();
        List<Path> found = new ArrayList<>();
        for (String path : paths) {
            if (path.equals(STDIN)) {
                files.readStdin(stdin);
            } else {
                found.addAll(files.find(Path.of(path)));
            }
        }
        except.ifPresent(file -> found.removeIf(one -> real(one).equals(real(file))));
        // JSON first: a JSON file can claim the PQL file of the same name.
        found.stream().filter(path -> isNamed(path, JSON)).forEach(path -> files.read(path, files::readJson));
        found.stream().filter(path -> isNamed(path, PQL)).forEach(path -> files.read(path, files::readPql));
        if (files.files == 0 && files.troubles.isEmpty()) {
            files.troubles.add("There are no files whose names end in .pql or .json.");
        }
        return files;
    }

    List<AudienceSource> audiences() {
        return audiences;
    }

    /** Returns errors in the files, such as malformed JSON. Audiences are not checked yet. */
    List<Finding> findings() {
        return findings;
    }

    /** Returns a sentence for each file or directory that could not be read. */
    List<String> troubles() {
        return troubles;
    }

    /** Returns the number of files that were read. */
    int count() {
        return files;
    }

    // ---- Finding files

    private List<Path> find(Path path) {
        if (!Files.isDirectory(path)) {
            if (!isNamed(path, PQL) && !isNamed(path, JSON)) {
                troubles.add(path + ": the name does not end in .pql or .json");
                return List.of();
            }
            return List.of(path);
        }
        try (Stream<Path> inside = Files.walk(path)) {
            return inside.filter(file -> isNamed(file, PQL) || isNamed(file, JSON))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException failed) {
            troubles.add(path + ": cannot be read: " + failed.getMessage());
            return List.of();
        }
    }

    private static boolean isNamed(Path path, String ending) {
        return path.getFileName() != null && path.getFileName().toString().endsWith(ending);
    }

    /** Returns the same path for the same file, so that a file named twice is read once. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath().normalize();
        }
    }

    // ---- Reading files

    @FunctionalInterface
    private interface Reader {
        void read(Path path, SourceFile file) throws SourceFile.Unreadable;
    }

    private void read(Path path, Reader reader) {
        if (!taken.add(real(path))) {
            return;
        }
        try {
            SourceFile file = SourceFile.read(path);
            files++;
            reader.read(path, file);
        } catch (SourceFile.Unreadable unreadable) {
            troubles.add(unreadable.getMessage());
        }
    }

    private void readStdin(InputStream stdin) {
        try {
            SourceFile file = SourceFile.read(SourceFile.STDIN, stdin);
            files++;
            addExpression("stdin", file);
        } catch (SourceFile.Unreadable unreadable) {
            troubles.add(unreadable.getMessage());
        }
    }

    private void readPql(Path path, SourceFile file) {
        addExpression(withoutEnding(path), file);
    }

    private void addExpression(String name, SourceFile file) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
        body.set("expression", expression(file));
        audiences.add(
                new AudienceSource(body, file, Optional.empty(), Optional.of(new ExpressionSource(file, 0, false))));
    }

    private static ObjectNode expression(SourceFile file) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "PQL")
                .put("format", "pql/text")
                .put("value", file.text().text().stripTrailing());
    }

    private void readJson(Path path, SourceFile file) throws SourceFile.Unreadable {
        JsonFile json;
        try {
            json = JsonFile.read(file);
        } catch (JsonFile.Malformed malformed) {
            findings.add(malformed.finding());
            return;
        }
        Optional<String> list = AudienceList.WITH_AUDIENCES.stream()
                .filter(name -> json.value().path(name).isArray())
                .findFirst();
        if (list.isPresent() && json.located() instanceof LocatedJson.Members page) {
            addAll(file, json.value().get(list.get()), page.members().get(list.get()));
        } else if (json.value().isArray()) {
            addAll(file, json.value(), json.located());
        } else {
            addOne(path, json);
        }
    }

    private void addAll(SourceFile file, JsonNode array, LocatedJson located) {
        List<LocatedJson> places = ((LocatedJson.Items) located).items();
        for (int i = 0; i < places.size(); i++) {
            add(file, array.get(i), places.get(i));
        }
    }

    private void add(SourceFile file, JsonNode body, LocatedJson place) {
        if (!body.isObject()) {
            findings.add(Finding.of(
                    file, JsonPlaces.of(place, ""), FileRule.INVALID_PROPERTY, "An audience is a JSON object."));
            return;
        }
        audiences.add(new AudienceSource(body, file, Optional.of(place), expressionIn(file, place)));
    }

    private static Optional<ExpressionSource> expressionIn(SourceFile file, LocatedJson audience) {
        return audience instanceof LocatedJson.Members properties
                        && properties.members().get("expression") instanceof LocatedJson.Members expression
                        && expression.members().get("value") instanceof LocatedJson.Text text
                ? Optional.of(new ExpressionSource(file, text.span().offset(), true))
                : Optional.empty();
    }

    /** Adds the only audience of a file. Its expression may be in the PQL file of the same name. */
    private void addOne(Path path, JsonFile json) throws SourceFile.Unreadable {
        Path beside = path.resolveSibling(withoutEnding(path) + PQL);
        if (!json.value().isObject() || !Files.exists(beside)) {
            add(json.file(), json.value(), json.located());
            return;
        }
        taken.add(real(beside));
        SourceFile file = SourceFile.read(beside);
        files++;
        if (json.value().hasNonNull("expression")) {
            findings.add(Finding.of(
                    json.file(),
                    JsonPlaces.of(json.located(), "expression"),
                    FileRule.DUPLICATE_AUDIENCE,
                    "The expression is both here and in " + file.name() + "; it must be in only one of them."));
            return;
        }
        ObjectNode body = ((ObjectNode) json.value()).deepCopy();
        body.set("expression", expression(file));
        audiences.add(new AudienceSource(
                body, json.file(), Optional.of(json.located()), Optional.of(new ExpressionSource(file, 0, false))));
    }

    private static String withoutEnding(Path path) {
        String name = path.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
