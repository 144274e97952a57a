package dev.pequel.tenant.authentication;

import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the form of the claims in which Quarkus looks for roles. Quarkus derives roles from malformed claims too: it
 * splits the JSON of an object into words, ignores {@code null} in an array, and accepts a string in place of an
 * object.
 */
@ApplicationScoped
class RoleClaims {

    /** A slash outside quotation marks. */
    private static final Pattern SEPARATOR = Pattern.compile("/(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private final List<List<String>> paths;

    RoleClaims(OidcConfig providers) {
        OidcTenantConfig provider = OidcConfig.getDefaultTenant(providers);
        paths = provider.roles()
                .roleClaimPath()
                .map(List::stream)
                .orElseGet(() -> byDefault(provider.clientId()))
                .map(RoleClaims::names)
                .toList();
    }

    private static Stream<String> byDefault(Optional<String> client) {
        return Stream.concat(
                Stream.of("groups", "realm_access/roles"),
                client.map(id -> "resource_access/" + id + "/roles").stream());
    }

    private static List<String> names(String path) {
        return Arrays.stream(SEPARATOR.split(path.strip()))
                .map(name -> name.replace("\"", ""))
                .toList();
    }

    /** Whether each claim is absent, a string, or an array of strings. */
    boolean areWellFormed(TokenClaims claims) {
        return paths.stream().allMatch(claims::hasOnlyStringsAt);
    }
}
