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
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * The public keys by which tokens may be signed, from a file in the form of a JWK Set (RFC 7517). A file that was replaced is
 * read again, so that keys can be exchanged without a restart; one that cannot be read then leaves the keys as they were.
 */
final class KeyFile {

    private static final Logger LOG = Logger.getLogger(KeyFile.class);

    /** So often it is looked whether the file was replaced. The file is small, so requests do it themselves. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path file;
    private final Clock clock;
    private Instant looked;
    private Version version;
    private List<SigningKey> keys;

    /**
     * @param id the {@code kid} that tokens name it by
     * @param thumbprint of the key itself (RFC 7638): another key of the same id has another
     * @param publicKey base64 of the key
     */
    record SigningKey(Optional<String> id, String thumbprint, String publicKey) {}

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

    /** The key that a token names; without a name the only one that there is. What is no token has no key. */
    Optional<SigningKey> of(String token) {
        Optional<String> id;
        try {
            id = Optional.ofNullable(
                    JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue());
        } catch (JoseException noToken) {
            return Optional.empty();
        }
        List<SigningKey> all = keys();
        return id.isEmpty() && all.size() == 1
                ? Optional.of(all.getFirst())
                : all.stream()
                        .filter(key -> id.isPresent() && key.id().equals(id))
                        .findFirst();
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
        List<JsonWebKey> all = new JsonWebKeySet(Files.readString(file)).getJsonWebKeys();
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

    private static boolean isUsed(JsonWebKey key) {
        return (key.getUse() == null || key.getUse().equals(Use.SIGNATURE)) && key instanceof RsaJsonWebKey;
    }

    private static SigningKey signingKey(JsonWebKey key) {
        return new SigningKey(
                Optional.ofNullable(key.getKeyId()),
                key.calculateBase64urlEncodedThumbprint("SHA-256"),
                Base64.getEncoder()
                        .encodeToString(((RsaJsonWebKey) key).getPublicKey().getEncoded()));
    }
}
