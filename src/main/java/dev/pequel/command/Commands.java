package dev.pequel.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The commands of the executable, and their arguments. They are described to picocli by calls and not by annotations, and all
 * values are strings, so that a native executable needs no reflection.
 */
public final class Commands {

    private static final String HELP = "help";
    private static final String CHECK = "check";

    private static final int USAGE_WIDTH = 100;

    private final Terminal terminal;

    private Commands(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs the command that the arguments name, and returns the exit status. */
    public static int run(String... args) {
        return run(Terminal.of(System.in, System.out, System.err, System.getenv()), args);
    }

    static int run(Terminal terminal, String... args) {
        return new Commands(terminal).execute(args);
    }

    private int execute(String... args) {
        CommandLine commands = new CommandLine(pequel())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(USAGE_WIDTH)
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setExecutionStrategy(this::execute);
        return commands.execute(helpAsOption(args));
    }

    /** {@code help check} is {@code check --help}. */
    private static String[] helpAsOption(String... args) {
        return args[0].equals(HELP)
                ? Stream.concat(Arrays.stream(args).skip(1), Stream.of("--" + HELP))
                        .toArray(String[]::new)
                : args;
    }

    private int execute(ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        if (!parsed.hasSubcommand()) {
            throw new ParameterException(parsed.commandSpec().commandLine(), "Name a command.");
        }
        ParseResult command = parsed.subcommand();
        return switch (command.commandSpec().name()) {
            case CHECK -> check(command).run(terminal);
            default -> throw new IllegalStateException("no such command: " + command.commandSpec());
        };
    }

    // ---- Descriptions

    private static CommandSpec pequel() {
        CommandSpec pequel = command("pequel")
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version.")
                        .build())
                .version("pequel " + version())
                .addSubcommand(CHECK, new CommandLine(describeCheck()));
        pequel.usageMessage()
                .description(
                        "Without arguments, starts the service. With a command, does that instead; no setting of the"
                                + " service is needed.")
                .footer(
                        "",
                        "`pequel health` asks the service on this machine whether it is ready.",
                        "`pequel help COMMAND` describes a command.");
        return pequel;
    }

    private static CommandSpec describeCheck() {
        CommandSpec check = command(CHECK)
                .addOption(option("--schema", "FILE")
                        .description(
                                "The schema of profiles, as PUT /config/schema takes it. Without it the built-in one applies.")
                        .build())
                .addOption(option("--format", "FORMAT")
                        .defaultValue(ReportFormat.TEXT.word())
                        .description("How findings are written: " + formats() + ". Default: ${DEFAULT-VALUE}.")
                        .build())
                .addOption(flag("--strict", "Warnings count as errors."))
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .arity("1..*")
                        .required(true)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(
                                "Files, and directories with files, whose names end in .pql (one expression) or .json"
                                        + " (audiences). `-` reads an expression from the standard input.")
                        .build());
        check.usageMessage()
                .description("Checks expressions and audiences as the service does, without a service.")
                .footer(
                        "",
                        "Exit status: 0 if there are no errors, 1 if there are, 2 if not everything could be read.");
        return check;
    }

    private static CommandSpec command(String name) {
        return CommandSpec.create()
                .name(name)
                .addOption(OptionSpec.builder("-h", "--" + HELP)
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
    }

    private static OptionSpec.Builder option(String name, String label) {
        return OptionSpec.builder(name).paramLabel(label).type(String.class);
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    private static String formats() {
        return Arrays.stream(ReportFormat.values()).map(ReportFormat::word).collect(Collectors.joining(", "));
    }

    private static String version() {
        try (InputStream version = Commands.class.getResourceAsStream("version.txt")) {
            String text = version == null ? "" : new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
            // Maven fills it in.
            return text.isEmpty() || text.startsWith("$") ? "of an unknown version" : text;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    // ---- Arguments

    private static CheckCommand check(ParseResult arguments) {
        String format = text(arguments, "--format").orElseThrow();
        return new CheckCommand(
                text(arguments, "--schema").map(Path::of),
                ReportFormat.of(format)
                        .orElseThrow(
                                () -> wrong(arguments, "--format must be one of " + formats() + ", but is " + format)),
                arguments.hasMatchedOption("--strict"),
                arguments.matchedPositionalValue(0, List.of()));
    }

    private static Optional<String> text(ParseResult arguments, String option) {
        return Optional.ofNullable(arguments.commandSpec().findOption(option).<String>getValue());
    }

    private static ParameterException wrong(ParseResult arguments, String message) {
        return new ParameterException(arguments.commandSpec().commandLine(), message);
    }
}
