package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.audience.store.Audience;
import dev.pequel.audience.store.AudienceQuota;
import dev.pequel.audience.store.AudienceRepository;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.expression.ExpressionService;
import dev.pequel.expression.ReferencedAudiences;
import dev.pequel.http.request.BodyFields;
import dev.pequel.http.request.Preconditions;
import dev.pequel.http.request.RequestText;
import dev.pequel.pql.term.Purpose;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Stores audiences from files. Storing an audience again after a change overwrites it. */
@ApplicationScoped
public class AudienceStore {

    private final AudienceService service;
    private final AudienceRepository audiences;
    private final AudienceQuota quota;
    private final ExpressionService expressions;

    AudienceStore(
            AudienceService service, AudienceRepository audiences, AudienceQuota quota, ExpressionService expressions) {
        this.service = service;
        this.audiences = audiences;
        this.quota = quota;
        this.expressions = expressions;
    }

    /**
     * Creates an audience, or overwrites the existing one. The existing audience has the body's {@code id}; for a
     * body without an id it has the body's {@code audienceId}, or else its name.
     *
     * @param caller the name of the caller
     */
    @Transactional
    public void put(Tenant tenant, String caller, JsonNode body) {
        Optional<Audience> present = present(body);
        if (present.isPresent()) {
            Sandbox sandbox = quota.sandboxWithRoom(tenant);
            service.replace(sandbox, caller, present.get().id.toString(), Preconditions.NONE, body);
        } else {
            service.create(tenant, caller, body);
        }
    }

    private Optional<Audience> present(JsonNode body) {
        if (body.hasNonNull("id")) {
            return RequestText.id(body.path("id").asText()).flatMap(audiences::findByIdOptional);
        }
        String key = body.hasNonNull("audienceId") ? "audienceId" : "name";
        return audiences
                .find(key + " = ?1 order by sequence", body.path(key).asText())
                .firstResultOptional();
    }

    /**
     * Returns the ids of the audiences to which the expression of a new audience refers; empty when it cannot be
     * read.
     *
     * @param body the new audience
     */
    public Set<UUID> references(Tenant tenant, JsonNode body) {
        return ExpressionDocument.read(BodyFields.of(body, new ArrayList<>()))
                .map(expression -> ReferencedAudiences.ids(expressions
                        .examine(tenant, expression, Purpose.SEGMENT)
                        .checked()
                        .references()))
                .orElse(Set.of());
    }

    /** Returns the id of the external audience that has a word as its {@code audienceId} or name. */
    @Transactional
    public Optional<UUID> findExternal(String word) {
        return audiences.list("audienceId = ?1 or name = ?1 order by sequence", word).stream()
                .filter(audience -> audience.type.isExternal())
                .findFirst()
                .map(audience -> audience.id);
    }
}
