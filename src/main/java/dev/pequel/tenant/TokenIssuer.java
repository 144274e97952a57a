package dev.pequel.tenant;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Whoever issues the tokens that are accepted: the default provider in the settings of {@code quarkus.oidc}. Given as a
 * provider that is found per request, because one that is set up at start would have to answer before Pequel can start.
 */
@ApplicationScoped
class TokenIssuer implements TenantConfigResolver {

    private static final Logger LOG = Logger.getLogger(TokenIssuer.class);

    private final Optional<OidcTenantConfig> issuer;
    private final boolean open;

    TokenIssuer(OidcConfig providers, AuthenticationSettings settings) {
        var provider = OidcConfig.getDefaultTenant(providers);
        boolean given = provider.authServerUrl().isPresent()
                || provider.publicKey().isPresent()
                || provider.certificateChain().trustStoreFile().isPresent();
        issuer = given
                ? Optional.of(OidcTenantConfig.builder(provider)
                        .tenantId("pequel")
                        .enableTenant()
                        .build())
                : Optional.empty();
        open = issuer.isEmpty() && settings.open();
    }

    /** Whether nobody's token is verified, and everybody may do everything. */
    boolean isOpen() {
        return open;
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> requestContext) {
        return Uni.createFrom().item(issuer.orElse(null));
    }

    void sayWhenOpen(@Observes StartupEvent started) {
        if (open) {
            LOG.warn("Nobody has to authenticate: everybody who reaches this service may do everything.");
        }
    }
}
