package dev.pequel.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.pequel.command.report.FileRule;
import dev.pequel.command.report.Finding;
import dev.pequel.command.report.SourceFile;
import dev.pequel.http.request.MalformedJson;
import dev.pequel.http.request.StrictJson;
import dev.pequel.pql.Span;
import dev.pequel.pql.json.LocatedJson;

/**
 * A JSON file in two representations: as the service reads a request, and with the position of each value.
 *
 * @param value the content as the service reads it
 * @param located the content with positions
 */
record JsonFile(SourceFile file, JsonNode value, LocatedJson located) {

    /** The depth limit of request bodies, plus two for a body in an array in an object. */
    private static final int DEPTH = 202;

    private static final ObjectReader READER = StrictJson.reader(DEPTH);
    private static final JsonFactory PLACES = LocatedJson.factory(DEPTH);

    /** Thrown for a file that is not valid JSON. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Finding finding;

        Malformed(SourceFile file, Span span, String message) {
            super(message);
            finding = Finding.of(file, span, FileRule.INVALID_JSON, message);
        }

        Finding finding() {
            return finding;
        }
    }

    static JsonFile read(SourceFile file) throws Malformed {
        String text = file.text().text();
        try {
            JsonNode value = READER.readTree(text);
            if (value.isMissingNode()) {
                throw new Malformed(file, file.start(), "The file is blank; JSON is expected.");
            }
            return new JsonFile(file, value, LocatedJson.read(PLACES, text));
        } catch (JacksonException malformed) {
            throw new Malformed(
                    file,
                    LocatedJson.span(malformed.getLocation(), file.text()),
                    "This is not JSON: " + MalformedJson.words(malformed));
        } catch (LocatedJson.Unreadable unreadable) {
            throw new Malformed(file, unreadable.diagnostic().span(), unreadable.getMessage());
        }
    }
}
