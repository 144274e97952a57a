package dev.pequel.preview;

import dev.pequel.expression.CheckResult;
import dev.pequel.expression.KnownAudiences;
import dev.pequel.expression.ReferencedAudiences;
import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.problem.InvalidExpression;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Resolves references to audiences in an expression that does not belong to an audience. */
@ApplicationScoped
class References {

    private final KnownAudiences audiences;

    References(KnownAudiences audiences) {
        this.audiences = audiences;
    }

    /**
     * Returns the ids of the referenced audiences that exist.
     *
     * @throws InvalidExpression when a required audience does not exist
     */
    Set<UUID> resolve(Tenant tenant, CheckResult examined) {
        List<AudienceReference> references = examined.checked().references();
        Set<UUID> existing = audiences.existing(tenant, ReferencedAudiences.ids(references));
        List<Diagnostic> refusals = ReferencedAudiences.unknown(references, existing);
        if (!refusals.isEmpty()) {
            throw new InvalidExpression(refusals);
        }
        return existing;
    }
}
