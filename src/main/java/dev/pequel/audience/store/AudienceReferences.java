package dev.pequel.audience.store;

import dev.pequel.audience.content.CheckedDefinition;
import dev.pequel.audience.content.ReferenceCycle;
import dev.pequel.expression.ReferencedAudiences;
import dev.pequel.http.request.RequestText;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.problem.Conflict;
import dev.pequel.problem.InvalidExpression;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Keeps references between the audiences of a sandbox valid: each refers to an existing audience, and there are no
 * cycles. Changes of references lock the sandbox until their transaction ends, because two concurrent changes can
 * break a reference even if each alone is valid.
 *
 * <p>Lock order: one audience, then the sandbox. This prevents deadlocks.
 */
@ApplicationScoped
public class AudienceReferences {

    private final AudienceRepository audiences;

    AudienceReferences(AudienceRepository audiences) {
        this.audiences = audiences;
    }

    /**
     * Returns the ids of the audiences that an expression refers to, in the order of its text.
     *
     * @param referring the audience that has the expression; empty for a new one
     * @throws InvalidExpression when a referenced audience does not exist in the sandbox, or a reference leads back
     *     to the audience itself
     */
    public List<UUID> resolve(Sandbox sandbox, Optional<UUID> referring, CheckedDefinition definition) {
        List<AudienceReference> references = definition.references();
        if (references.isEmpty()) {
            return List.of();
        }
        sandbox.hold();
        Set<UUID> named = ReferencedAudiences.ids(references);
        Set<UUID> existing =
                audiences.some(named).stream().map(audience -> audience.id).collect(Collectors.toSet());
        List<Diagnostic> refusals = new ArrayList<>(ReferencedAudiences.unknown(references, existing));
        for (AudienceReference reference : references) {
            Optional<UUID> id = RequestText.id(reference.audienceId()).filter(existing::contains);
            if (id.isPresent() && referring.isPresent()) {
                ReferenceCycle.find(id.get(), referring.get(), this::dependencies)
                        .ifPresent(circle ->
                                refusals.add(Diagnostic.of(DiagnosticCode.AUDIENCE_CYCLE, circle, reference.span())));
            }
        }
        if (!refusals.isEmpty()) {
            throw definition.refusal(refusals);
        }
        named.retainAll(existing);
        return List.copyOf(named);
    }

    /**
     * Checks that an audience can be deleted.
     *
     * @throws Conflict when others refer to it
     */
    public void requireNoDependents(Sandbox sandbox, UUID id) {
        sandbox.hold();
        requireNone(audiences.dependents(id), "The audience cannot be deleted while others refer to it: ");
    }

    /**
     * Checks that evaluation of an audience can stop.
     *
     * @throws Conflict when evaluated audiences refer to it
     */
    public void requireNoEvaluatedDependents(Sandbox sandbox, UUID id) {
        sandbox.hold();
        requireNone(
                audiences.dependents(id).stream()
                        .filter(dependent -> dependent.lifecycle.isEvaluated())
                        .toList(),
                "The audience cannot become inactive while active audiences refer to it: ");
    }

    /** One statement for all the audiences. */
    private Map<UUID, List<UUID>> dependencies(Collection<UUID> ids) {
        return audiences.some(ids).stream()
                .collect(Collectors.toMap(
                        audience -> audience.id, Audience::dependencyIds, (one, same) -> one, LinkedHashMap::new));
    }

    private static void requireNone(List<Audience> dependents, String refusal) {
        if (!dependents.isEmpty()) {
            throw new Conflict(refusal
                    + dependents.stream()
                            .map(dependent -> dependent.id + " (" + dependent.name + ")")
                            .collect(Collectors.joining(", ")));
        }
    }
}
