package dev.pequel.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of Markdown with files and commands, and what the commands write. A file is a line with nothing but its name in
 * backticks and a colon, followed by its content; commands are in blocks of the language {@code console}. The whole page is run
 * in its order, in a directory of its own. Ids that the page does not have are shown as {@code ...}.
 */
final class CommandSession {

    private static final Pattern BLOCK =
            Pattern.compile("(?m)(?:^`([^`\\n]+)`:\\n\\n)?^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path directory;
    private final Map<String, String> replacements;
    private final Map<String, String> environment;
    private int status;

    /**
     * @param replacements texts of the page, and what they stand for here
     * @param environment the variables
     */
    CommandSession(Path directory, Map<String, String> replacements, Map<String, String> environment) {
        this.directory = directory;
        this.replacements = replacements;
        this.environment = environment;
    }

    /** Runs a page, and returns it with what is really written. */
    String run(String page) throws IOException {
        StringBuilder run = new StringBuilder();
        Matcher block = BLOCK.matcher(page);
        int end = 0;
        while (block.find()) {
            if (block.group(1) != null) {
                Path file = directory.resolve(block.group(1));
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.group(3));
            } else if (block.group(2).equals("console")) {
                run.append(page, end, block.start(3));
                for (String line : block.group(3).lines().toList()) {
                    if (line.startsWith("$ ")) {
                        run.append(line)
                                .append('\n')
                                .append(ID.matcher(output(line.substring(2)))
                                        .replaceAll(id -> page.contains(id.group()) ? id.group() : "..."));
                    }
                }
                end = block.end(3);
            }
        }
        return run.append(page.substring(end)).toString();
    }

    private String output(String command) throws IOException {
        if (command.equals("echo $?")) {
            return status + "\n";
        }
        if (command.startsWith("rm ")) {
            Files.delete(directory.resolve(command.substring(3)));
            return "";
        }
        List<String> words = new ArrayList<>(Arrays.asList(command.split(" +")));
        assertEquals("pequel", words.removeFirst(), command);
        InputStream in = InputStream.nullInputStream();
        if (words.contains("<")) {
            in = new ByteArrayInputStream(Files.readAllBytes(directory.resolve(words.removeLast())));
            words.removeLast();
        }
        String[] arguments = words.stream().map(this::argument).toArray(String[]::new);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        status = Commands.run(Terminal.of(in, output, output, environment), arguments);
        String text = output.toString(StandardCharsets.UTF_8).replace(directory + "/", "");
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            text = text.replace(replacement.getValue(), replacement.getKey());
        }
        return text;
    }

    private String argument(String word) {
        String argument = word;
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            argument = argument.replace(replacement.getKey(), replacement.getValue());
        }
        return argument.contains(".") || Files.exists(directory.resolve(argument))
                ? argument.contains(":")
                        ? argument
                        : directory.resolve(argument).toString()
                : argument;
    }
}
