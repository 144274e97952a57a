package dev.pequel.problem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.pql.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * Writes diagnostics as JSON. Errors, warnings and the responses of the checker have the same form.
 *
 * <p>Each is {@code {"code","severity","message","line","column","offset","length","suggestion","rendered"}}: the
 * severity is {@code error} or {@code warning}; line and column count from 1, the offset from 0, all in UTF-16 code
 * units; {@code suggestion} is the replacement for the text at that position, if any; {@code rendered} is the
 * diagnostic as text with the line of the expression and carets under the position, if the expression is available.
 */
public final class DiagnosticsJson {

    private DiagnosticsJson() {}

    public static ArrayNode of(List<Diagnostic> diagnostics) {
        return of(diagnostics, Optional.empty());
    }

    /** @param source the expression as sent by the client */
    public static ArrayNode of(List<Diagnostic> diagnostics, String source) {
        return of(diagnostics, Optional.of(source));
    }

    static ArrayNode of(List<Diagnostic> diagnostics, Optional<String> source) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(diagnostics.size());
        diagnostics.forEach(diagnostic -> array.add(of(diagnostic, source)));
        return array;
    }

    private static ObjectNode of(Diagnostic diagnostic, Optional<String> source) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("code", diagnostic.code().id())
                .put("severity", diagnostic.isError() ? "error" : "warning")
                .put("message", diagnostic.message())
                .put("line", diagnostic.span().line())
                .put("column", diagnostic.span().column())
                .put("offset", diagnostic.span().offset())
                .put("length", diagnostic.span().length());
        diagnostic.suggestion().ifPresent(suggestion -> node.put("suggestion", suggestion));
        source.ifPresent(text -> node.put("rendered", diagnostic.render(text)));
        return node;
    }
}
