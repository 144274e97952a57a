package dev.pequel.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.audience.AudienceValidator;
import dev.pequel.command.report.ReportFormat;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import java.util.List;
import java.util.Optional;

/**
 * {@code pequel diff}: compares the audiences of files with those of a sandbox and prints the differences.
 *
 * @param prune whether an audience that only the sandbox has counts as a difference
 * @param files files and directories
 */
record DiffCommand(ServiceAddress address, boolean prune, List<String> files) {

    /** Handles the plan after it was printed. */
    @FunctionalInterface
    interface Action {
        /** Returns the exit status. */
        int on(SandboxClient sandbox, Plan plan) throws ServiceFailure;
    }

    int run(Terminal terminal) {
        return run(terminal, (sandbox, plan) -> plan.isEmpty() ? ExitStatus.NOTHING_FOUND : ExitStatus.FOUND);
    }

    /** Prints the differences, then calls the action. The action is not called if the comparison fails. */
    int run(Terminal terminal, Action action) {
        AudienceFiles read = AudienceFiles.read(files, Optional.empty(), terminal.in());
        read.troubles().forEach(terminal::complain);
        if (!read.troubles().isEmpty()) {
            return ExitStatus.TROUBLE;
        }
        if (read.audiences().isEmpty() && read.findings().isEmpty()) {
            terminal.complain("There are no audiences in these files.");
            return ExitStatus.TROUBLE;
        }
        try (SandboxClient sandbox = new SandboxClient(address)) {
            Comparison comparison = compare(read, sandbox);
            if (comparison.hasErrors()) {
                terminal.err().print(ReportFormat.TEXT.write(comparison.findings(), read.count()));
                return ExitStatus.TROUBLE;
            }
            Plan plan = comparison.plan();
            terminal.print(plan.text());
            return action.on(sandbox, plan);
        } catch (ServiceFailure failure) {
            terminal.complain(failure.getMessage());
            return ExitStatus.TROUBLE;
        }
    }

    private Comparison compare(AudienceFiles read, SandboxClient sandbox) throws ServiceFailure {
        ProfileSchema schema = schema(sandbox.schema());
        List<JsonNode> stored = sandbox.audiences();
        return new Comparison(read, stored, new AudienceValidator(schema), sandbox.defaultMergePolicy(), prune);
    }

    private static ProfileSchema schema(Optional<JsonNode> stored) throws ServiceFailure {
        return stored.isEmpty()
                ? BuiltInSchema.schema()
                : JsonSchemaReader.read(stored.get())
                        .schema()
                        .orElseThrow(() -> new ServiceFailure("The schema of the sandbox cannot be read."));
    }
}
