package dev.pequel.tenant;

import dev.pequel.error.Forbidden;
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
 * The claims of a verified token that decide what it is for. Each is a string, or an array of strings where it may name
 * several. A claim of another form, {@code null} included, is malformed, and its token is refused: read as if the claim were
 * absent, a token that was meant for one sandbox would be for all of them.
 */
final class TokenClaims {

    private static final String SUBJECT = "sub";

    private final Map<String, Object> claims;

    private TokenClaims(Map<String, Object> claims) {
        this.claims = claims;
    }

    static TokenClaims of(OidcJwtCallerPrincipal token) {
        return new TokenClaims(token.getClaims().getClaimsMap());
    }

    /**
     * The names in a claim that is a string or an array of strings.
     *
     * @return empty when the token does not have the claim
     * @throws Forbidden when the claim is malformed
     */
    Optional<Set<String>> names(String claim) {
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
     * The claim {@code sub}.
     *
     * @return empty when the token does not have it
     * @throws Forbidden when it is not a string
     */
    Optional<String> subject() {
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
     * Whether there is nothing at a path through nested objects, or a string or an array of strings.
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

    /** An array's items; any other value is the only one. */
    private static Collection<?> items(Object value) {
        return value instanceof Collection<?> items ? items : Collections.singleton(value);
    }

    /** Strings in arrays and objects are of Jakarta's JSON API, others of Java. */
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
