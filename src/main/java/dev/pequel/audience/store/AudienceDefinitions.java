package dev.pequel.audience.store;

import dev.pequel.expression.KnownAudiences;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinition.Evaluated;
import dev.pequel.segmentation.SegmentDefinition.External;
import dev.pequel.segmentation.SegmentDefinition.Paused;
import dev.pequel.segmentation.SegmentDefinition.Source;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Provides stored audiences to segmentation and to the checks of expressions. */
@ApplicationScoped
public class AudienceDefinitions implements SegmentDefinitions, KnownAudiences {

    private static final String EXTERNAL_REVISION = "external";
    private static final String PAUSED_REVISION = "paused";

    private final AudienceRepository audiences;
    private final Sandboxes sandboxes;

    AudienceDefinitions(AudienceRepository audiences, Sandboxes sandboxes) {
        this.audiences = audiences;
        this.sandboxes = sandboxes;
    }

    public static SegmentDefinition of(Audience audience) {
        Source source = source(audience);
        return new SegmentDefinition(audience.id, revision(audience, source), audience.creationTime, source);
    }

    private static Source source(Audience audience) {
        if (audience.definition == null) {
            return new External();
        }
        return audience.lifecycle.isEvaluated()
                ? new Evaluated(
                        audience.definition.expression(),
                        audience.definition.mergePolicyId,
                        Set.copyOf(audience.dependencyIds()))
                : new Paused(audience.definition.expression());
    }

    @Override
    @Transactional
    public List<SegmentDefinition> all(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .map(sandbox -> definitions(audiences.newestFirst()))
                .orElse(List.of());
    }

    @Override
    @Transactional
    public List<SegmentDefinition> some(Tenant tenant, Collection<UUID> ids) {
        return sandboxes
                .find(tenant)
                .map(sandbox -> definitions(audiences.some(ids)))
                .orElse(List.of());
    }

    @Override
    @Transactional
    public Set<UUID> existing(Tenant tenant, Set<UUID> ids) {
        return ids.isEmpty() || sandboxes.find(tenant).isEmpty()
                ? Set.of()
                : audiences.some(ids).stream().map(audience -> audience.id).collect(Collectors.toSet());
    }

    @Override
    @Transactional
    public List<SegmentDefinition> withDependents(Tenant tenant, Collection<UUID> ids) {
        return sandboxes
                .find(tenant)
                .map(sandbox -> definitions(audiences.withDependents(ids)))
                .orElse(List.of());
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Locked> lock(Tenant tenant, UUID id) {
        return sandboxes
                .find(tenant)
                .flatMap(sandbox -> audiences.lock(sandbox, id))
                .map(stored -> new Locked(of(stored.audience()), stored.audience().name));
    }

    private static List<SegmentDefinition> definitions(Collection<Audience> audiences) {
        return audiences.stream().map(AudienceDefinitions::of).toList();
    }

    /** Depends only on what decides the members, so that metrics stay valid when only a name changes. */
    private static String revision(Audience audience, Source source) {
        return switch (source) {
            case External external -> EXTERNAL_REVISION;
            case Paused paused -> PAUSED_REVISION;
            case Evaluated evaluated -> {
                String all = String.join(
                        "\n",
                        String.valueOf(audience.resumptions),
                        evaluated.expression().format(),
                        evaluated.mergePolicyId(),
                        evaluated.dependencies().stream().sorted().toList().toString(),
                        evaluated.expression().value());
                yield UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8))
                        .toString();
            }
        };
    }
}
