package dev.pequel.profile.snapshot;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.database.SandboxScope;
import dev.pequel.expression.ValueJson;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.compile.Evaluator;
import dev.pequel.pql.compile.Memberships;
import dev.pequel.pql.compile.RandomQueries;
import dev.pequel.pql.compile.StoredDocuments;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import dev.pequel.profile.Identity;
import dev.pequel.profile.importing.ImportJob;
import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.Imports;
import dev.pequel.profile.store.Profiles;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An expression has the same value for a stored profile whether the snapshot was read whole or brought up to date by several
 * changes, and the same that {@code /pql/evaluate} gives for the documents as they were sent.
 */
@QuarkusTest
class SnapshotAgreementTest {

    private static final String NOW = "2018-08-28T10:00:00Z";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PqlParser PARSER = new PqlParser(Limits.DEFAULT);
    private static final TypeChecker CHECKER = new TypeChecker();
    private static final int IDENTITIES = 8;
    private static final int ROUNDS = 3;
    private static final int EXPRESSIONS = 15;

    private final Tenant tenant = new Tenant("dev@Pequel", "agreement-" + UUID.randomUUID());

    @Inject
    Imports imports;

    @Inject
    Profiles profiles;

    @Inject
    Snapshots snapshots;

    @Inject
    SnapshotReader reader;

    @Inject
    Sandboxes sandboxes;

    @Inject
    SandboxScope rows;

    private record SentEvent(Instant timestamp, String id, String document) {}

    /** What was sent of a profile, by its only identity. */
    private final Map<Integer, String> sentProfiles = new TreeMap<>();

    private final Map<Integer, List<SentEvent>> sentEvents = new TreeMap<>();
    private int eventIds;

    @Test
    void manyNamesOfAttributesAreAllThere() throws IOException {
        for (int i = 0; i < 30; i++) {
            String fields = IntStream.range(i * 10, i * 10 + 10)
                    .mapToObj(name -> "\"name" + name + "\":" + name)
                    .collect(Collectors.joining(","));
            sendProfile(i, "{" + fields + "}");
        }
        for (int i = 0; i < 30; i++) {
            assertEquals(1, members(whole(), "name" + i * 10 + " = " + i * 10), "name" + i * 10);
        }
        assertEquals(
                "{a={0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29}}",
                whole().namespaces().toString());
    }

    /** It does not depend on other profiles, nor on when they were read. */
    @Test
    void keysAreInTheOrderOfTheDatabase() throws IOException {
        sendProfile(1, "{\"m\":{\"long\":1,\"b\":2}}");
        seen(() -> snapshots.of(tenant));
        sendProfile(2, "{\"m\":{\"long\":1,\"b\":2,\"a\":3}}");
        CheckedExpression keys = checked("m.keys()", Purpose.VALUE).orElseThrow();
        assertEquals(
                "{0=[\"b\",\"long\"], 1=[\"a\",\"b\",\"long\"]}",
                values(whole(), keys).toString());
        assertEquals(values(whole(), keys), values(seen(() -> snapshots.of(tenant)), keys));
    }

    static IntStream seeds() {
        return IntStream.range(0, 6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyWayGivesTheSameValue(int seed) throws IOException {
        Random random = new Random(seed);
        RandomQueries queries = seed == 0 ? new RandomQueries(random) : RandomQueries.ofWideProfiles(random);
        for (int round = 0; round < ROUNDS; round++) {
            change(random, queries, round);
            ProfileSnapshot updated = seen(() -> snapshots.of(tenant));
            ProfileSnapshot whole = whole();
            assertEquals(whole.version(), updated.version());
            assertEquals(whole.profiles(), updated.profiles());
            assertEquals(whole.namespaces(), updated.namespaces());
            assertTrue(round == 0 || updated.parts().size() > 1, "it was brought up to date");
            Map<Integer, Integer> ordinals = ordinals();
            int checked = 0;
            for (int i = 0; i < EXPRESSIONS; i++) {
                String text = queries.expression();
                Optional<CheckedExpression> expression = checked(text, Purpose.VALUE);
                if (expression.isPresent()) {
                    checked++;
                    Map<Integer, JsonNode> values = values(whole, expression.get());
                    assertEquals(values, values(updated, expression.get()), text);
                    int identity = new ArrayList<>(sentProfiles.keySet()).get(random.nextInt(sentProfiles.size()));
                    assertEquals(
                            evaluated(text, identity),
                            values.get(ordinals.get(identity)),
                            () -> text + "\n" + sentProfiles.get(identity));
                }
            }
            assertTrue(checked > EXPRESSIONS / 2);
        }
    }

    // ---- Changes

    private void change(Random random, RandomQueries queries, int round) throws IOException {
        for (int i = round == 0 ? IDENTITIES : 3; i > 0; i--) {
            int identity = round == 0 ? i : 1 + random.nextInt(IDENTITIES + 2);
            sendProfile(identity, queries.attributes());
        }
        for (int i = 0; i < 6; i++) {
            sendEvent(
                    new ArrayList<>(sentProfiles.keySet()).get(random.nextInt(sentProfiles.size())),
                    Instant.parse("2018-08-27T0" + random.nextInt(4) + ":00:00Z"),
                    queries.event());
        }
        if (round > 0 && random.nextInt(3) == 0) {
            int gone = sentProfiles.keySet().iterator().next();
            given().header("x-sandbox-name", tenant.sandbox())
                    .queryParam("entityIdNS", "a")
                    .queryParam("entityId", String.valueOf(gone))
                    .delete("/data/core/ups/access/entities")
                    .then()
                    .statusCode(204);
            sentProfiles.remove(gone);
            sentEvents.remove(gone);
        }
    }

    private void sendProfile(int identity, String attributes) throws IOException {
        String line = RandomQueries.joined(attributes, identityMap(identity));
        send(Content.PROFILES, line);
        sentProfiles.put(identity, line);
    }

    private void sendEvent(int identity, Instant timestamp, String event) throws IOException {
        String id = "e" + eventIds++;
        String line = RandomQueries.joined(
                event, "\"_id\":\"" + id + "\",\"timestamp\":\"" + timestamp + "\"," + identityMap(identity));
        send(Content.EVENTS, line);
        sentEvents.computeIfAbsent(identity, i -> new ArrayList<>()).add(new SentEvent(timestamp, id, line));
    }

    private static String identityMap(int identity) {
        return "\"identityMap\":{\"a\":[{\"id\":\"" + identity + "\"}]}";
    }

    private void send(Content content, String line) throws IOException {
        ImportJob job = seen(
                () -> imports.run(tenant, content, new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8))));
        assertEquals(List.of(), job.errors());
    }

