package dev.pequel.tenant;

import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The claims in which Quarkus looks for a token's roles. It makes roles of malformed ones too: it splits the JSON of an object
 * into words, passes over {@code null} in an array, and takes a string that stands where an object should be.
 */
@ApplicationScoped
class RoleClaims {

    /** A slash that is not between quotation marks. */
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

    /** Whether each of them is absent, or is a string or an array of strings. */
    boolean areWellFormed(TokenClaims claims) {
        return paths.stream().allMatch(claims::hasOnlyStringsAt);
    }
}
