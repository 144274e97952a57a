package dev.pequel.audience;

import dev.pequel.expression.ExpressionDocument;
import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinition.Evaluated;
import dev.pequel.segmentation.SegmentDefinition.External;
import dev.pequel.segmentation.SegmentDefinition.Source;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Audiences as segmentation sees them. */
@ApplicationScoped
class AudienceDefinitions implements SegmentDefinitions {

    private static final String EXTERNAL_REVISION = "external";

    private final AudienceRepository audiences;
    private final Sandboxes sandboxes;

    AudienceDefinitions(AudienceRepository audiences, Sandboxes sandboxes) {
        this.audiences = audiences;
        this.sandboxes = sandboxes;
    }

    /** The audience in the version that is given. */
    static SegmentDefinition of(Audience audience) {
        Source source = audience.type.isExternal()
                ? new External()
                : new Evaluated(
                        new ExpressionDocument(
                                audience.expressionType, audience.expressionFormat, audience.expressionValue),
                        audience.mergePolicyId,
                        Set.of(audience.dependencies));
        return new SegmentDefinition(audience.id, revision(source), audience.creationTime, source);
    }

    @Override
    public List<SegmentDefinition> all(Tenant tenant) {
        return sandboxes
                .find(tenant)
                .map(sandbox -> committed(() -> audiences.list(sandbox)))
                .orElse(List.of());
    }

    @Override
    public List<SegmentDefinition> some(Tenant tenant, Collection<UUID> ids) {
        return sandboxes
                .find(tenant)
                .map(sandbox -> committed(() -> audiences.find(sandbox, ids).stream()
                        .map(StoredAudience::audience)
                        .toList()))
                .orElse(List.of());
    }

    /** A transaction of its own has a session of its own, which remembers no earlier version. */
    private static List<SegmentDefinition> committed(Callable<List<Audience>> reading) {
        return QuarkusTransaction.requiringNew().call(reading).stream()
                .map(AudienceDefinitions::of)
                .toList();
    }

    /** The same for the same expression, so that numbers stay when only a name changes. */
    private static String revision(Source source) {
        return switch (source) {
            case External external -> EXTERNAL_REVISION;
            case Evaluated evaluated -> {
                String all = String.join(
                        "\n",
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
