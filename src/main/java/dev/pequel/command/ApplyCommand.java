package dev.pequel.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.command.PlannedChange.Creation;
import dev.pequel.command.PlannedChange.Deletion;
import dev.pequel.command.PlannedChange.Update;
import dev.pequel.command.report.TextReport;

/**
 * {@code pequel apply}: changes the audiences of a sandbox to match files.
 *
 * @param diff the comparison that determines the changes
 * @param confirmed whether the changes are made; otherwise they are only shown
 */
record ApplyCommand(DiffCommand diff, boolean confirmed) {

    int run(Terminal terminal) {
        return diff.run(terminal, (sandbox, plan) -> {
            if (plan.isEmpty()) {
                return ExitStatus.NOTHING_FOUND;
            }
            if (!confirmed) {
                terminal.print("Nothing was changed; use --yes to apply these changes.\n");
                return ExitStatus.FOUND;
            }
            return apply(sandbox, plan, terminal);
        });
    }

    /** Makes the changes in order and stops at the first failure. Returns the exit status. */
    static int apply(SandboxClient sandbox, Plan plan, Terminal terminal) {
        int made = 0;
        for (PlannedChange change : plan.changes()) {
            try {
                make(sandbox, change);
            } catch (ServiceFailure failure) {
                terminal.complain(Plan.title(change) + ": " + failure.getMessage());
                terminal.complain(made + " of " + plan.changes().size() + " changes were made.");
                return ExitStatus.TROUBLE;
            }
            made++;
        }
        terminal.print(TextReport.counted(made, "change") + " made.\n");
        return ExitStatus.NOTHING_FOUND;
    }

    private static void make(SandboxClient sandbox, PlannedChange change) throws ServiceFailure {
        switch (change) {
            case Creation creation -> create(sandbox, creation.source());
            case Update update ->
                sandbox.replace(
                        id(update.stored()),
                        version(update.stored()),
                        update.source().body());
            case Deletion deletion -> sandbox.delete(id(deletion.stored()), version(deletion.stored()));
        }
    }

    /**
     * Creates an audience. If the sandbox assigns another id than the file has, because that id is or was in use, the
     * new audience is deleted again: otherwise each run would create one more.
     */
    private static void create(SandboxClient sandbox, AudienceSource source) throws ServiceFailure {
        JsonNode created = sandbox.create(source.body());
        if (source.id().isPresent() && !source.id().get().toString().equals(id(created))) {
            sandbox.delete(id(created), version(created));
            throw new ServiceFailure("The sandbox has or had an audience with the id "
                    + source.id().get()
                    + ", and an id cannot be reused. Nothing was created; give the audience another id.");
        }
    }

    private static String id(JsonNode audience) {
        return audience.path("id").asText();
    }

    private static String version(JsonNode audience) {
        return audience.path("_etag").asText();
    }
}
