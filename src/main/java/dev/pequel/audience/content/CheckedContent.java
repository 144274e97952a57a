package dev.pequel.audience.content;

import java.util.List;
import java.util.UUID;

/**
 * Content that can be stored: its expression, if it has one, has no errors, and all audiences that it refers to exist.
 *
 * @param definition the result of checking the expression
 * @param dependencies the audiences that the expression refers to, in the order of its text
 */
public record CheckedContent(AudienceContent content, CheckedDefinition definition, List<UUID> dependencies) {

    /** Returns the evaluation methods of a segment definition; none for an external audience. */
    public EvaluationChoice evaluation() {
        return definition.evaluation();
    }
}
