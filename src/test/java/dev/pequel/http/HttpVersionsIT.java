package dev.pequel.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.OwnPostgresql;
import dev.pequel.PackagedService;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which versions of HTTP the packaged service speaks, with TLS and without. */
@Tag("native")
class HttpVersionsIT {

    private static final String PASSWORD = "changeit";
    private static final Pattern SECURE = Pattern.compile("https://[^\\s:]+:(\\d+)");

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void http2IsSpokenWithTlsAndWithoutItIfThatIsAskedFor() throws Exception {
        Path keys = keyStore();
        try (OwnPostgresql database = new OwnPostgresql(directory.resolve("postgresql"))) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("quarkus.http.ssl.certificate.key-store-file", keys.toString());
            settings.put("quarkus.http.ssl.certificate.key-store-password", PASSWORD);
            settings.put("quarkus.http.ssl-port", "0");
            StringBuffer log = new StringBuffer();
            try (PackagedService service = PackagedService.start(settings, List.of(), log::append)) {
                URI plain = URI.create(service.address());
                assertEquals(HttpClient.Version.HTTP_1_1, version(HttpClient.newHttpClient(), plain));
                assertFalse(CleartextHttp2Test.speaksHttp2AtOnce(plain));
                assertEquals(HttpClient.Version.HTTP_2, version(trusting(keys), secure(log)));
            }
            settings.put("pequel.request.cleartext-http2", "true");
            try (PackagedService service = PackagedService.start(settings)) {
                URI plain = URI.create(service.address());
                assertEquals(HttpClient.Version.HTTP_2, version(HttpClient.newHttpClient(), plain));
                assertTrue(CleartextHttp2Test.speaksHttp2AtOnce(plain));
            }
        }
    }

    private static HttpClient.Version version(HttpClient client, URI service) throws Exception {
        return CleartextHttp2Test.send(client, service).version();
    }

    private static URI secure(StringBuffer log) {
        String port = SECURE.matcher(log)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(log));
        return URI.create("https://localhost:" + port);
    }

    /** A key and its certificate, which is signed by nobody else. */
    private Path keyStore() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertEquals(0, keytool.waitFor());
        return file;
    }

    private static HttpClient trusting(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "localhost", store.getCertificate(store.aliases().nextElement()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
