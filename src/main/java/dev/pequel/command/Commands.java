package dev.pequel.command;

import dev.pequel.command.report.ReportFormat;
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
 * Parses and runs the commands of the executable: {@code check}, {@code diff} and {@code apply}. Commands are declared
 * to picocli by its programmatic API, and all option values are strings or flags, because annotations and type
 * conversion would require reflection in a native executable.
 */
public final class Commands {

    private static final String HELP = "help";
    private static final String CHECK = "check";
    private static final String DIFF = "diff";
    private static final String APPLY = "apply";

    private static final String ENVIRONMENT =
            "The token and the API key can also be set in the variables PEQUEL_TOKEN and PEQUEL_API_KEY.";

    private static final int USAGE_WIDTH = 100;

    private final Terminal terminal;

    private Commands(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Runs a command.
     *
     * @param args the name of the command and its arguments; at least one
     * @return the exit status
     */
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

    /** Turns {@code help check} into {@code check --help}. */
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
            throw new ParameterException(parsed.commandSpec().commandLine(), "A command is required.");
        }
        ParseResult command = parsed.subcommand();
        return switch (command.commandSpec().name()) {
            case CHECK -> check(command).run(terminal);
            case DIFF -> diff(command).run(terminal);
            case APPLY -> new ApplyCommand(diff(command), command.hasMatchedOption("--yes")).run(terminal);
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
                .addSubcommand(CHECK, new CommandLine(describeCheck()))
                .addSubcommand(DIFF, new CommandLine(describeDiff()))
                .addSubcommand(APPLY, new CommandLine(describeApply()));
        pequel.usageMessage()
                .description(
                        "Without arguments, starts the service. With a command, runs the command instead; commands do"
                                + " not use the settings of the service.")
                .footer(
                        "",
                        "`pequel health` checks whether the service on this machine is ready.",
                        "`pequel help COMMAND` describes a command.");
        return pequel;
    }

    private static CommandSpec describeCheck() {
        CommandSpec check = command(CHECK)
                .addOption(option("--schema", "FILE")
                        .description(
                                "The schema of profiles, in the format of PUT /config/schema. Default: the built-in schema.")
                        .build())
                .addOption(option("--format", "FORMAT")
                        .defaultValue(ReportFormat.TEXT.word())
                        .description("Output format: " + formats() + ". Default: ${DEFAULT-VALUE}.")
                        .build())
                .addOption(flag("--strict", "Treat warnings as errors."))
                .addPositional(files("Files, and directories with files, whose names end in .pql (one expression) or"
                        + " .json (audiences). `-` reads an expression from the standard input."));
        check.usageMessage()
                .description("Checks expressions and audiences as the service does, but without a service.")
                .footer(
                        "",
                        "Exit status: 0 if there are no errors, 1 if there are, 2 if not everything could be read.");
        return check;
    }

    private static CommandSpec describeDiff() {
        CommandSpec diff = describeComparison(DIFF);
        diff.usageMessage()
                .description(
                        "Compares audiences in files with those of a sandbox. Audiences are matched by id, or else by"
                                + " name. Properties missing from a file have their defaults.")
                .footer(
                        "",
                        "Exit status: 0 if there are no differences, 1 if there are, 2 if the comparison failed.",
                        ENVIRONMENT);
        return diff;
    }

    private static CommandSpec describeApply() {
        CommandSpec apply = describeComparison(APPLY)
                .addOption(flag("--yes", "Apply the changes. Without this option, they are only shown."));
        apply.usageMessage()
                .description(
                        "Changes the audiences of a sandbox to match those in files: shows the output of `diff`, and"
                                + " applies the changes with --yes. An audience that has been changed in the meantime is left"
                                + " unchanged.")
                .footer(
                        "",
                        "Exit status: 0 if there are no differences left, 1 if there are, 2 if something failed.",
                        ENVIRONMENT);
        return apply;
    }

    private static CommandSpec describeComparison(String name) {
        return command(name)
                .addOption(option("--url", "URL")
                        .required(true)
                        .description("The service, such as https://pequel.example.")
                        .build())
                .addOption(option("--organization", "NAME")
                        .description("The organization.")
                        .build())
                .addOption(
                        option("--sandbox", "NAME").description("The sandbox.").build())
                .addOption(option("--token-file", "FILE")
                        .description("A file with the bearer token.")
                        .build())
                .addOption(
                        option("--api-key", "KEY").description("The API key.").build())
                .addOption(flag("--prune", "Delete the audiences that no file describes."))
                .addPositional(files("Files and directories with audiences, as for `check`."));
    }

    private static PositionalParamSpec files(String description) {
        return PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
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
            // Maven replaces a placeholder by the version.
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

    private DiffCommand diff(ParseResult arguments) {
        try {
            return new DiffCommand(
                    ServiceAddress.of(
                            text(arguments, "--url").orElseThrow(),
                            text(arguments, "--organization"),
                            text(arguments, "--sandbox"),
                            text(arguments, "--token-file").map(Path::of),
                            text(arguments, "--api-key"),
                            terminal.environment()),
                    arguments.hasMatchedOption("--prune"),
                    arguments.matchedPositionalValue(0, List.of()));
        } catch (ServiceAddress.Unusable unusable) {
            throw wrong(arguments, unusable.getMessage());
        }
    }

    private static Optional<String> text(ParseResult arguments, String option) {
        return Optional.ofNullable(arguments.commandSpec().findOption(option).<String>getValue());
    }

    private static ParameterException wrong(ParseResult arguments, String message) {
        return new ParameterException(arguments.commandSpec().commandLine(), message);
    }
}
