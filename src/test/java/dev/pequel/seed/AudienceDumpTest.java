package dev.pequel.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.request.StrictJson;
import dev.pequel.seed.AudienceDump.Dumped;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AudienceDumpTest {

    private static final String A = "00000000-0000-0000-0000-00000000000a";
    private static final String B = "00000000-0000-0000-0000-00000000000b";
    private static final String C = "00000000-0000-0000-0000-00000000000c";

    /** A property `needs` in place of an expression. */
    private static final Function<JsonNode, Set<UUID>> NEEDS =
            audience -> StreamSupport.stream(audience.path("needs").spliterator(), false)
                    .map(id -> UUID.fromString(id.asText()))
                    .collect(Collectors.toSet());

    @Inject
    StrictJson json;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n[{\"name\": \"A\"},\n\n{\"name\": \"B\"}]",
                "{\"children\":\n[{\"name\": \"A\"},\n\n{\"name\": \"B\"}], \"_page\": {\"children\": 1}}",
                "{\"segments\":\n[{\"name\": \"A\"},\n\n{\"name\": \"B\"}]}"
            })
    void eachAudienceHasItsLine(String text) throws IOException {
        List<Dumped> audiences = read(text);

        assertEquals(List.of("A", "B"), names(audiences));
        assertEquals(List.of(2, 4), audiences.stream().map(Dumped::line).toList());
    }

    @Test
    void oneAudienceNeedsNoArray() throws IOException {
        assertEquals(List.of("A"), names(read("{\"name\": \"A\", \"labels\": [\"x\"]}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[{\"name\": \"A\"}", "[{\"name\": \"A\"}] {}", "{\"name\": \"A\", \"name\": \"B\"}", "[1 2]", ""
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThrows(JacksonException.class, () -> read(text));
    }

    @Test
    void eachComesAfterThoseItRefersTo() throws IOException {
        String text = """
                [{"id": "%s", "name": "A", "needs": ["%s", "%s"]}, {"name": "D"}, {"id": "%s", "name": "B", "needs": ["%s"]},
                 {"id": "%s", "name": "C"}]
                """.formatted(A, B, UUID.randomUUID(), B, C, C);

        assertEquals(List.of("C", "B", "A", "D"), names(AudienceDump.inOrderOfReferences(read(text), NEEDS)));
    }

    @Test
    void aCircleIsLeftToTheCheckOfReferences() throws IOException {
        String text = """
                [{"id": "%s", "name": "A", "needs": ["%s"]}, {"id": "%s", "name": "B", "needs": ["%s"]}]
                """.formatted(A, B, B, A);

        assertEquals(Set.of("A", "B"), Set.copyOf(names(AudienceDump.inOrderOfReferences(read(text), NEEDS))));
    }

    private List<Dumped> read(String text) throws IOException {
        return AudienceDump.read(json, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(List<Dumped> audiences) {
        return audiences.stream()
                .map(dumped -> dumped.audience().path("name").asText())
                .toList();
    }
}
