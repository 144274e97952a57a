package dev.pequel.tenant.authentication;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.KeyOperations;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.jwx.Headers;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * Reads the public keys that verify tokens from a JWK Set file (RFC 7517). A replaced file is read again, so that
 * keys can be rotated without a restart. If the new file cannot be read, the previous keys remain valid.
 */
final class KeyFile {

    private static final Logger LOG = Logger.getLogger(KeyFile.class);

    /** The signature algorithms of RSA keys (RFC 7518, section 3.1). */
    private static final Set<String> SIGNATURES = Set.of(
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512);

    /** Interval between checks for a replaced file. Requests check it themselves, because this is cheap. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path file;
    private final Clock clock;
    private Instant looked;
    private Version version;
    private List<SigningKey> keys;

    /**
     * A public key.
     *
     * @param id the {@code kid} of the key in tokens
     * @param algorithm the only {@code alg} of tokens that the key verifies; if empty, all algorithms of RSA
     *     signatures
     * @param thumbprint the thumbprint of the key itself (RFC 7638), which differs for another key with the same id
     * @param publicKey the key in base64
     */
    record SigningKey(Optional<String> id, Optional<String> algorithm, String thumbprint, String publicKey) {

        private boolean verifies(Optional<String> tokenAlgorithm) {
            return algorithm.isEmpty() || algorithm.equals(tokenAlgorithm);
        }
    }

    /** Identifies the content of the file, to detect a replacement. */
    private record Version(FileTime time, long size) {
        static Version of(Path file) throws IOException {
            return new Version(Files.getLastModifiedTime(file), Files.size(file));
        }
    }

    /** @throws ConfigurationException when the file cannot be read, or has no usable key */
    KeyFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            looked = clock.instant();
            version = Version.of(file);
            keys = read(file);
        } catch (IOException | JoseException e) {
            throw new ConfigurationException(
                    "The token verification keys cannot be read from the JWK Set " + file + ": " + e.getMessage(), e);
        }
    }

    /** Returns the current keys, at least one. */
    synchronized List<SigningKey> keys() {
        Instant now = clock.instant();
        if (Duration.between(looked, now).abs().compareTo(LOOK) >= 0) {
            looked = now;
            readAgain();
        }
        return keys;
    }

    /**
     * Returns the key that a token names, or the only key if the token names none; empty for a malformed token, and
     * for a token with an algorithm that its key does not allow.
     */
    Optional<SigningKey> of(String token) {
        Headers headers;
        try {
            headers = JsonWebStructure.fromCompactSerialization(token).getHeaders();
        } catch (JoseException noToken) {
            return Optional.empty();
        }
        Optional<SigningKey> named = Optional.ofNullable(headers.getObjectHeaderValue(HeaderParameterNames.KEY_ID))
                .map(this::named)
                .orElseGet(this::only);
        return named.filter(
                key -> key.verifies(Optional.ofNullable(headers.getObjectHeaderValue(HeaderParameterNames.ALGORITHM))
                        .map(String::valueOf)));
    }

    /** @param id the value in the token, which may be of any type because the token is not verified yet */
    private Optional<SigningKey> named(Object id) {
        return keys().stream()
                .filter(key -> key.id().filter(id::equals).isPresent())
                .findFirst();
    }

    private Optional<SigningKey> only() {
        List<SigningKey> all = keys();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private void readAgain() {
        try {
            Version present = Version.of(file);
            if (!present.equals(version)) {
                // Set first, so that an unreadable file is not read again until it changes.
                version = present;
                keys = read(file);
                LOG.infof("Read %d keys for tokens from %s.", keys.size(), file);
            }
        } catch (IOException | JoseException e) {
            LOG.warnf(
                    "The keys for tokens could not be reloaded from %s. The previous keys stay in use: %s",
                    file, e.getMessage());
        }
    }

    private static List<SigningKey> read(Path file) throws IOException, JoseException {
        List<JsonWebKey> all = set(Files.readString(file)).getJsonWebKeys();
        List<SigningKey> keys =
                all.stream().filter(KeyFile::isUsed).map(KeyFile::signingKey).toList();
        if (keys.isEmpty()) {
            throw new JoseException("it has no RSA key for signatures");
        }
        String others = all.stream()
                .filter(key -> !isUsed(key))
                .map(key -> key.getKeyType() + " key " + key.getKeyId())
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            LOG.warnf(
                    "%s contains keys that are not RSA keys for signatures. Tokens signed with them are refused: %s",
                    file, others);
        }
        return keys;
    }

    private static JsonWebKeySet set(String json) throws JoseException {
        try {
            return new JsonWebKeySet(json);
        } catch (ClassCastException otherTypes) {
            throw new JoseException("it is JSON, but not a JWK Set", otherTypes);
        }
    }

    /**
     * Whether a key is intended to verify signatures (RFC 7517, sections 4.2 to 4.4). Absent properties impose no
     * restriction.
     */
    private static boolean isUsed(JsonWebKey key) {
        return key instanceof RsaJsonWebKey
                && (key.getUse() == null || key.getUse().equals(Use.SIGNATURE))
                && (key.getKeyOps() == null || key.getKeyOps().contains(KeyOperations.VERIFY))
                && (key.getAlgorithm() == null || SIGNATURES.contains(key.getAlgorithm()));
    }

    private static SigningKey signingKey(JsonWebKey key) {
        return new SigningKey(
                Optional.ofNullable(key.getKeyId()),
                Optional.ofNullable(key.getAlgorithm()),
                key.calculateBase64urlEncodedThumbprint("SHA-256"),
                Base64.getEncoder()
                        .encodeToString(((RsaJsonWebKey) key).getPublicKey().getEncoded()));
    }
}
