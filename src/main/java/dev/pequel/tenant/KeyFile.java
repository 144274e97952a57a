package dev.pequel.tenant;

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
 * The public keys by which tokens may be signed, from a file in the form of a JWK Set (RFC 7517). A file that was replaced is
 * read again, so that keys can be exchanged without a restart; one that cannot be read then leaves the keys as they were.
 */
final class KeyFile {

    private static final Logger LOG = Logger.getLogger(KeyFile.class);

    /** What a key of RSA may sign by (RFC 7518, section 3.1). */
    private static final Set<String> SIGNATURES = Set.of(
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512);

    /** So often it is looked whether the file was replaced. The file is small, so requests do it themselves. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path file;
    private final Clock clock;
    private Instant looked;
    private Version version;
    private List<SigningKey> keys;

    /**
     * @param id the {@code kid} that tokens name it by
     * @param algorithm the only {@code alg} of tokens that it verifies; without one it verifies those of all RSA signatures
     * @param thumbprint of the key itself (RFC 7638): another key of the same id has another
     * @param publicKey base64 of the key
     */
    record SigningKey(Optional<String> id, Optional<String> algorithm, String thumbprint, String publicKey) {

        private boolean verifies(Optional<String> tokenAlgorithm) {
            return algorithm.isEmpty() || algorithm.equals(tokenAlgorithm);
        }
    }

    /** What differs when the file was replaced. */
    private record Version(FileTime time, long size) {
        static Version of(Path file) throws IOException {
            return new Version(Files.getLastModifiedTime(file), Files.size(file));
        }
    }

    /** @throws ConfigurationException when the file is not there, or has no key that tokens may be signed by */
    KeyFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            looked = clock.instant();
            version = Version.of(file);
            keys = read(file);
        } catch (IOException | JoseException e) {
            throw new ConfigurationException(
                    "The keys of tokens cannot be read from the JWK Set " + file + ": " + e.getMessage(), e);
        }
    }

    /** All keys; never none. */
    synchronized List<SigningKey> keys() {
        Instant now = clock.instant();
        if (Duration.between(looked, now).abs().compareTo(LOOK) >= 0) {
            looked = now;
            readAgain();
        }
        return keys;
    }

    /**
     * The key that a token names; without a name the only one that there is. What is no token has no key, and neither has a
     * token that says to be signed by another algorithm than its key is for.
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

    /** @param id of any type, as nobody has looked at the token before */
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
                // Noted first: what cannot be read is not tried again until it changes.
                version = present;
                keys = read(file);
                LOG.infof("Read %d keys of tokens from %s.", keys.size(), file);
            }
        } catch (IOException | JoseException e) {
            LOG.warnf("The keys of tokens stay as they were, because %s cannot be read: %s", file, e.getMessage());
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
                    "Of %s these are not used, and tokens signed by them are refused, because only RSA keys for signatures are: %s",
                    file, others);
        }
        return keys;
    }

    private static JsonWebKeySet set(String json) throws JoseException {
        try {
            return new JsonWebKeySet(json);
        } catch (ClassCastException otherTypes) {
            throw new JoseException("it is JSON, but no JWK Set", otherTypes);
        }
    }

    /** Whether a key is there to verify signatures (RFC 7517, sections 4.2 to 4.4); what it does not say is allowed. */
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
