package dev.pequel.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.command.report.ExpressionSource;
import dev.pequel.command.report.SourceFile;
import dev.pequel.http.request.RequestText;
import dev.pequel.pql.Span;
import dev.pequel.pql.json.LocatedJson;
import java.util.Optional;
import java.util.UUID;

/**
 * An audience that a file describes.
 *
 * @param body as {@code POST /audiences} takes it
 * @param file the file with its properties
 * @param place its JSON; empty where an expression is all that there is
 * @param expression where its expression is; empty where it has none
 */
record AudienceSource(
        JsonNode body, SourceFile file, Optional<LocatedJson> place, Optional<ExpressionSource> expression) {

    /** The id that it has here and in a sandbox. */
    Optional<UUID> id() {
        return RequestText.id(body.path("id").asText());
    }

    /** The name, as far as it has one. */
    String name() {
        return body.path("name").asText();
    }

    /** Where a property is. */
    Span span(String field) {
        return place.map(json -> JsonPlaces.of(json, field)).orElseGet(file::start);
    }
}
