package dev.pequel.seed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.audience.AudienceList;
import dev.pequel.audience.content.ReferenceOrder;
import dev.pequel.http.request.RequestText;
import dev.pequel.http.request.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads audiences from JSON: a single audience, an array, or an object with an array {@code children} or {@code
 * segments}.
 */
final class AudienceDump {

    private AudienceDump() {}

    /** @param line line at which the audience begins, from 1 */
    record Dumped(int line, JsonNode audience) {}

    /**
     * The audiences in the order of the text.
     *
     * @throws JacksonException when the text is not JSON
     */
    static List<Dumped> read(StrictJson json, byte[] text) throws IOException {
        try (JsonParser parser = json.parser(text)) {
            List<Dumped> audiences = new ArrayList<>();
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                readItems(json, parser, audiences);
            } else {
                int line = line(parser);
                readObject(json, parser, line, audiences);
            }
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is content after the end of the value");
            }
            return List.copyOf(audiences);
        }
    }

    private static void readObject(StrictJson json, JsonParser parser, int line, List<Dumped> audiences)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            audiences.add(new Dumped(line, json.next(parser)));
            return;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean isList = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && AudienceList.WITH_AUDIENCES.contains(name)) {
                isList = true;
                readItems(json, parser, audiences);
            } else {
                object.set(name, json.next(parser));
            }
        }
        if (!isList) {
            audiences.add(new Dumped(line, object));
        }
    }

    private static void readItems(StrictJson json, JsonParser parser, List<Dumped> audiences) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = line(parser);
            audiences.add(new Dumped(line, json.next(parser)));
        }
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    /**
     * Sorts audiences so that each comes after those that it refers to; otherwise the order is kept. Audiences
     * that refer to each other in a circle keep their positions.
     *
     * @param references returns the ids to which an audience refers
     */
    static List<Dumped> inOrderOfReferences(List<Dumped> audiences, Function<JsonNode, Set<UUID>> references) {
        Map<UUID, Dumped> byId = audiences.stream()
                .filter(dumped -> id(dumped).isPresent())
                .collect(Collectors.toMap(
                        dumped -> id(dumped).orElseThrow(), Function.identity(), (first, second) -> first));
        return ReferenceOrder.dependenciesFirst(
                audiences,
                dumped -> references.apply(dumped.audience()).stream()
                        .filter(byId::containsKey)
                        .map(byId::get)
                        .toList());
    }

    private static Optional<UUID> id(Dumped dumped) {
        return RequestText.id(dumped.audience().path("id").asText());
    }
}
