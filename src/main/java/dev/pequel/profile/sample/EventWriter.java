package dev.pequel.profile.sample;

import static dev.pequel.profile.sample.JsonDocument.amount;
import static dev.pequel.profile.sample.JsonDocument.object;
import static dev.pequel.profile.sample.JsonDocument.time;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pequel.profile.sample.Catalog.Product;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Writes the events of a person. They are visits that end at a page, a product, the cart, the checkout or an order.
 */
final class EventWriter {

    /** The steps of a visit, in their order. */
    private enum Step {
        PAGE("web.webpagedetails.pageViews"),
        PRODUCT("commerce.productViews"),
        CART("commerce.productListAdds"),
        CHECKOUT("commerce.checkouts"),
        ORDER("commerce.purchases");

        final String eventType;

        Step(String eventType) {
            this.eventType = eventType;
        }
    }

    private record Item(Product product, int quantity) {
        long cents() {
            return (long) product.cents() * quantity;
        }
    }

    private record Event(Step step, Instant time, List<Item> items, String device) {}

    private static final Duration LONGEST_STEP = Duration.ofMinutes(6);
    private static final Duration DAY = Duration.ofDays(1);
    private static final double MEAN_AGE_DAYS = 120;
    private static final double OLDEST_DAYS = 730;

    private final JsonDocument document = new JsonDocument();

    byte[][] write(Person person, Instant origin) {
        List<Event> events = events(person, origin);
        byte[][] documents = new byte[events.size()][];
        for (int i = 0; i < documents.length; i++) {
            documents[i] = write(person, events.get(i), i);
        }
        return documents;
    }

    private static List<Event> events(Person person, Instant origin) {
        Dice dice = person.eventDice();
        int count = person.eventCount();
        List<Event> events = new ArrayList<>(count);
        while (events.size() < count) {
            visit(dice, origin, count - events.size(), events);
        }
        events.sort(Comparator.comparing(Event::time));
        return events;
    }

    private static void visit(Dice dice, Instant origin, int max, List<Event> events) {
        int steps = Math.min(dice.between(1, Step.values().length), max);
        // A visit may start at a later step, for example after a link or from a bookmark.
        int first = Math.min(dice.between(0, 2), Step.values().length - steps);
        Instant time = origin.minus(age(dice)).minus(LONGEST_STEP.multipliedBy(steps));
        String device = dice.oneOf(Catalog.DEVICES);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < dice.between(1, 3); i++) {
            items.add(new Item(dice.oneOf(Catalog.PRODUCTS), dice.chance(80) ? 1 : dice.between(2, 5)));
        }
        for (int i = 0; i < steps; i++) {
            events.add(new Event(Step.values()[first + i], time, items, device));
            time = time.plusMillis(1000 + dice.below(LONGEST_STEP.toMillis() - 1000));
        }
    }

    /** The age of a visit: some within the last day, most within months, none older than two years. */
    private static Duration age(Dice dice) {
        if (dice.chance(5)) {
            return Duration.ofMillis(dice.below(DAY.toMillis()));
        }
        return Duration.ofMillis((long) (Math.min(dice.exponential(MEAN_AGE_DAYS), OLDEST_DAYS) * DAY.toMillis()));
    }

    private byte[] write(Person person, Event event, int number) {
        return document.of(json -> {
            json.writeStringField("_id", String.format(Locale.ROOT, "E%08d-%02d", person.index(), number));
            time(json, "timestamp", event.time());
            json.writeStringField("eventType", event.step().eventType);
            object(json, "identityMap", identities -> {
                if (person.account().isPresent()) {
                    ProfileWriter.identity(
                            identities, "crmid", true, person.account().get().crmid());
                } else {
                    ProfileWriter.identity(
                            identities, "ecid", true, person.ecids().getFirst());
                }
            });
            object(json, "device", device -> device.writeStringField("type", event.device()));
            switch (event.step()) {
                case PAGE ->
                    object(
                            json,
                            "web",
                            web -> object(
                                    web,
                                    "webPageDetails",
                                    page -> page.writeStringField(
                                            "name",
                                            event.items().getFirst().product().category())));
                case PRODUCT ->
                    commerce(json, event, "productViews", event.items().subList(0, 1));
                case CART -> commerce(json, event, "productListAdds", event.items());
                case CHECKOUT -> commerce(json, event, "checkouts", event.items());
                case ORDER -> {
                    order(json, person, event, number);
                    items(json, event.items());
                }
            }
        });
    }

    private static void commerce(JsonGenerator json, Event event, String measure, List<Item> items) throws IOException {
        object(json, "commerce", commerce -> count(commerce, measure));
        items(json, items);
    }

    private static void order(JsonGenerator json, Person person, Event event, int number) throws IOException {
        object(json, "commerce", commerce -> {
            count(commerce, "purchases");
            object(commerce, "order", order -> {
                order.writeStringField(
                        "purchaseID", String.format(Locale.ROOT, "PO-%08d-%02d", person.index(), number));
                amount(
                        order,
                        "priceTotal",
                        event.items().stream().mapToLong(Item::cents).sum());
                order.writeStringField("currencyCode", person.home().currency());
            });
        });
    }

    private static void count(JsonGenerator json, String measure) throws IOException {
        object(json, measure, counted -> counted.writeNumberField("value", 1));
    }

    private static void items(JsonGenerator json, List<Item> items) throws IOException {
        json.writeArrayFieldStart("productListItems");
        for (Item item : items) {
            json.writeStartObject();
            json.writeStringField("SKU", item.product().sku());
            json.writeStringField("name", item.product().name());
            json.writeNumberField("quantity", item.quantity());
            amount(json, "priceTotal", item.cents());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
