package dev.pequel.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pequel.audit.PropertyChange;
import dev.pequel.command.PlannedChange.Creation;
import dev.pequel.command.PlannedChange.Deletion;
import dev.pequel.command.PlannedChange.Update;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The changes that make a sandbox match files.
 *
 * @param changes in an order in which the service accepts each of them
 * @param others audiences of the sandbox that no file describes and that are kept
 * @param unchanged number of audiences that already match
 */
record Plan(List<PlannedChange> changes, List<JsonNode> others, int unchanged) {

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Returns a readable description that ends with a line break. */
    String text() {
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> text.append(text(change)));
        others.forEach(audience ->
                text.append("only in the sandbox: ").append(title(audience)).append('\n'));
        return text.append(count(Creation.class) + " to create, " + count(Update.class) + " to change, "
                        + count(Deletion.class) + " to delete, " + others.size() + " only in the sandbox, " + unchanged
                        + " unchanged\n")
                .toString();
    }

    private long count(Class<? extends PlannedChange> kind) {
        return changes.stream().filter(kind::isInstance).count();
    }

    private static String text(PlannedChange change) {
        return switch (change) {
            case Creation creation -> "create " + title(change) + "\n";
            case Update update ->
                "change " + title(change) + "\n"
                        + update.properties().stream().map(Plan::text).collect(Collectors.joining());
            case Deletion deletion -> "delete " + title(change) + "\n";
        };
    }

    /** Returns the name, id and file of an audience, as far as they exist. */
    static String title(PlannedChange change) {
        return switch (change) {
            case Creation creation ->
                quoted(creation.source().name()) + " ("
                        + creation.source().file().name() + ")";
            case Update update ->
                title(update.stored()) + " (" + update.source().file().name() + ")";
            case Deletion deletion -> title(deletion.stored());
        };
    }

    private static String title(JsonNode stored) {
        return quoted(stored.path("name").asText()) + " " + stored.path("id").asText();
    }

    private static String quoted(String name) {
        return TextNode.valueOf(name).toString();
    }

    private static String text(PropertyChange change) {
        return "  " + change.property() + "\n" + lines("- ", change.before()) + lines("+ ", change.after());
    }

    /** Returns a value with a sign before each line: strings line by line, other values as JSON. */
    private static String lines(String sign, Optional<JsonNode> value) {
        return value.map(json -> json.isTextual() ? json.textValue() : json.toString())
                .map(text -> text.lines()
                        .map(line -> "    " + sign + line.replaceAll("\\p{Cntrl}", " ") + "\n")
                        .collect(Collectors.joining()))
                .orElse("");
    }
}
