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
 * {@code pequel diff}: compares files with a sandbox.
 *
 * @param prune whether an audience that only the sandbox has is a difference
 * @param files files and directories
 */
record DiffCommand(ServiceAddress address, boolean prune, List<String> files) {

    /** What is done with a plan. */
    @FunctionalInterface
    interface Action {
        /** Returns the exit status. */
        int on(SandboxClient sandbox, Plan plan) throws ServiceFailure;
    }

    int run(Terminal terminal) {
        return run(terminal, (sandbox, plan) -> plan.isEmpty() ? ExitStatus.NOTHING_FOUND : ExitStatus.FOUND);
    }

    /** Shows the differences; where they could be found, the rest is up to the action. */
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
