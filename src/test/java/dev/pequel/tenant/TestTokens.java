package dev.pequel.tenant;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** A token that names its key. */
    public static String sign(String keyId, KeyPair key, Map<String, Object> claims) {
        return Jwt.claims(claims)
                .issuer(ISSUER)
                .expiresIn(600)
                .jws()
                .keyId(keyId)
                .sign(key.getPrivate());
    }

    /** A token that names its key, signed by another algorithm than RS256. */
    public static String sign(String keyId, KeyPair key, SignatureAlgorithm algorithm, Map<String, Object> claims) {
        return Jwt.claims(claims)
                .issuer(ISSUER)
                .expiresIn(600)
                .jws()
                .keyId(keyId)
                .algorithm(algorithm)
                .sign(key.getPrivate());
    }

    /** The public halves of RSA keys by their ids, as a JWK Set. */
    public static String jwks(Map<String, KeyPair> keys) {
        return keys.entrySet().stream()
                .map(key -> {
                    RSAPublicKey half = (RSAPublicKey) key.getValue().getPublic();
                    return "{\"kty\": \"RSA\", \"kid\": \"%s\", \"use\": \"sig\", \"n\": \"%s\", \"e\": \"%s\"}"
                            .formatted(key.getKey(), base64(half.getModulus()), base64(half.getPublicExponent()));
                })
                .collect(Collectors.joining(", ", "{\"keys\": [", "]}"));
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    /** A token that is valid but for what these claims say, which are written in JSON. */
    static String signJson(String claims) {
        long now = Instant.now().getEpochSecond();
        return signWithoutTimes(
                "{\"iss\":\"" + ISSUER + "\",\"iat\":" + now + ",\"exp\":" + (now + 600) + "," + claims + "}");
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

    public static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public static KeyPair key() {
        return KEY;
    }

    /** A new RSA key. Longer keys, such as Java's default of 3072 bits, take seconds to make without the optimizing compiler. */
    public static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String publicKey() {
        return Base64.getEncoder().encodeToString(KEY.getPublic().getEncoded());
    }
}
