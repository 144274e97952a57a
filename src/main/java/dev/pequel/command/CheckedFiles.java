package dev.pequel.command;

import dev.pequel.audience.AudienceValidator;
import dev.pequel.audience.ValidatedAudience;
import dev.pequel.audience.content.ReferenceCycle;
import dev.pequel.command.report.ExpressionSource;
import dev.pequel.command.report.FileRule;
import dev.pequel.command.report.Finding;
import dev.pequel.expression.ReferencedAudiences;
import dev.pequel.http.request.RequestText;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.Severity;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The audiences of files after each was validated and the references between them were checked.
 *
 * @param audiences the result of validating each audience, in the order of the files
 * @param findings errors and warnings, in the order of files and positions
 */
record CheckedFiles(Map<AudienceSource, ValidatedAudience> audiences, List<Finding> findings) {

    /** The audiences outside the files that an expression may refer to. */
    sealed interface Surroundings {

        /** The sandbox is not known. A reference to an audience that is not in the files is a warning. */
        record Unknown() implements Surroundings {}

        /**
         * The sandbox is known. A reference to an audience that is neither in the files nor in the sandbox is an error.
         *
         * @param references the audiences of the sandbox, each with the audiences that it refers to
         */
        record OfSandbox(Map<UUID, List<UUID>> references) implements Surroundings {}
    }

    /** Checks the audiences of files as new audiences, without knowledge of a sandbox. */
    static CheckedFiles check(AudienceFiles files, AudienceValidator validator) {
        return check(files, source -> validator.validate(source.body()), new Surroundings.Unknown());
    }

    /** @param validator validates an audience without regard to other audiences */
    static CheckedFiles check(
            AudienceFiles files, Function<AudienceSource, ValidatedAudience> validator, Surroundings surroundings) {
        Map<AudienceSource, ValidatedAudience> audiences = new LinkedHashMap<>();
        files.audiences().forEach(source -> audiences.put(source, validator.apply(source)));
        return new CheckedFiles(audiences, new Checking(audiences, surroundings).findings(files.findings()));
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(Finding::isError);
    }

    /** Returns the ids of the audiences that an audience refers to. */
    static List<UUID> references(ValidatedAudience audience) {
        return List.copyOf(ReferencedAudiences.ids(audience.references()));
    }

    private static final class Checking {

        private final Map<AudienceSource, ValidatedAudience> audiences;
        private final Surroundings surroundings;

        /** The audiences that can be referred to, each with the audiences that it refers to. */
        private final Map<UUID, List<UUID>> references = new HashMap<>();

        Checking(Map<AudienceSource, ValidatedAudience> audiences, Surroundings surroundings) {
            this.audiences = audiences;
            this.surroundings = surroundings;
            if (surroundings instanceof Surroundings.OfSandbox sandbox) {
                references.putAll(sandbox.references());
            }
            audiences.forEach((source, audience) ->
                    source.id().ifPresent(id -> references.put(id, CheckedFiles.references(audience))));
        }

        List<Finding> findings(List<Finding> ofFiles) {
            List<Finding> findings = new ArrayList<>(ofFiles);
            Set<UUID> ids = new HashSet<>();
            audiences.forEach((source, audience) -> {
                source.id()
                        .filter(id -> !ids.add(id))
                        .ifPresent(id -> findings.add(Finding.of(
                                source.file(),
                                source.span("id"),
                                FileRule.DUPLICATE_AUDIENCE,
                                "Another audience in these files has the same id `" + id + "`.")));
                add(findings, source, audience);
            });
            findings.sort(Finding.ORDER);
            return findings;
        }

        private void add(List<Finding> findings, AudienceSource source, ValidatedAudience audience) {
            for (Violation violation : audience.violations()) {
                findings.add(Finding.of(
                        source.file(),
                        source.span(violation.field()),
                        FileRule.INVALID_PROPERTY,
                        violation.field().isEmpty()
                                ? violation.message()
                                : "`" + violation.field() + "` " + violation.message() + "."));
            }
            for (String name : audience.ignored()) {
                findings.add(Finding.of(
                        source.file(),
                        source.span(name),
                        FileRule.IGNORED_PROPERTY,
                        "`" + name + "` is not a property of an audience and is ignored."));
            }
            String id = source.body().path("id").asText();
            if (!id.isEmpty() && source.id().isEmpty()) {
                findings.add(Finding.of(
                        source.file(),
                        source.span("id"),
                        FileRule.IGNORED_PROPERTY,
                        "`id` is ignored, because it is not a UUID."));
            }
            source.expression().ifPresent(expression -> {
                audience.diagnostics().forEach(diagnostic -> findings.add(Finding.of(expression, diagnostic)));
                addReferences(findings, source, expression, audience.references());
            });
        }

        private void addReferences(
                List<Finding> findings,
                AudienceSource source,
                ExpressionSource expression,
                List<AudienceReference> written) {
            switch (surroundings) {
                case Surroundings.Unknown unknown ->
                    ReferencedAudiences.unknown(written, references.keySet(), "among these files")
                            .forEach(diagnostic -> findings.add(Finding.of(expression, diagnostic, Severity.WARNING)));
                case Surroundings.OfSandbox sandbox ->
                    ReferencedAudiences.unknown(written, references.keySet(), "in these files or this sandbox")
                            .forEach(diagnostic -> findings.add(Finding.of(expression, diagnostic)));
            }
            for (AudienceReference reference : written) {
                Optional<UUID> referred = RequestText.id(reference.audienceId()).filter(references::containsKey);
                if (referred.isPresent() && source.id().isPresent()) {
                    ReferenceCycle.find(referred.get(), source.id().get(), this::references)
                            .map(circle -> Diagnostic.of(DiagnosticCode.AUDIENCE_CYCLE, circle, reference.span()))
                            .ifPresent(diagnostic -> findings.add(Finding.of(expression, diagnostic)));
                }
            }
        }

        private Map<UUID, List<UUID>> references(Collection<UUID> ids) {
            Map<UUID, List<UUID>> some = new LinkedHashMap<>();
            ids.forEach(id -> some.put(id, references.getOrDefault(id, List.of())));
            return some;
        }
    }
}
