package dev.pequel.audience.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pequel.audience.TestSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is filtered, sorted and limited: following {@code next} from the first page to the last meets each audience that
 * matches exactly once, in the order asked for. What to expect is computed from the unfiltered list.
 */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagingPropertiesTest {

    private static final int AUDIENCES = 60;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] NAMES = {
        "a", "B", "ab", "Ab", "ß", "100%", "a_b", "Ω mega", "ω", "\\\\", "b\uD83C\uDFAFa", "\uFB01"
    };
    private static final String[] SCALARS = {
        "id",
        "audienceId",
        "schema.name",
        "ttlInDays",
        "name",
        "description",
        "expression.value",
        "mergePolicyId",
        "evaluationInfo.batch.enabled",
        "creationTime",
        "updateTime",
        "_etag",
        "type",
        "overridePerformanceWarnings",
        "createdBy",
        "lifecycle",
        "namespace",
        "datasetId",
        "sandbox.sandboxName",
        "isSystem",
        "dataGovernancePolicy.excludeOptOut"
    };

    private final TestSandbox sandbox = TestSandbox.fresh();
    private List<JsonNode> all;

    /** What a query asks for and which audiences it should find. */
    private record Question(List<String[]> parameters, Predicate<JsonNode> matches, Comparator<JsonNode> order) {}

    /** Once for all questions. */
    @BeforeEach
    void create() throws Exception {
        if (all != null) {
            return;
        }
        Random random = new Random(1);
        for (int i = 0; i < AUDIENCES; i++) {
            String common = """
                    "name": "%s", %s "lifecycle": "%s", "labels": [%s], "namespace": "%s",\
                    """.formatted(
                            pick(random, NAMES) + pick(random, NAMES),
                            random.nextBoolean() ? "\"description\": \"%s\",".formatted(pick(random, NAMES)) : "",
                            pick(random, "draft", "published", "inactive", "active"),
                            pick(random, "", "\"core/C1\"", "\"core/C1\", \"core/C2\""),
                            pick(random, "AAM", "AEPSegments"));
            if (random.nextInt(3) == 0) {
                sandbox.create("{%s \"type\": \"%s\", \"audienceId\": \"%s\"%s}"
                        .formatted(
                                common,
                                pick(random, "ExternalSegment", "ExternalAudience"),
                                "external-" + i,
                                pick(random, "", ", \"datasetId\": \"d1\"", ", \"datasetId\": \"d2\"")));
            } else {
                sandbox.create("{%s \"ttlInDays\": %d, \"expression\": {\"value\": \"%s\"}}"
                        .formatted(
                                common,
                                1 + random.nextInt(3),
                                pick(random, "workAddress.country = \\\"US\\\"", "xEvent.count() > 1")));
            }
        }
        JsonNode list = JSON.readTree(sandbox.request()
                .get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(200)
                .extract()
                .asString());
        all = StreamSupport.stream(list.get("children").spliterator(), false).toList();
        assertEquals(AUDIENCES, all.size());
    }

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void walkingMeetsEachMatchOnceAndInOrder(int seed) throws Exception {
        Random random = new Random(seed);
        Question question = question(random);
        int limit = 1 + random.nextInt(random.nextBoolean() ? 5 : 40);
        List<String> expected = all.stream()
                .filter(question.matches)
                .sorted(question.order)
                .map(audience -> audience.get("id").textValue())
                .toList();

        List<String> met = new ArrayList<>();
        RequestSpecification request = sandbox.request().queryParam("limit", limit);
        question.parameters.forEach(parameter -> request.queryParam(parameter[0], parameter[1]));
        JsonNode page = JSON.readTree(request.get(TestSandbox.AUDIENCES)
                .then()
                .statusCode(200)
                .extract()
                .asString());
        int pages = 1;
        while (true) {
            page.get("children").forEach(audience -> met.add(audience.get("id").textValue()));
            assertEquals(expected.size(), page.at("/_page/totalCount").intValue());
            assertEquals(
                    (expected.size() + limit - 1) / limit,
                    page.at("/_page/totalPages").intValue());
            assertEquals(page.get("children").size(), page.at("/_page/pageSize").intValue());
            assertEquals(
                    page.at("/_page/next").isMissingNode(),
                    page.at("/_links/next").isMissingNode());
            if (page.at("/_links/next").isMissingNode()) {
                break;
            }
            assertEquals(String.valueOf(pages), page.at("/_page/next").textValue());
            String next = page.at("/_links/next/href").textValue().replace("@/audiences", TestSandbox.AUDIENCES);
            page = JSON.readTree(sandbox.request()
                    .urlEncodingEnabled(false)
                    .get(next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
            pages++;
        }

        assertEquals(
                expected,
                met,
                () -> "question " + question.parameters.stream().map(List::of).toList());
        assertEquals(Math.max(1, (expected.size() + limit - 1) / limit), pages);
    }

    private Question question(Random random) {
        List<String[]> parameters = new ArrayList<>();
        Predicate<JsonNode> matches = audience -> true;
        if (random.nextInt(3) == 0) {
            String text = unescaped(pick(random, NAMES));
            parameters.add(new String[] {"name", text});
            matches = matches.and(contains("/name", text));
        }
        if (random.nextInt(4) == 0) {
            String text = unescaped(pick(random, NAMES));
            parameters.add(new String[] {"description", text});
            matches = matches.and(contains("/description", text));
        }
        if (random.nextInt(4) == 0) {
            parameters.add(new String[] {"property", "labels==core/C2"});
            matches = matches.and(audience -> audience.get("labels").toString().contains("core/C2"));
        }
        if (random.nextInt(2) == 0) {
            // What some audience has in some attribute, so that something is found.
            String attribute = pick(random, SCALARS);
            JsonNode value = at(all.get(random.nextInt(all.size())), attribute);
            if (!value.isMissingNode()) {
                parameters.add(new String[] {"property", attribute + "==" + value.asText()});
                matches = matches.and(audience -> attribute.equals("type")
                        ? isExternal(at(audience, attribute)) == isExternal(value)
                        : at(audience, attribute).equals(value));
            }
        }
        Comparator<JsonNode> order = Comparator.comparingInt(all::indexOf);
        if (random.nextInt(3) > 0) {
            String attribute = pick(random, SCALARS);
            boolean descending = random.nextBoolean();
            parameters.add(new String[] {"sort", attribute + (descending ? ":desc" : ":asc")});
            Comparator<JsonNode> byValue = PagingPropertiesTest::compare;
            order = Comparator.comparing(
                            (JsonNode audience) -> at(audience, attribute).isMissingNode())
                    .thenComparing(audience -> at(audience, attribute), descending ? byValue.reversed() : byValue)
                    .thenComparing(order);
        }
        return new Question(parameters, matches, order);
    }

    private static Predicate<JsonNode> contains(String pointer, String text) {
        return audience -> folded(audience.at(pointer).asText("")).contains(folded(text))
                && !audience.at(pointer).isMissingNode();
    }

    private static boolean isExternal(JsonNode type) {
        return type.textValue().startsWith("External");
    }

    private static JsonNode at(JsonNode audience, String attribute) {
        return audience.at("/" + attribute.replace('.', '/'));
    }

    private static int compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return Long.compare(left.longValue(), right.longValue());
        }
        int[] leftCharacters = left.asText().codePoints().toArray();
        int[] rightCharacters = right.asText().codePoints().toArray();
        return Arrays.compare(leftCharacters, rightCharacters);
    }

    private static String folded(String text) {
        return text.codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String unescaped(String json) {
        return json.replace("\\\\", "\\");
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
