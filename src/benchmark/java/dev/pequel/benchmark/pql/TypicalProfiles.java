package dev.pequel.benchmark.pql;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.column.ColumnBuilder;
import dev.pequel.column.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The same profiles for every engine: as columns, and as maps of maps. */
record TypicalProfiles(Snapshot snapshot, List<Map<String, Object>> maps) {

    static final int SIZE = 1000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COUNTRIES = List.of("US", "CA", "DE", "FR", "GB", "IN", "JP", "BR");
    private static final List<String> EVENT_TYPES = List.of(
            "web.webpagedetails.pageViews",
            "commerce.productViews",
            "commerce.checkouts",
            "commerce.purchases",
            "homePageView",
            "addToCart");

    static TypicalProfiles generate() throws IOException {
        Random random = new Random(1);
        ColumnBuilder builder = new ColumnBuilder();
        List<Map<String, Object>> maps = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            Map<String, Object> profile = profile(i, random);
            maps.add(profile);
            try (JsonParser json = JSON.createParser(JSON.writeValueAsBytes(profile))) {
                json.nextToken();
                builder.append(json);
            }
        }
        return new TypicalProfiles(Snapshot.ofProfiles(builder.build()), maps);
    }

    private static Map<String, Object> profile(int i, Random random) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int e = random.nextInt(11); e > 0; e--) {
            events.add(event(random));
        }
        return Map.of(
                "person",
                Map.of(
                        "name",
                        Map.of("firstName", "F" + random.nextInt(2000)),
                        "birthYear",
                        1940L + random.nextInt(68)),
                "homeAddress",
                Map.of("countryCode", any(COUNTRIES, random)),
                "workAddress",
                Map.of("countryCode", any(COUNTRIES, random)),
                "personalEmail",
                Map.of("address", "u" + i + "@ex" + random.nextInt(50) + ".com"),
                "loyalty",
                Map.of("points", (double) random.nextInt(10_000)),
                "xEvent",
                events);
    }

    private static Map<String, Object> event(Random random) {
        String type = any(EVENT_TYPES, random);
        if (!type.equals("commerce.purchases")) {
            return Map.of("eventType", type);
        }
        return Map.of(
                "eventType",
                type,
                "commerce",
                Map.of("order", Map.of("priceTotal", random.nextInt(50_000) / 100.0)),
                "productListItems",
                List.of(Map.of("SKU", "S" + random.nextInt(200)), Map.of("SKU", "S" + random.nextInt(200))));
    }

    private static String any(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
