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
 * An audience as described by a file.
 *
 * @param body the body of a {@code POST /audiences} request
 * @param file the file that contains the properties
 * @param place the JSON in the file; empty for an audience that consists of an expression only
 * @param expression the location of the expression; empty without one
 */
record AudienceSource(
        JsonNode body, SourceFile file, Optional<LocatedJson> place, Optional<ExpressionSource> expression) {

    /** Returns the id; empty if it is missing or not a UUID. */
    Optional<UUID> id() {
        return RequestText.id(body.path("id").asText());
    }

    /** Returns the name; empty text if it is missing. */
    String name() {
        return body.path("name").asText();
    }

    /** Returns the location of a property in the file. */
    Span span(String field) {
        return place.map(json -> JsonPlaces.of(json, field)).orElseGet(file::start);
    }
}
