package dev.pequel.tenant.authentication;

import dev.pequel.tenant.authentication.KeyFile.SigningKey;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Selects the provider that verifies the token of a request. Quarkus itself handles the provider in the settings of
 * {@code quarkus.oidc}. Instead of that, a file may list the keys that tokens are signed with. Quarkus allows one
 * local key per provider, so each key of the file is a provider, and the token's {@code kid} selects it.
 */
@ApplicationScoped
class TokenIssuer implements TenantConfigResolver {

    private static final Logger LOG = Logger.getLogger(TokenIssuer.class);

    /** The value of Quarkus for any issuer. */
    private static final String ANY_ISSUER = "any";

    private static final String SCHEME = "Bearer ";

    private final OidcConfig providers;
    private final Optional<KeyFile> keys;
    private final boolean open;

    TokenIssuer(OidcConfig providers, AuthenticationSettings settings, Clock clock) {
        this.providers = providers;
        var provider = OidcConfig.getDefaultTenant(providers);
        boolean given = provider.authServerUrl().isPresent()
                || provider.publicKey().isPresent()
                || provider.certificateChain().trustStoreFile().isPresent();
        keys = settings.jwksFile().map(file -> new KeyFile(file, clock));
        if (given && keys.isPresent()) {
            throw new ConfigurationException("Tokens are verified either by pequel.authentication.jwks-file or by"
                    + " quarkus.oidc; set only one of them.");
        }
        open = !given && keys.isEmpty() && settings.open();
    }

    @Produces
    @Singleton
    TokenVerification verification() {
        if (open) {
            return new TokenVerification.Disabled();
        }
        return OidcConfig.getDefaultTenant(providers)
                .authServerUrl()
                .<TokenVerification>map(TokenVerification.Provider::new)
                .orElseGet(TokenVerification.LocalKeys::new);
    }

    /** Whether tokens are not verified and every caller has all roles. */
    boolean isOpen() {
        return open;
    }

    /** Returns the provider for a key of the file, or null for the provider in the settings of Quarkus. */
    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> requestContext) {
        return keys.isPresent()
                ? Uni.createFrom().item(() -> signer(keys.get(), request))
                : Uni.createFrom().nullItem();
    }

    /**
     * Returns the provider for the key that the token names. Without a token, any provider responds with a challenge.
     */
    private OidcTenantConfig signer(KeyFile file, RoutingContext request) {
        String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return provider(file.keys().getFirst());
        }
        return file.of(authorization.substring(SCHEME.length()).strip())
                .map(this::provider)
                .orElseThrow(() -> new AuthenticationFailedException("The token does not name any of the keys."));
    }

    private OidcTenantConfig provider(SigningKey key) {
        return OidcTenantConfig.builder(OidcConfig.getDefaultTenant(providers))
                .tenantId("pequel-" + key.thumbprint())
                .publicKey(key.publicKey())
                .build();
    }

    void warnAtStart(@Observes StartupEvent started) {
        if (open) {
            LOG.warn("Authentication is disabled: every caller has all roles.");
        } else if (acceptsTokensForOtherServices()) {
            LOG.warn("Tokens that were issued for other services are accepted if their signature is valid. Set"
                    + " quarkus.oidc.token.audience to the audience (aud) of tokens for this service, or at least"
                    + " quarkus.oidc.token.issuer.");
        }
    }

    /** Whether neither the audience nor the issuer of tokens is set. */
    private boolean acceptsTokensForOtherServices() {
        var token = OidcConfig.getDefaultTenant(providers).token();
        return token.audience().isEmpty()
                && token.issuer().filter(issuer -> !issuer.equals(ANY_ISSUER)).isEmpty();
    }
}
