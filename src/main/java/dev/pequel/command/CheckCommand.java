package dev.pequel.command;

import dev.pequel.audience.AudienceValidator;
import dev.pequel.command.report.FileRule;
import dev.pequel.command.report.Finding;
import dev.pequel.command.report.ReportFormat;
import dev.pequel.command.report.SourceFile;
import dev.pequel.pql.json.JsonSchemaReader;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import dev.pequel.schema.SchemaProblems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code pequel check}: checks expressions and audiences in files without a service.
 *
 * @param schema the file with the schema of profiles; empty for the built-in one
 * @param strict whether warnings count as errors
 * @param files files and directories
 */
record CheckCommand(Optional<Path> schema, ReportFormat format, boolean strict, List<String> files) {

    int run(Terminal terminal) {
        Optional<ProfileSchema> profiles = Optional.of(BuiltInSchema.schema());
        if (schema.isPresent()) {
            profiles = readSchema(schema.get(), terminal);
        }
        if (profiles.isEmpty()) {
            return ExitStatus.TROUBLE;
        }
        AudienceFiles read = AudienceFiles.read(files, schema, terminal.in());
        CheckedFiles checked = CheckedFiles.check(read, new AudienceValidator(profiles.get()));
        terminal.print(format.write(checked.findings(), read.count()));
        read.troubles().forEach(terminal::complain);
        if (!read.troubles().isEmpty()) {
            return ExitStatus.TROUBLE;
        }
        boolean fails = strict ? !checked.findings().isEmpty() : checked.hasErrors();
        return fails ? ExitStatus.FOUND : ExitStatus.NOTHING_FOUND;
    }

    /** Returns the schema. If it is invalid, reports its errors and returns empty. */
    private Optional<ProfileSchema> readSchema(Path path, Terminal terminal) {
        JsonFile json;
        try {
            json = JsonFile.read(SourceFile.read(path));
        } catch (SourceFile.Unreadable unreadable) {
            terminal.complain(unreadable.getMessage());
            return Optional.empty();
        } catch (JsonFile.Malformed malformed) {
            terminal.print(format.write(List.of(malformed.finding()), 1));
            return Optional.empty();
        }
        List<Violation> problems = problems(json);
        if (!problems.isEmpty()) {
            terminal.print(format.write(
                    problems.stream().map(problem -> finding(json, problem)).toList(), 1));
        }
        return problems.isEmpty() ? JsonSchemaReader.read(json.value()).schema() : Optional.empty();
    }

    private static List<Violation> problems(JsonFile json) {
        try {
            return SchemaProblems.of(json.value());
        } catch (InvalidRequest invalid) {
            return invalid.violations();
        }
    }

    private static Finding finding(JsonFile json, Violation problem) {
        boolean ofWhole = problem.field().isEmpty() || problem.field().equals(SchemaProblems.WHOLE);
        return Finding.of(
                json.file(),
                JsonPlaces.of(json.located(), ofWhole ? "" : problem.field()),
                FileRule.INVALID_SCHEMA,
                (ofWhole ? "The schema: " : "`" + problem.field() + "`: ") + problem.message() + ".");
    }
}