    // ---- Values

    private <T, X extends Exception> T seen(SandboxScope.Work<T, X> work) throws X {
        return rows.ofSandbox(sandboxes.of(tenant).id(), work);
    }

    private ProfileSnapshot whole() {
        return seen(() -> reader.read(sandboxes.of(tenant).id(), (bytes, expected) -> {}, () -> false));
    }

    private Map<Integer, Integer> ordinals() {
        Map<Identity, Integer> found = seen(() -> profiles.ordinals(
                tenant,
                sentProfiles.keySet().stream()
                        .map(identity -> new Identity("a", String.valueOf(identity)))
                        .toList()));
        Map<Integer, Integer> ordinals = new TreeMap<>();
        found.forEach((identity, ordinal) -> ordinals.put(Integer.valueOf(identity.id()), ordinal));
        return ordinals;
    }

    private static Optional<CheckedExpression> checked(String text, Purpose purpose) {
        return CHECKER.check(PARSER.parse(text), BuiltInSchema.schema(), purpose)
                .expression();
    }

    private static int members(ProfileSnapshot snapshot, String condition) {
        CheckedExpression expression = checked(condition, Purpose.SEGMENT).orElseThrow();
        return (int) values(snapshot, expression).values().stream()
                .filter(JsonNode::booleanValue)
                .count();
    }

    /** The values by the profiles' ordinals. */
    private static Map<Integer, JsonNode> values(ProfileSnapshot snapshot, CheckedExpression expression) {
        Map<Integer, JsonNode> values = new TreeMap<>();
        for (ProfileSnapshot.Part part : snapshot.parts()) {
            Evaluator evaluator = Evaluator.compile(expression, part.columns(), Instant.parse(NOW), Memberships.NONE);
            part.rows().forEach((int row) -> values.put(part.ordinal(row), normal(ValueJson.of(evaluator.value(row)))));
        }
        return values;
    }

    /** The value as the endpoint gives it for what was sent; only the order of names is that of the database. */
    private JsonNode evaluated(String expression, int identity) throws IOException {
        ObjectNode profile = (ObjectNode) StoredDocuments.ordered(sentProfiles.get(identity));
        List<SentEvent> events = sentEvents.getOrDefault(identity, new ArrayList<>());
        events.sort(Comparator.comparing(SentEvent::timestamp).thenComparing(SentEvent::id));
        if (!events.isEmpty()) {
            ArrayNode list = profile.putArray("xEvent");
            for (SentEvent event : events) {
                list.add(StoredDocuments.ordered(event.document()));
            }
        }
        ObjectNode body = JSON.createObjectNode().put("now", NOW);
        body.putObject("expression").put("value", expression);
        body.set("profile", profile);
        String answer = given().header("x-sandbox-name", tenant.sandbox())
                .contentType(ContentType.JSON)
                .body(body.toString())
                .post("/data/core/ups/pql/evaluate")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return normal(JSON.readTree(answer).get("value"));
    }

    /** With every number as a double: the language does not tell 1 from 1.0. */
    private static JsonNode normal(JsonNode value) {
        if (value.isNumber()) {
            return JsonNodeFactory.instance.numberNode(value.doubleValue() + 0.0);
        }
        if (value.isArray()) {
            ArrayNode items = JSON.createArrayNode();
            value.forEach(item -> items.add(normal(item)));
            return items;
        }
        if (value.isObject()) {
            ObjectNode fields = JSON.createObjectNode();
            value.properties().forEach(field -> fields.set(field.getKey(), normal(field.getValue())));
            return fields;
        }
        return value;
    }
}
