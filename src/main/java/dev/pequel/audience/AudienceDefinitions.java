package dev.pequel.audience;

import dev.pequel.segmentation.SegmentDefinition;
import dev.pequel.segmentation.SegmentDefinition.Evaluated;
import dev.pequel.segmentation.SegmentDefinition.External;
import dev.pequel.segmentation.SegmentDefinition.Source;
import dev.pequel.segmentation.SegmentDefinitions;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
        Source source = switch (audience.content().origin()) {
            case AudienceContent.External external -> new External();
            case AudienceContent.Definition definition ->
                new Evaluated(
                        definition.expression(),
                        audience.mergePolicyId(definition),
                        Set.copyOf(audience.dependencies()));
        };
        return new SegmentDefinition(audience.id(), revision(source), audience.creationTime(), source);
    }

    @Override
    public List<SegmentDefinition> all(Tenant tenant) {
        return sandboxes.find(tenant).map(audiences::list).orElse(List.of()).stream()
                .map(AudienceDefinitions::of)
                .toList();
    }

    @Override
    public List<SegmentDefinition> some(Tenant tenant, Collection<UUID> ids) {
        return sandboxes.find(tenant).map(sandbox -> audiences.some(sandbox, ids)).orElse(List.of()).stream()
                .map(AudienceDefinitions::of)
                .toList();
    }

    @Override
    public Optional<SegmentDefinition> lock(Connection connection, Tenant tenant, UUID id) throws SQLException {
        Optional<Sandbox> sandbox = sandboxes.find(tenant);
        return sandbox.isEmpty()
                ? Optional.empty()
                : audiences.lock(connection, sandbox.get(), id).map(stored -> of(stored.audience()));
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
