package dev.pequel.tenant;

import jakarta.json.JsonString;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The claims of a token that name something. */
final class TokenClaims {

    private TokenClaims() {}

    /**
     * The names in a claim that is a string or an array of strings. Whatever else is in it is no name.
     *
     * @return empty when the token does not have the claim
     */
    static Optional<Set<String>> texts(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        if (value == null) {
            return Optional.empty();
        }
        Set<String> texts = new HashSet<>();
        if (value instanceof Collection<?> values) {
            values.forEach(one -> add(texts, one));
        } else {
            add(texts, value);
        }
        return Optional.of(texts);
    }

    private static void add(Set<String> texts, Object value) {
        switch (value) {
            case String text -> texts.add(text);
            case JsonString text -> texts.add(text.getString());
            case null, default -> {}
        }
    }
}
