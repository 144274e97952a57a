package dev.pequel.audience;

import dev.pequel.audience.AudienceContent.Definition;
import dev.pequel.audience.AudienceContent.External;
import dev.pequel.tenant.Sandbox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An audience as it is stored.
 *
 * @param etag another one with every change
 * @param evaluation the methods to evaluate a definition with, whether chosen or derived; none for an external audience
 * @param dependencies the audiences that a definition's expression refers to, in the order of its text
 * @param creationTime to the millisecond, like {@code updateTime}
 */
record Audience(
        UUID id,
        Sandbox sandbox,
        UUID etag,
        AudienceContent content,
        EvaluationChoice evaluation,
        List<UUID> dependencies,
        String createdBy,
        Instant creationTime,
        Instant updateTime) {

    /** The same audience with other content, and with another entity tag for it. */
    Audience changedTo(
            AudienceContent content, EvaluationChoice evaluation, List<UUID> dependencies, Instant updateTime) {
        return new Audience(
                id, sandbox, UUID.randomUUID(), content, evaluation, dependencies, createdBy, creationTime, updateTime);
    }

    /** The same audience, deleted. */
    Audience archived(Instant now) {
        AudienceContent archived = new AudienceContent(
                content.type(),
                content.name(),
                content.description(),
                content.namespace(),
                Lifecycle.ARCHIVED,
                content.labels(),
                content.origin());
        return changedTo(archived, evaluation, dependencies, now);
    }

    AudienceType type() {
        return content.type();
    }

    String name() {
        return content.name();
    }

    /** The id that clients know it by: their own of an external audience. */
    String audienceId() {
        return switch (content.origin()) {
            case Definition definition -> id.toString();
            case External external -> external.audienceId();
        };
    }

    /** The merge policy that a definition names, or its sandbox's. */
    String mergePolicyId(Definition definition) {
        return definition
                .mergePolicyId()
                .orElseGet(() -> sandbox.defaultMergePolicyId().toString());
    }

    /** The present version's tag as HTTP writes it, with quotes. */
    String entityTag() {
        return "\"" + etag + "\"";
    }
}
