package dev.pequel.audience.content;

import java.util.List;
import java.util.UUID;

/**
 * Content that may be stored: its expression, if it has one, is without errors, and all audiences that it refers to exist.
 *
 * @param definition what the check of the expression found out
 * @param dependencies the audiences that the expression refers to, in the order of its text
 */
public record CheckedContent(AudienceContent content, CheckedDefinition definition, List<UUID> dependencies) {

    /** The methods that evaluate a definition; none for an external audience. */
    public EvaluationChoice evaluation() {
        return definition.evaluation();
    }
}
