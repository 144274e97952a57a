package dev.pequel.audience.store;

import dev.pequel.audience.content.AudienceContent.Definition;
import dev.pequel.audience.content.EvaluationChoice;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.Embeddable;
import java.util.Optional;

/** The columns of an audience that only segment definitions use. */
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

    /** Whether the client chose the evaluation methods; otherwise they are derived from the expression. */
    Boolean evaluationChosen;

    Boolean excludeOptOut;

    Boolean overridePerformanceWarnings;

    static DefinitionColumns of(Definition written, EvaluationChoice evaluation, Sandbox sandbox) {
        DefinitionColumns columns = new DefinitionColumns();
        columns.schemaName = written.schemaName();
        columns.ttlInDays = written.ttlInDays();
        columns.profileInstanceId = written.profileInstanceId();
        columns.expressionType = written.expression().type();
        columns.expressionFormat = written.expression().format();
        columns.expressionValue = written.expression().value();
        columns.mergePolicyId = written.mergePolicyId()
                .orElseGet(() -> sandbox.defaultMergePolicyId().toString());
        columns.batch = evaluation.batch();
        columns.continuous = evaluation.continuous();
        columns.synchronous = evaluation.synchronous();
        columns.evaluationChosen = written.evaluation().isPresent();
        columns.excludeOptOut = written.excludeOptOut();
        columns.overridePerformanceWarnings = written.overridePerformanceWarnings();
        return columns;
    }

    boolean isEqualTo(DefinitionColumns other) {
        return content().equals(other.content()) && evaluation().equals(other.evaluation());
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
