package dev.pequel;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.Map;

/** Segment jobs of a packaged service that take long enough to be interrupted. */
final class SlowSegmentJobs {

    private static final String BASE = "/data/core/ups";

    private SlowSegmentJobs() {}

    /** A service on the database with five thousand sample profiles and no jobs but those that are asked for. */
    static Map<String, String> settings(OwnPostgresql database) {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.put("pequel.sample.enabled", "true");
        settings.put("pequel.sample.profiles", "5000");
        settings.put("pequel.segmentation.schedule", "off");
        return settings;
    }

    /** An audience that takes its time: all triples of a profile's events are looked at. */
    static void define(String address, int number) {
        PackagedService.request(address)
                .contentType(ContentType.JSON)
                .body("""
                        {"name": "A%1$d", "expression": {"value":
                          "select A from xEvent, B from xEvent, C from xEvent where A.commerce.order.priceTotal + B.commerce.order.priceTotal + C.commerce.order.priceTotal > %1$d000000"}}
                        """.formatted(number + 1))
                .post(BASE + "/audiences")
                .then()
                .statusCode(200);
    }

    static JsonPath job(String address, String id) {
        return PackagedService.request(address)
                .get(BASE + "/segment/jobs/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
