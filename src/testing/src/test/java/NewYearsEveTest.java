import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.testing.Pequel;
import dev.pequel.testing.PequelTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@PequelTest(seeds = "src/test/seeds", now = "2026-12-31T23:59:00Z")
class NewYearsEveTest {

    private static final String BASE = "/data/core/ups";

    @Test
    void nobodyHasBoughtInTheNewYear(Pequel pequel) throws Exception {
        assertEquals(1, profilesThatBoughtToday(pequel));

        pequel.clock().set(Instant.parse("2027-01-01T00:00:00Z"));

        assertEquals(0, profilesThatBoughtToday(pequel));
    }

    @Test
    void aPurchaseBeforeMidnightCounts(Pequel pequel) throws Exception {
        send(HttpRequest.newBuilder(pequel.url().resolve(BASE + "/events/import"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString("""
                        {"_id": "E2", "timestamp": "2026-12-31T23:58:00Z", "eventType": "commerce.purchases", \
                        "identityMap": {"email": [{"id": "alan@example.com"}]}}
                        """)));

        assertEquals(2, profilesThatBoughtToday(pequel));
    }

    private static int profilesThatBoughtToday(Pequel pequel) throws Exception {
        String audiences = send(
                HttpRequest.newBuilder(pequel.url().resolve(BASE + "/audiences?name=Bought%20today&withMetrics=true")));
        return Integer.parseInt(audiences.replaceAll("(?s).*\"totalProfiles\" ?: ?(\\d+).*", "$1"));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }
}
