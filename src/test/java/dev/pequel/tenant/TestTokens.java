package dev.pequel.tenant;

import io.smallrye.jwt.build.Jwt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Tokens as a provider of identities would sign them. */
public final class TestTokens {

    public static final String ISSUER = "https://issuer.example";

    private static final KeyPair KEY = newKey();

    private TestTokens() {}

    /** The settings of a service that accepts these tokens. */
    public static Map<String, String> settings() {
        return Map.of(
                "quarkus.oidc.public-key",
                publicKey(),
                "quarkus.oidc.token.issuer",
                ISSUER,
                "pequel.authentication.open",
                "false");
    }

    /** A token of a subject with these roles in an organization. */
    public static String token(String subject, String organization, String... roles) {
        return sign(Map.of("sub", subject, "organization", organization, "groups", List.of(roles)));
    }

    /** A token that is valid but for what its claims say. */
    public static String sign(Map<String, Object> claims) {
        return Jwt.claims(claims).issuer(ISSUER).expiresIn(600).sign(KEY.getPrivate());
    }

    /** A token with just these claims, which are written in JSON. */
    static String signWithoutTimes(String claims) {
        String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEY.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static KeyPair key() {
        return KEY;
    }

    static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String publicKey() {
        return Base64.getEncoder().encodeToString(KEY.getPublic().getEncoded());
    }
}
