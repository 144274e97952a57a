package dev.pequel.error;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.pql.Diagnostic;
import java.util.List;

/**
 * Diagnostics as clients get them, in errors, in warnings and in the checker's answers alike.
 *
 * <p>Each is {@code {"code","message","line","column","offset","length","suggestion"}}: line and column count from 1, the
 * offset from 0, all in UTF-16 code units; {@code suggestion} is the text to put in place of what stands there, and is left
 * out where there is none.
 */
public final class DiagnosticsJson {

    private DiagnosticsJson() {}

    /** The diagnostics in the given order. */
    public static ArrayNode of(List<Diagnostic> diagnostics) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(diagnostics.size());
        diagnostics.forEach(diagnostic -> array.add(of(diagnostic)));
        return array;
    }

    private static ObjectNode of(Diagnostic diagnostic) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("code", diagnostic.code().id())
                .put("message", diagnostic.message())
                .put("line", diagnostic.span().line())
                .put("column", diagnostic.span().column())
                .put("offset", diagnostic.span().offset())
                .put("length", diagnostic.span().length());
        diagnostic.suggestion().ifPresent(suggestion -> node.put("suggestion", suggestion));
        return node;
    }
}
