package dev.pequel.pql.json.writer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import dev.pequel.pql.ast.Expression;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Writes expressions in the form {@code pql/json} (P61). Reading the result gives an expression with the same
 * meaning. It differs from the original at most in spelling: {@code f(x)} becomes {@code x.f()}, {@code $1.city}
 * becomes {@code city}, and {@code ^} that reaches the profile becomes {@code $1}.
 */
public final class PqlJsonWriter {

    private final JsonFactory factory = JsonFactory.builder()
            // The reader has limited the depth; a second limit here would only fail for accepted expressions.
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Returns the tree as JSON text, on one line. */
    public String write(Expression expression) {
        var text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            new NodeWriter(json, DeclaredVariables.of(expression)).expression(expression, WritingScope.ROOT);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
