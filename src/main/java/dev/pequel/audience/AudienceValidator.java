package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.audience.content.AudienceContent;
import dev.pequel.audience.content.AudienceContent.Definition;
import dev.pequel.audience.content.AudienceContent.External;
import dev.pequel.audience.content.CheckedDefinition;
import dev.pequel.audience.content.ContentLimits;
import dev.pequel.audience.content.ContentReader;
import dev.pequel.audience.content.EvaluationChoice;
import dev.pequel.audience.store.AudienceField;
import dev.pequel.expression.CheckResult;
import dev.pequel.expression.ExpressionChecker;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.http.request.BodyFields;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.Limits;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.problem.InvalidExpression;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.InvalidRequest.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Checks audiences as {@code POST /audiences} does, with the limits of a service that is not configured otherwise, against a
 * schema that is at hand and without a database. Whether the audiences that an expression refers to exist is left to the caller.
 */
public final class AudienceValidator {

    /** That of an audience which names none. */
    public static final String DEFAULT_NAMESPACE = ContentReader.DEFAULT_NAMESPACE;

    private final ContentReader reader = new ContentReader(ContentLimits.DEFAULT);
    private final ExpressionChecker expressions = new ExpressionChecker(Limits.DEFAULT);
    private final ProfileSchema schema;

    public AudienceValidator(ProfileSchema schema) {
        this.schema = schema;
    }

    /** What is found out about an expression by itself. */
    public CheckResult check(ExpressionDocument expression) {
        return expressions.examine(schema, expression, Purpose.SEGMENT);
    }

    /** What is found out about a new audience. */
    public ValidatedAudience validate(JsonNode body) {
        return validate(body, Optional.empty());
    }

    /**
     * What is found out about an audience that takes the place of another.
     *
     * @param present the document of the other, as the service answers it
     */
    public ValidatedAudience validate(JsonNode body, JsonNode present) {
        try {
            return validate(body, Optional.of(reader.read(present)));
        } catch (InvalidRequest beyondLimits) {
            // The service has greater limits.
            return validate(body);
        }
    }

    private ValidatedAudience validate(JsonNode body, Optional<AudienceContent> present) {
        List<String> ignored = StreamSupport.stream(((Iterable<String>) body::fieldNames).spliterator(), false)
                .filter(name -> !AudienceField.PROPERTIES.contains(name))
                .toList();
        AudienceContent content;
        try {
            content = present.isEmpty() ? reader.read(body) : reader.read(body, present.get());
        } catch (InvalidRequest invalid) {
            return refused(body, invalid.violations(), ignored);
        }
        return switch (content.origin()) {
            case External external ->
                new ValidatedAudience(
                        List.of(),
                        ignored,
                        List.of(),
                        List.of(),
                        Optional.of(AudienceProperties.of(content, EvaluationChoice.NONE)));
            case Definition definition -> validated(content, definition, ignored);
        };
    }

    private ValidatedAudience validated(AudienceContent content, Definition definition, List<String> ignored) {
        CheckResult examined = check(definition.expression());
        List<Diagnostic> diagnostics = examined.diagnostics();
        Optional<EvaluationChoice> evaluation = definition.evaluation();
        if (!examined.hasErrors()) {
            try {
                evaluation = Optional.of(
                        CheckedDefinition.of(definition, examined.checked()).evaluation());
            } catch (InvalidExpression notEligible) {
                diagnostics = notEligible.diagnostics();
            }
        }
        return new ValidatedAudience(
                List.of(),
                ignored,
                diagnostics,
                examined.checked().references(),
                evaluation.map(methods -> AudienceProperties.of(content, methods)));
    }

    /** Other properties are wrong; what is wrong with the expression is told all the same. */
    private ValidatedAudience refused(JsonNode body, List<Violation> violations, List<String> ignored) {
        Optional<CheckResult> examined =
                ExpressionDocument.read(BodyFields.of(body, new ArrayList<>())).map(this::check);
        return new ValidatedAudience(
                violations,
                ignored,
                examined.map(CheckResult::diagnostics).orElse(List.of()),
                examined.map(found -> found.checked().references()).orElse(List.<AudienceReference>of()),
                Optional.empty());
    }
}
