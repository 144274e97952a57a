package dev.pequel.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.tenant.TenantSettings;
import dev.pequel.tenant.authentication.AuthenticationSettings;

/** Writes what the page must know before anybody has signed in. It contains no secrets. */
final class ConsoleConfiguration {

    private ConsoleConfiguration() {}

    static ObjectNode of(SignIn signIn, AuthenticationSettings authentication, TenantSettings tenant) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        switch (signIn) {
            case SignIn.None none -> {
                configuration.put("signIn", "none");
                // Elsewhere the name of an organization is not for callers without a token.
                tenant.defaultOrganization().ifPresent(name -> configuration.put("organization", name));
                tenant.defaultSandbox().ifPresent(name -> configuration.put("sandbox", name));
            }
            case SignIn.PastedToken pasted -> configuration.put("signIn", "token");
            case SignIn.Provider provider ->
                configuration
                        .put("signIn", "oidc")
                        .put("issuer", provider.issuer())
                        .put("clientId", provider.clientId())
                        .put("scope", provider.scope());
        }
        return configuration
                .put("needsApiKey", authentication.apiKeys().isPresent())
                .put("organizationClaim", authentication.organizationClaim())
                .put("sandboxesClaim", authentication.sandboxesClaim());
    }
}
