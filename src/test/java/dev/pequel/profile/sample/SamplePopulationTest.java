package dev.pequel.profile.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplePopulationTest {

    private static final Instant ORIGIN = Instant.parse("2026-01-15T10:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SamplePopulation population = new SamplePopulation(1, 2000, ORIGIN);

    @Property(tries = 20)
    void theSameSeedGivesTheSameBytes(@ForAll long seed, @ForAll @IntRange(max = 30) int size) {
        SamplePopulation one = new SamplePopulation(seed, size, ORIGIN);
        SamplePopulation other = new SamplePopulation(seed, size, ORIGIN);

        assertEquals(texts(one.profiles()), texts(other.profiles()));
        assertEquals(texts(one.events()), texts(other.events()));
    }

    @Property(tries = 20)
    void aLargerPopulationContainsTheSmaller(@ForAll long seed, @ForAll @IntRange(max = 30) int size) {
        List<String> large = texts(new SamplePopulation(seed, size + 10, ORIGIN).profiles());

        assertEquals(large.subList(0, size), texts(new SamplePopulation(seed, size, ORIGIN).profiles()));
    }

    @Property(tries = 50)
    void knowsItsNumberOfEvents(@ForAll @IntRange(max = 100) int size) {
        SamplePopulation some = new SamplePopulation(7, size, ORIGIN);

        assertEquals(some.eventCount(), texts(some.events()).size());
    }

    @Test
    void hasFiveEventsPerProfile() {
        assertEquals(5_000_000, new SamplePopulation(1, 1_000_000, ORIGIN).eventCount());
    }

    @Test
    void anotherSeedGivesOtherPeople() {
        assertFalse(texts(population.profiles()).equals(texts(new SamplePopulation(2, 2000, ORIGIN).profiles())));
    }

    @Test
    void aDocumentIsOneLine() {
        texts(population.profiles()).forEach(text -> assertFalse(text.contains("\n")));
    }

    @Test
    void profilesHaveTheFieldsOfTheSchema() {
        Set<String> fields = new TreeSet<>();
        documents(population.profiles()).forEach(profile -> profile.fieldNames().forEachRemaining(fields::add));

        assertEquals(
                Set.of("person", "homeAddress", "workAddress", "personalEmail", "loyalty", "consents", "identityMap"),
                fields);
    }

    @Test
    void everyIdentityBelongsToOneProfile() {
        List<String> identities = new ArrayList<>();
        Set<String> namespaces = new TreeSet<>();
        for (JsonNode profile : documents(population.profiles())) {
            profile.get("identityMap").properties().forEach(namespace -> {
                namespaces.add(namespace.getKey());
                namespace.getValue().forEach(identity -> identities.add(namespace.getKey() + identity.get("id")));
            });
        }

        assertEquals(Set.of("crmid", "ecid", "email", "phone"), namespaces);
        assertEquals(identities.size(), new HashSet<>(identities).size());
    }

    @Test
    void everyEventHasAnIdOfItsOwnAndAnIdentityOfAProfile() {
        Set<JsonNode> known = new HashSet<>();
        documents(population.profiles())
                .forEach(profile ->
                        profile.get("identityMap").forEach(list -> list.forEach(i -> known.add(i.get("id")))));
        Set<String> ids = new HashSet<>();
        for (JsonNode event : documents(population.events())) {
            assertTrue(ids.add(event.get("_id").textValue()));
            event.get("identityMap")
                    .forEach(list -> assertTrue(known.contains(list.get(0).get("id"))));
        }
    }

    @Test
    void allEventsAreInThePastAndSomeAreOfTheLastDay() {
        List<Instant> times = documents(population.events()).stream()
                .map(event -> Instant.parse(event.get("timestamp").textValue()))
                .toList();

        assertTrue(times.stream().allMatch(time -> time.isBefore(ORIGIN)));
        assertTrue(times.stream().anyMatch(time -> time.isAfter(ORIGIN.minus(Duration.ofDays(1)))));
        assertTrue(times.stream().anyMatch(time -> time.isBefore(ORIGIN.minus(Duration.ofDays(365)))));
    }

    @Test
    void anOrderCostsWhatItsItemsCost() {
        List<JsonNode> orders = documents(population.events()).stream()
                .filter(event -> event.get("eventType").textValue().equals("commerce.purchases"))
                .toList();

        assertFalse(orders.isEmpty());
        for (JsonNode order : orders) {
            double items = 0;
            for (JsonNode item : order.get("productListItems")) {
                items += item.get("priceTotal").doubleValue();
            }
            assertEquals(items, order.at("/commerce/order/priceTotal").doubleValue(), 0.001);
        }
    }

    @Test
    void someProfilesLackWhatOthersHave() {
        for (String path : List.of("/person", "/workAddress", "/personalEmail", "/loyalty", "/person/gender")) {
            Predicate<JsonNode> has = profile -> !profile.at(path).isMissingNode();
            assertTrue(documents(population.profiles()).stream().anyMatch(has), path);
            assertFalse(documents(population.profiles()).stream().allMatch(has), path);
        }
    }

    private static List<JsonNode> documents(Iterator<byte[]> documents) {
        return texts(documents).stream().map(SamplePopulationTest::parsed).toList();
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(Iterator<byte[]> documents) {
        List<String> texts = new ArrayList<>();
        documents.forEachRemaining(document -> texts.add(new String(document, StandardCharsets.UTF_8)));
        return texts;
    }
}
