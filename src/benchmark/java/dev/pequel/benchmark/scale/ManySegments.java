package dev.pequel.benchmark.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * As many different segments as wanted, of the kinds that marketers write: one to three conditions each, half of them
 * on events, with constants that occur in the sample population. The same seed gives the same segments.
 */
final class ManySegments {

    private static final List<String> COUNTRIES = List.of("US", "CA", "GB", "DE", "FR", "ES", "IT", "NL", "AU", "JP");
    private static final List<String> CITIES =
            List.of("San Jose", "New York", "Austin", "London", "Berlin", "Paris", "Madrid", "Roma", "Tokyo", "Sydney");
    private static final List<String> TIERS = List.of("bronze", "silver", "gold", "platinum");
    private static final List<String> EVENTS = List.of(
            "web.webpagedetails.pageViews",
            "commerce.productViews",
            "commerce.productListAdds",
            "commerce.checkouts",
            "commerce.purchases");
    private static final List<String> PRODUCTS =
            List.of("SH-100", "SH-300", "JK-100", "JK-200", "SK-100", "BP-100", "TN-100", "TN-200", "WT-100", "GC-025");
    private static final List<String> DEVICES = List.of("mobile", "desktop", "tablet");
    private static final List<String> LETTERS = List.of("A", "B", "C", "D", "E", "J", "L", "M", "N", "S");

    private final RandomGenerator dice;

    private ManySegments(RandomGenerator dice) {
        this.dice = dice;
    }

    static List<String> generate(RandomGenerator dice, int count) {
        ManySegments segments = new ManySegments(dice);
        List<String> all = new ArrayList<>(count);
        while (all.size() < count) {
            all.add(segments.segment());
        }
        return all;
    }

    private String segment() {
        List<String> conditions = new ArrayList<>();
        int count = between(1, 3);
        for (int i = 0; i < count; i++) {
            conditions.add(dice.nextBoolean() ? onProfile() : onEvents());
        }
        return String.join(dice.nextInt(4) == 0 ? " or " : " and ", conditions);
    }

    private String onProfile() {
        return switch (dice.nextInt(8)) {
            case 0 -> "homeAddress.countryCode = \"%s\"".formatted(oneOf(COUNTRIES));
            case 1 -> "homeAddress.city in [\"%s\", \"%s\"]".formatted(oneOf(CITIES), oneOf(CITIES));
            case 2 -> "person.birthYear >= %d".formatted(between(1950, 2005));
            case 3 -> "loyalty.points > %d".formatted(between(1, 50) * 100);
            case 4 -> "loyalty.tier = \"%s\"".formatted(oneOf(TIERS));
            case 5 -> "person.name.firstName.startsWith(\"%s\")".formatted(oneOf(LETTERS));
            case 6 -> "loyalty.joinDate occurs <= %d days before today".formatted(between(1, 60) * 30);
            default -> "not (consents.marketing.email.val = \"y\")";
        };
    }

    private String onEvents() {
        return switch (dice.nextInt(6)) {
            case 0 ->
                "xEvent[eventType = \"%s\" and timestamp occurs < %d days before now].count() >= %d"
                        .formatted(oneOf(EVENTS), between(1, 90), between(1, 4));
            case 1 ->
                "xEvent[timestamp occurs < %d days before now].sum(commerce.order.priceTotal) > %d"
                        .formatted(between(1, 90), between(1, 40) * 25);
            case 2 ->
                ("chain(xEvent, timestamp, [A: WHAT(eventType = \"%s\") WHEN(< %d days before now),"
                                + " B: WHAT(eventType = \"commerce.purchases\")])")
                        .formatted(oneOf(EVENTS), between(1, 90));
            case 3 ->
                "(exists E from xEvent where E.commerce.order.priceTotal > %d, I from E.productListItems where I.SKU = \"%s\")"
                        .formatted(between(0, 10) * 50, oneOf(PRODUCTS));
            case 4 ->
                "(exists E from xEvent where E.eventType = \"%s\" and E.device.type = \"%s\")"
                        .formatted(oneOf(EVENTS), oneOf(DEVICES));
            default ->
                "not (exists E from xEvent where E.timestamp occurs < %d days before now)".formatted(between(1, 90));
        };
    }

    private String oneOf(List<String> choices) {
        return choices.get(dice.nextInt(choices.size()));
    }

    private int between(int least, int most) {
        return dice.nextInt(least, most + 1);
    }
}
