package dev.pequel;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that runs out of memory ends, so that whoever watches it starts it again: it does not go on to listen without working. */
@Timeout(300)
@Tag("native")
class OutOfMemoryIT {

    private static final String AUDIENCES = "/data/core/ups/audiences";
    private static final int PROFILES = 50_000;
    /** Together they are larger than the memory that the service is given. */
    private static final String NOTE = "x".repeat(2_000);

    /** What a JVM answers with {@code -XX:+ExitOnOutOfMemoryError}. A native executable has this option without being told. */
    private static final int OUT_OF_MEMORY = 3;

    @Test
    void theServiceEndsAndLosesNothing(@TempDir Path directory) throws Exception {
        try (OwnPostgresql database = new OwnPostgresql(directory)) {
            try (PackagedService service = PackagedService.start(database.settings())) {
                importProfiles(service.address());
            }

            Map<String, String> careless = new HashMap<>(database.settings());
            careless.put("pequel.snapshot.memory", "10G");
            List<String> options =
                    PackagedService.isNative() ? List.of("-Xmx64m") : List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
            try (PackagedService service = PackagedService.start(careless, options, line -> {})) {
                String address = service.address();
                Thread.ofVirtual().start(() -> define(address));
                assertEquals(OUT_OF_MEMORY, service.status());
            }

            try (PackagedService service = PackagedService.start(database.settings())) {
                String audience = define(service.address());
                PackagedService.request(service.address())
                        .queryParam("withMetrics", true)
                        .get(AUDIENCES + "/{id}", audience)
                        .then()
                        .statusCode(200)
                        .body("metrics.data.totalProfiles", equalTo(PROFILES));
            }
        }
    }

    private static void importProfiles(String address) {
        String lines = IntStream.range(0, PROFILES)
                .mapToObj(i ->
                        "{\"note\":\"%1$d %2$s\",\"identityMap\":{\"crmid\":[{\"id\":\"C%1$d\"}]}}".formatted(i, NOTE))
                .collect(Collectors.joining("\n"));
        PackagedService.request(address)
                .contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/data/core/ups/profiles/import")
                .then()
                .statusCode(200)
                .body("metrics.created", equalTo(PROFILES));
    }

    private static String define(String address) {
        return PackagedService.request(address)
                .contentType("application/json")
                .body("{\"name\": \"Everybody\", \"expression\": {\"value\": \"note like \\\"%x\\\"\"}}")
                .post(AUDIENCES)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }
}
