package dev.pequel.tenant.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.SteppedClock;
import dev.pequel.tenant.TestTokens;
import dev.pequel.tenant.authentication.KeyFile.SigningKey;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    private static final KeyPair ONE = TestTokens.newKey();
    private static final KeyPair TWO = TestTokens.newKey();

    @TempDir
    Path directory;

    private Path file;
    private final Later clock = new Later();

    /** A clock that goes on by two seconds each time that it is looked at. */
    private static final class Later extends SteppedClock {
        @Override
        public Instant instant() {
            passes(Duration.ofSeconds(2));
            return super.instant();
        }
    }

    @BeforeEach
    void name() {
        file = directory.resolve("keys.json");
    }

    @Test
    void aTokenNamesItsKey() throws IOException {
        write(TestTokens.jwks(Map.of("1", ONE, "2", TWO)));
        KeyFile keys = new KeyFile(file, clock);

        assertEquals(Optional.of("1"), keys.of(token("1")).flatMap(SigningKey::id));
        assertEquals(Optional.of("2"), keys.of(token("2")).flatMap(SigningKey::id));
        assertEquals(Optional.empty(), keys.of(token("3")));
        assertEquals(Optional.empty(), keys.of(TestTokens.sign(Map.of())));
        assertEquals(Optional.empty(), keys.of("opaque"));
        assertEquals(Optional.empty(), keys.of("a.b.c"));
    }

    @Test
    void theOnlyKeyNeedNotBeNamed() throws IOException {
        write(TestTokens.jwks(Map.of("1", ONE)));
        KeyFile keys = new KeyFile(file, clock);

        assertEquals(Optional.of("1"), keys.of(TestTokens.sign(Map.of())).flatMap(SigningKey::id));
        assertEquals(Optional.empty(), keys.of(token("2")));
    }

    @Test
    void keysForOtherUsesAreLeftOut() throws IOException {
        String jwks = TestTokens.jwks(Map.of("1", ONE));
        String curve = """
                {"kty": "EC", "kid": "2", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                 "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}
                """;
        write(jwks.replace("]", ", " + curve + ", " + jwk(TWO).replace("\"sig\"", "\"enc\"") + "]"));

        StringBuilder log = new StringBuilder();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                log.append(new SimpleFormatter().formatMessage(line)).append(Arrays.toString(line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(KeyFile.class.getName());
        logger.addHandler(handler);
        try {
            assertEquals(1, new KeyFile(file, clock).keys().size());
        } finally {
            logger.removeHandler(handler);
        }
        // A key that is left out is a mistake that is hard to find.
        assertTrue(log.toString().contains("EC key 2, RSA key 3"), log.toString());
    }

    /** A key that says nothing is for all of these, and what says nothing but its type is for signatures. */
    @Test
    void aKeyVerifiesByItsOwnAlgorithmAlone() throws IOException {
        write(withMember(TestTokens.jwks(Map.of("1", ONE)), "\"alg\": \"RS256\""));
        KeyFile keys = new KeyFile(file, clock);
        String byAnother = TestTokens.sign("1", ONE, SignatureAlgorithm.PS256, Map.of());

        assertEquals(Optional.of("1"), keys.of(token("1")).flatMap(SigningKey::id));
        assertEquals(Optional.empty(), keys.of(byAnother));
        assertEquals(Optional.empty(), keys.of(TestTokens.sign("1", ONE, SignatureAlgorithm.RS512, Map.of())));
        assertEquals(Optional.empty(), keys.of(TestTokens.base64("{\"kid\":\"1\"}") + ".e30.AA"));
        assertEquals(Optional.empty(), keys.of(TestTokens.base64("{\"kid\":\"1\",\"alg\":7}") + ".e30.AA"));

        write(withMember(TestTokens.jwks(Map.of("1", ONE)), "\"alg\": \"PS256\""));
        assertEquals(Optional.of("1"), keys.of(byAnother).flatMap(SigningKey::id));
        assertEquals(Optional.empty(), keys.of(token("1")));

        write(TestTokens.jwks(Map.of("1", ONE)).replace("\"use\": \"sig\", ", ""));
        assertEquals(Optional.of("1"), keys.of(byAnother).flatMap(SigningKey::id));
        assertEquals(Optional.of("1"), keys.of(token("1")).flatMap(SigningKey::id));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "'key_ops': ['verify'] | true",
                "'key_ops': ['sign', 'verify'] | true",
                "'key_ops': ['sign'] | false",
                "'key_ops': ['encrypt', 'wrapKey'] | false",
                "'key_ops': [] | false",
                "'alg': 'RS512' | true",
                "'alg': 'PS384' | true",
                "'alg': 'RSA-OAEP' | false",
                "'alg': 'HS256' | false",
                "'alg': 'none' | false",
                "'alg': '' | false",
                "'alg': 7 | false",
                "'key_ops': 'verify' | false"
            })
    void aKeyIsUsedIfItIsForVerifying(String member, boolean used) throws IOException {
        String two = TestTokens.jwks(Map.of("2", TWO));
        write(withMember(TestTokens.jwks(Map.of("1", ONE)), member.replace('\'', '"'))
                .replace("]}", ", " + two.substring(two.indexOf('[') + 1)));

        assertEquals(
                used ? List.of("1", "2") : List.of("2"),
                new KeyFile(file, clock)
                        .keys().stream().map(key -> key.id().orElseThrow()).toList());
    }

    /** The set of one key, with one more member of the key. */
    private static String withMember(String jwks, String member) {
        return jwks.replace("{\"kty\"", "{" + member + ", \"kty\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "[\"1\"]", "{}"})
    void aNameThatIsNoStringNamesNoKey(String id) throws IOException {
        write(TestTokens.jwks(Map.of("1", ONE, "2", TWO)));
        String header = TestTokens.base64("{\"alg\":\"RS256\",\"kid\":" + id + "}");

        assertEquals(Optional.empty(), new KeyFile(file, clock).of(header + ".e30.AA"));
    }

    private static String jwk(KeyPair key) {
        String jwks = TestTokens.jwks(Map.of("3", key));
        return jwks.substring(jwks.indexOf('[') + 1, jwks.lastIndexOf(']'));
    }

    @Test
    void aReplacedFileIsReadAgainAndOneThatIsBrokenIsNot() throws IOException {
        write(TestTokens.jwks(Map.of("1", ONE)));
        KeyFile keys = new KeyFile(file, clock);
        String before = keys.keys().getFirst().thumbprint();

        write("{\"keys\": [");
        assertEquals(List.of(before), thumbprints(keys));
        Files.delete(file);
        assertEquals(List.of(before), thumbprints(keys));

        write(TestTokens.jwks(Map.of("1", TWO)));
        assertEquals(1, thumbprints(keys).size());
        assertTrue(!thumbprints(keys).contains(before), "another key of the same id");
    }

    private static List<String> thumbprints(KeyFile keys) {
        return keys.keys().stream().map(SigningKey::thumbprint).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "x",
                "{\"keys\": []}",
                "{\"keys\": 7}",
                "{\"keys\": [7]}",
                "{\"keys\": [null]}",
                "{\"keys\": [{\"kty\": 7}]}",
                "{\"keys\": [{\"kty\": \"RSA\"}]}",
                "{\"keys\": [{\"kty\": \"oct\", \"k\": \"AAAA\"}]}"
            })
    void withoutAKeyThereIsNoStart(String content) throws IOException {
        write(content);
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> new KeyFile(file, clock));
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    }

    @Test
    void withoutTheFileThereIsNoStart() {
        assertThrows(ConfigurationException.class, () -> new KeyFile(file, clock));
    }

    private static String token(String id) {
        return TestTokens.sign(id, ONE, Map.of());
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
    }
}
