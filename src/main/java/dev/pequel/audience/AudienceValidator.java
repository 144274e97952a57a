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
 * Checks audiences as {@code POST /audiences} does, but without a database: against a given schema and with the default
 * limits. The caller checks whether the audiences that an expression refers to exist.
 */
public final class AudienceValidator {

    /** The namespace of an audience that does not name one. */
    public static final String DEFAULT_NAMESPACE = ContentReader.DEFAULT_NAMESPACE;

    private final ContentReader reader = new ContentReader(ContentLimits.DEFAULT);
    private final ExpressionChecker expressions = new ExpressionChecker(Limits.DEFAULT);
    private final ProfileSchema schema;

    public AudienceValidator(ProfileSchema schema) {
        this.schema = schema;
    }

    /** Checks the expression of an audience. */
    public CheckResult check(ExpressionDocument expression) {
        return expressions.examine(schema, expression, Purpose.SEGMENT);
    }

    /** Checks a new audience. */
    public ValidatedAudience validate(JsonNode body) {
        return validate(body, Optional.empty());
    }

    /**
     * Checks an audience that overwrites another, as {@code PUT /audiences/{id}} does.
     *
     * @param present the stored audience, as the service returns it
     */
    public ValidatedAudience validate(JsonNode body, JsonNode present) {
        try {
            return validate(body, Optional.of(reader.read(present)));
        } catch (InvalidRequest beyondLimits) {
            // The limits of the service are higher than the defaults.
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

    /** Also checks the expression, so that its errors are reported together with those of other properties. */
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
