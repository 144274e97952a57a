package dev.pequel.audience;

import dev.pequel.audience.AudienceContent.Definition;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.Embeddable;
import java.util.Optional;

/** The columns that only segment definitions have. */
@Embeddable
class DefinitionColumns {

    String schemaName;

    Integer ttlInDays;

    String profileInstanceId;

    String expressionType;

    String expressionFormat;

    String expressionValue;

    /** The client's choice, or the sandbox's default. */
    String mergePolicyId;

    Boolean batch;

    Boolean continuous;

    Boolean synchronous;

    /** Whether the client chose the evaluation methods; otherwise they follow from the expression. */
    Boolean evaluationChosen;

    Boolean excludeOptOut;

    Boolean overridePerformanceWarnings;

    void write(Definition written, EvaluationChoice evaluation, Sandbox sandbox) {
        schemaName = written.schemaName();
        ttlInDays = written.ttlInDays();
        profileInstanceId = written.profileInstanceId();
        expressionType = written.expression().type();
        expressionFormat = written.expression().format();
        expressionValue = written.expression().value();
        mergePolicyId = written.mergePolicyId()
                .orElseGet(() -> sandbox.defaultMergePolicyId().toString());
        batch = evaluation.batch();
        continuous = evaluation.continuous();
        synchronous = evaluation.synchronous();
        evaluationChosen = written.evaluation().isPresent();
        excludeOptOut = written.excludeOptOut();
        overridePerformanceWarnings = written.overridePerformanceWarnings();
    }

    ExpressionDocument expression() {
        return new ExpressionDocument(expressionType, expressionFormat, expressionValue);
    }

    EvaluationChoice evaluation() {
        return new EvaluationChoice(batch, continuous, synchronous);
    }

    Definition content() {
        return new Definition(
                expression(),
                schemaName,
                ttlInDays,
                profileInstanceId,
                Optional.of(mergePolicyId),
                evaluationChosen ? Optional.of(evaluation()) : Optional.empty(),
                excludeOptOut,
                overridePerformanceWarnings);
    }
}
