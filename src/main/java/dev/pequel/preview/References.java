package dev.pequel.preview;

import dev.pequel.error.InvalidExpression;
import dev.pequel.error.RequestText;
import dev.pequel.expression.Examined;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.DiagnosticCode;
import dev.pequel.pql.type.AudienceReference;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The audiences that an expression refers to which belongs to none itself. */
@ApplicationScoped
class References {

    private final SegmentDefinitions definitions;

    References(SegmentDefinitions definitions) {
        this.definitions = definitions;
    }

    /**
     * The ids of those that exist.
     *
     * @throws InvalidExpression when one must exist and does not
     */
    Set<UUID> resolve(Tenant tenant, Examined examined) {
        List<AudienceReference> references = examined.checked().references();
        Set<UUID> named = references.stream()
                .flatMap(reference -> RequestText.id(reference.audienceId()).stream())
                .collect(Collectors.toSet());
        Set<UUID> existing = named.isEmpty()
                ? Set.of()
                : definitions.some(tenant, named).stream()
                        .map(SegmentDefinition::id)
                        .collect(Collectors.toSet());
        List<Diagnostic> refusals = new ArrayList<>();
        for (AudienceReference reference : references) {
            if (reference.required()
                    && RequestText.id(reference.audienceId())
                            .filter(existing::contains)
                            .isEmpty()) {
                refusals.add(Diagnostic.of(
                        DiagnosticCode.UNKNOWN_AUDIENCE,
                        "There is no audience with the id `" + reference.audienceId() + "` in this sandbox.",
                        reference.span()));
            }
        }
        if (!refusals.isEmpty()) {
            throw new InvalidExpression(refusals);
        }
        return existing;
    }
}
