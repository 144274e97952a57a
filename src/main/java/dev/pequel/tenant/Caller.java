package dev.pequel.tenant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pequel.problem.Forbidden;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.tenant.authentication.TokenClaims;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthorizationController;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The caller of the current request: its tenant from the headers, checked against its token, and its name. */
@RequestScoped
public class Caller {

    public static final String ORGANIZATION = "x-gw-ims-org-id";
    public static final String SANDBOX = "x-sandbox-name";
    static final String API_KEY = "x-api-key";

    private static final Pattern NAME_FORM = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,256}");
    private static final JsonFactory JSON = new JsonFactory();

    private final HttpHeaders headers;
    private final SecurityIdentity identity;
    private final AuthorizationController authorization;
    private final CallerSettings settings;
    private Optional<Tenant> tenant = Optional.empty();

    Caller(
            HttpHeaders headers,
            SecurityIdentity identity,
            AuthorizationController authorization,
            CallerSettings settings) {
        this.headers = headers;
        this.identity = identity;
        this.authorization = authorization;
        this.settings = settings;
    }

    /**
     * Returns the organization and sandbox of the request.
     *
     * @throws InvalidRequest when a header is malformed, is sent twice, or is missing and has no default
     * @throws Forbidden when the token does not allow the tenant, or the API key is not accepted
     */
    public Tenant tenant() {
        if (tenant.isEmpty()) {
            Tenant named = new Tenant(
                    header(
                            ORGANIZATION,
                            Tenant.ORGANIZATION_FORM,
                            settings.tenant().defaultOrganization()),
                    header(SANDBOX, Tenant.SANDBOX_FORM, settings.tenant().defaultSandbox()));
            requireApiKey();
            if (isKnown()) {
                requireTenant(
                        claims().orElseThrow(() -> new Forbidden(
                                "The token is not a JSON Web Token and therefore contains no organization.")),
                        named);
            }
            tenant = Optional.of(named);
        }
        return tenant.get();
    }

    /** Whether the caller has a role. If the service is open, every caller has all roles. */
    public boolean has(String role) {
        return !authorization.isAuthorizationEnabled() || identity.hasRole(role);
    }

    /**
     * Returns the name to record for changes: the subject of the bearer token, or the API key, or a configured name.
     * If API keys grant access, they are secrets and are not used as names. If the service is open, the subject comes
     * from an unverified token; it is recorded but grants nothing.
     */
    public String name() {
        return claims().flatMap(TokenClaims::subject)
                .or(() -> Optional.ofNullable(headers.getHeaderString(HttpHeaders.AUTHORIZATION))
                        .flatMap(Caller::subject))
                .or(() -> settings.authentication().apiKeys().isPresent()
                        ? Optional.empty()
                        : Optional.ofNullable(headers.getHeaderString(API_KEY)))
                .filter(name -> NAME_FORM.matcher(name).matches())
                .orElseGet(settings.tenant()::defaultCaller);
    }

    /**
     * Whether the caller is authenticated. The order of the conditions matters: the first use of the identity
     * authenticates.
     */
    private boolean isKnown() {
        return authorization.isAuthorizationEnabled() && !identity.isAnonymous();
    }

    /** Returns the claims of the verified token; empty if the service is open. */
    private Optional<TokenClaims> claims() {
        return isKnown() && identity.getPrincipal() instanceof OidcJwtCallerPrincipal verified
                ? Optional.of(TokenClaims.of(verified))
                : Optional.empty();
    }

    private void requireApiKey() {
        settings.authentication().apiKeys().ifPresent(accepted -> {
            String key = headers.getHeaderString(API_KEY);
            if (key == null || !accepted.contains(key)) {
                throw new Forbidden("`" + API_KEY + "`: this header must contain a key that this service accepts");
            }
        });
    }

    private void requireTenant(TokenClaims claims, Tenant named) {
        String organizationClaim = settings.authentication().organizationClaim();
        Set<String> organizations = claims.names(organizationClaim)
                .orElseThrow(() -> new Forbidden(
                        "The token contains no organization; it must have the claim `" + organizationClaim + "`."));
        if (!organizations.contains(named.organization())) {
            throw new Forbidden(
                    "`" + ORGANIZATION + "`: the token is not for the organization " + named.organization());
        }
        claims.names(settings.authentication().sandboxesClaim())
                .filter(sandboxes -> !sandboxes.contains(named.sandbox()))
                .ifPresent(sandboxes -> {
                    throw new Forbidden("`" + SANDBOX + "`: the token is not for the sandbox " + named.sandbox());
                });
        // Refuses a malformed subject now rather than at the first recorded change.
        claims.subject();
    }

    private String header(String name, Pattern form, Optional<String> fallback) {
        List<String> values = headers.getRequestHeader(name);
        if (values == null || values.isEmpty()) {
            return fallback.orElseThrow(() -> new InvalidRequest(name, "this header is required"));
        }
        if (values.size() > 1) {
            throw new InvalidRequest(name, "this header was sent " + values.size() + " times");
        }
        String value = values.getFirst().strip();
        if (!form.matcher(value).matches()) {
            throw new InvalidRequest(
                    name,
                    "this header must start with a letter or digit, followed by at most 255 letters, digits and "
                            + (form == Tenant.SANDBOX_FORM ? "`.`, `_`, `-`" : "`@`, `.`, `_`, `:`, `+`, `-`"));
        }
        return value;
    }

    /** Reads the claim {@code sub} of an unverified JSON Web Token (RFC 7519); empty for any other kind of token. */
    private static Optional<String> subject(String authorization) {
        String[] words = authorization.strip().split(" +", 2);
        if (words.length < 2 || !words[0].equalsIgnoreCase("Bearer")) {
            return Optional.empty();
        }
        String[] parts = words[1].split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try (JsonParser claims = JSON.createParser(Base64.getUrlDecoder().decode(parts[1]))) {
            if (claims.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (claims.nextToken() == JsonToken.FIELD_NAME) {
                boolean subject = claims.currentName().equals("sub");
                if (claims.nextToken() == JsonToken.VALUE_STRING && subject) {
                    return Optional.of(claims.getText());
                }
                claims.skipChildren();
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException notAJsonWebToken) {
            return Optional.empty();
        }
    }
}
