package dev.pequel.error;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.pql.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * Diagnostics as clients get them, in errors, in warnings and in the checker's answers alike.
 *
 * <p>Each is {@code {"code","severity","message","line","column","offset","length","suggestion","rendered"}}: the severity is
 * {@code error} or {@code warning}; line and column count from 1, the offset from 0, all in UTF-16 code units; {@code
 * suggestion} is the text to put in place of what stands there, and is left out where there is none; {@code rendered} is all
 * that as text with the line and carets under the place, and is left out where the expression is not at hand.
 */
public final class DiagnosticsJson {

    private DiagnosticsJson() {}

    /** The diagnostics in the given order. */
    public static ArrayNode of(List<Diagnostic> diagnostics) {
        return of(diagnostics, Optional.empty());
    }

    /** @param source the expression that they are about, as it was sent */
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
