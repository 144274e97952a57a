package dev.pequel.http;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.OwnPostgresql;
import dev.pequel.PackagedService;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators decide of a package: where health and metrics are, and whether the API is described. */
@Tag("native")
class ManagementPortIT {

    private static final String AUDIENCES = "/data/core/ups/audiences";
    private static final List<String> MANAGEMENT =
            List.of("/q/health", "/q/health/live", "/q/metrics", "/q/openapi", "/q/swagger-ui/");
    private static final Pattern PORT = Pattern.compile("available only at (http://[^ ]+?:\\d+)/q\\.");

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void whatIsForOperatorsMovesToAPortOfItsOwn() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("pequel.management.port", "0");
            settings.put("pequel.management.host", "127.0.0.1");
            StringBuffer log = new StringBuffer();
            try (PackagedService service = PackagedService.start(settings, List.of(), log::append)) {
                String api = service.address();
                String management = PORT.matcher(log)
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(log));

                for (String path : MANAGEMENT) {
                    assertEquals(200, status(management, path), path);
                    assertEquals(404, status(api, path), path);
                }
                assertEquals(200, status(api, AUDIENCES));
                for (String path : List.of("/x/../q/health", "/%71/health", "//q/health", "/q", "/q/")) {
                    assertEquals(404, status(api, path), path);
                }
                PackagedService.request(management)
                        .get(AUDIENCES)
                        .then()
                        .statusCode(404)
                        .body("type", equalTo("urn:pequel:error:not-found"));
                assertEquals(
                        new PackagedService.Ended(0, ""),
                        PackagedService.askForHealth(Map.of(
                                "pequel.management.port",
                                String.valueOf(URI.create(management).getPort()))));
            }
        }
    }

    @Test
    @Timeout(120)
    void theDescriptionOfTheApiCanBeSwitchedOff() throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("quarkus.swagger-ui.enabled", "false");
            settings.put("quarkus.smallrye-openapi.enabled", "false");
            try (PackagedService service = PackagedService.start(settings)) {
                assertEquals(404, status(service.address(), "/q/openapi"));
                assertEquals(404, status(service.address(), "/q/swagger-ui/"));
                assertEquals(200, status(service.address(), "/q/health/live"));
            }
        }
    }

    private static int status(String address, String path) {
        return PackagedService.request(address)
                .urlEncodingEnabled(false)
                .get(path)
                .statusCode();
    }
}
