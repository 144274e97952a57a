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
 * What makes a sandbox like files.
 *
 * @param changes in an order in which each can be made
 * @param others audiences of the sandbox that no file describes, and that stay
 * @param unchanged how many audiences are as the files say
 */
record Plan(List<PlannedChange> changes, List<JsonNode> others, int unchanged) {

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** For people, with a line break at its end. */
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

    /** The audience's name, id and file, as far as it has them. */
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

    /** Text as it is, line by line, other values as JSON. */
    private static String lines(String sign, Optional<JsonNode> value) {
        return value.map(json -> json.isTextual() ? json.textValue() : json.toString())
                .map(text -> text.lines()
                        .map(line -> "    " + sign + line.replaceAll("\\p{Cntrl}", " ") + "\n")
                        .collect(Collectors.joining()))
                .orElse("");
    }
}
