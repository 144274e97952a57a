package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.error.BulkErrors;
import dev.pequel.error.Conflict;
import dev.pequel.error.NotFound;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;

/** What can be done with audiences. */
@ApplicationScoped
class AudienceService {

    private static final UUID[] NONE = {};

    private final AudienceRepository audiences;
    private final Sandboxes sandboxes;
    private final ContentReader content;
    private final BulkErrors bulkErrors;
    private final Clock clock;

    AudienceService(
            AudienceRepository audiences,
            Sandboxes sandboxes,
            ContentReader content,
            BulkErrors bulkErrors,
            Clock clock) {
        this.bulkErrors = bulkErrors;
        this.audiences = audiences;
        this.sandboxes = sandboxes;
        this.content = content;
        this.clock = clock;
    }

    /** A page of audiences as the contract writes it. */
    ObjectNode list(Tenant tenant, AudienceQuery query) {
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        List<StoredAudience> page =
                sandbox.map(present -> audiences.list(present, query)).orElse(List.of());
        long total = query.limit().isEmpty()
                ? page.size()
                : sandbox.map(present -> audiences.count(present, query)).orElse(0L);
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode children = list.putArray("children");
        // Without a limit there is one page, and only the first shows it.
        if (query.limit().isPresent() || query.start() == 0) {
            page.forEach(audience -> children.add(AudienceDocument.of(audience, sandbox.orElseThrow())));
        }
        Paging.describe(list, query, total, children.size());
        return list;
    }

    /**
     * @throws NotFound when the tenant has no such audience
     */
    ObjectNode get(Tenant tenant, String id) {
        Sandbox sandbox = sandbox(tenant, id);
        return AudienceDocument.of(audiences.find(sandbox, id(id)).orElseThrow(() -> notFound(id)), sandbox);
    }

    /**
     * Several audiences by id; for each that does not exist there is an error in its place.
     *
     * @throws NotFound when the tenant has none of them
     */
    ObjectNode bulkGet(Tenant tenant, JsonNode body) {
        Set<String> ids = content.readIds(body);
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        Map<String, StoredAudience> found = sandbox
                .map(present -> audiences.find(
                        present,
                        ids.stream()
                                .flatMap(id -> Identifiers.parse(id).stream())
                                .toList()))
                .orElse(List.of())
                .stream()
                .collect(Collectors.toMap(stored -> stored.audience().id.toString(), Function.identity()));
        if (found.isEmpty()) {
            throw new NotFound("There are no audiences with the ids " + String.join(", ", ids) + ".");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode results = answer.putObject("results");
        for (String id : ids) {
            StoredAudience stored = found.get(id.toLowerCase(Locale.ROOT));
            results.set(
                    id,
                    stored == null
                            ? bulkErrors.notFound(notFound(id).getMessage())
                            : AudienceDocument.of(stored, sandbox.orElseThrow()));
        }
        return answer;
    }

    ObjectNode create(Tenant tenant, String createdBy, JsonNode body) {
        AudienceContent content = this.content.read(body);
        Sandbox sandbox = sandboxes.of(tenant);
        Instant now = now();
        Audience audience = new Audience(UUID.randomUUID(), sandbox, createdBy, now);
        audience.overwrite(content, evaluation(content), List.of(), now);
        unique(content, () -> {
            audiences.persist(audience);
            audiences.flush();
        });
        return AudienceDocument.of(new StoredAudience(audience, NONE), sandbox);
    }

    /**
     * Overwrites an audience.
     *
     * @param condition refuses the present entity tag by an exception
     */
    ObjectNode replace(Tenant tenant, String id, Consumer<UUID> condition, JsonNode body) {
        return change(tenant, id, condition, (audience, sandbox) -> content.read(body, audience.type));
    }

    /** Applies a JSON Patch to an audience, all of it or nothing. */
    ObjectNode patch(Tenant tenant, String id, Consumer<UUID> condition, JsonNode body) {
        AudiencePatch patch = AudiencePatch.of(body);
        return change(tenant, id, condition, (audience, sandbox) -> {
            ObjectNode document = AudienceDocument.of(new StoredAudience(audience, dependents(audience)), sandbox);
            JsonNode patched = patch.apply(document, audience.type, audience.evaluationChosen);
            return content.read(patched, audience.type);
        });
    }

    void archive(Tenant tenant, String id, Consumer<UUID> condition) {
        Sandbox sandbox = sandbox(tenant, id);
        QuarkusTransaction.requiringNew().run(() -> {
            Audience audience = audiences.lock(sandbox, id(id)).orElseThrow(() -> notFound(id));
            condition.accept(audience.etag);
            audience.archive(now());
        });
    }

    private ObjectNode change(
            Tenant tenant,
            String id,
            Consumer<UUID> condition,
            BiFunction<Audience, Sandbox, AudienceContent> newContent) {
        Sandbox sandbox = sandbox(tenant, id);
        return QuarkusTransaction.requiringNew().call(() -> {
            Audience audience = audiences.lock(sandbox, id(id)).orElseThrow(() -> notFound(id));
            condition.accept(audience.etag);
            AudienceContent content = newContent.apply(audience, sandbox);
            audience.overwrite(content, evaluation(content), List.of(), now());
            audiences.flush();
            return AudienceDocument.of(new StoredAudience(audience, dependents(audience)), sandbox);
        });
    }

    private UUID[] dependents(Audience audience) {
        return NONE;
    }

    private static EvaluationChoice evaluation(AudienceContent content) {
        return new EvaluationChoice(false, true, false);
    }

    private static void unique(AudienceContent content, Runnable change) {
        try {
            QuarkusTransaction.requiringNew().run(change);
        } catch (ConstraintViolationException violated) {
            if (content.origin() instanceof AudienceContent.External external) {
                throw new Conflict("`audienceId`: the namespace " + content.namespace()
                        + " already has an audience with the id " + external.audienceId());
            }
            throw violated;
        }
    }

    private Sandbox sandbox(Tenant tenant, String audienceId) {
        return sandboxes.find(tenant).orElseThrow(() -> notFound(audienceId));
    }

    private static UUID id(String text) {
        return Identifiers.parse(text).orElseThrow(() -> notFound(text));
    }

    private static NotFound notFound(String id) {
        return new NotFound("There is no audience with the id " + id + ".");
    }

    /** Times are kept to the millisecond, as clients see them. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
