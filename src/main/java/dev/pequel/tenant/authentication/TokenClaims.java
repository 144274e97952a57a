package dev.pequel.tenant.authentication;

import dev.pequel.problem.Forbidden;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the claims of a verified token that decide its permissions. A claim is a string, or an array of strings if it
 * allows several values. A token with a claim of another form, including {@code null}, is refused. If the claim
 * counted as absent, a token for one sandbox would be valid for all of them.
 */
public final class TokenClaims {

    private static final String SUBJECT = "sub";

    private final Map<String, Object> claims;

    private TokenClaims(Map<String, Object> claims) {
        this.claims = claims;
    }

    public static TokenClaims of(OidcJwtCallerPrincipal token) {
        return new TokenClaims(token.getClaims().getClaimsMap());
    }

    /**
     * Returns the values of a claim that is a string or an array of strings.
     *
     * @return empty if the token does not have the claim
     * @throws Forbidden when the claim is malformed
     */
    public Optional<Set<String>> names(String claim) {
        if (!claims.containsKey(claim)) {
            return Optional.empty();
        }
        Object value = claims.get(claim);
        if (!isStrings(value)) {
            throw malformed(claim, "must be a string or an array of strings");
        }
        return Optional.of(items(value).stream().map(TokenClaims::text).collect(Collectors.toSet()));
    }

    /**
     * Returns the claim {@code sub}.
     *
     * @return empty if the token does not have the claim
     * @throws Forbidden when the claim is not a string
     */
    public Optional<String> subject() {
        if (!claims.containsKey(SUBJECT)) {
            return Optional.empty();
        }
        Object value = claims.get(SUBJECT);
        if (!isString(value)) {
            throw malformed(SUBJECT, "must be a string");
        }
        return Optional.of(text(value));
    }

    /**
     * Whether the value at a path through nested objects is absent, a string, or an array of strings.
     *
     * @param path the names of the claim and of properties below it
     */
    boolean hasOnlyStringsAt(List<String> path) {
        Map<?, ?> object = claims;
        for (String name : path.subList(0, path.size() - 1)) {
            if (!object.containsKey(name)) {
                return true;
            }
            if (!(object.get(name) instanceof Map<?, ?> below)) {
                return false;
            }
            object = below;
        }
        return !object.containsKey(path.getLast()) || isStrings(object.get(path.getLast()));
    }

    private static boolean isStrings(Object value) {
        return items(value).stream().allMatch(TokenClaims::isString);
    }

    /** Returns the items of an array, or a single value as the only item. */
    private static Collection<?> items(Object value) {
        return value instanceof Collection<?> items ? items : Collections.singleton(value);
    }

    /** Strings within arrays and objects have the type of Jakarta JSON Processing; other strings are Java strings. */
    private static boolean isString(Object value) {
        return value instanceof String || value instanceof JsonString;
    }

    private static String text(Object string) {
        return string instanceof JsonString json ? json.getString() : (String) string;
    }

    private static Forbidden malformed(String claim, String rule) {
        return new Forbidden("The token's claim `" + claim + "` is malformed; it " + rule + ".");
    }
}
