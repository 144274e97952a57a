package dev.pequel.pql.compile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.pequel.column.ColumnBuilder;
import dev.pequel.column.Snapshot;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.BuiltInSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What tests evaluate. */
final class EvaluationInputs {

    private EvaluationInputs() {}

    static CheckedExpression checked(String text, Purpose purpose) {
        var checked =
                new TypeChecker().check(new PqlParser(Limits.DEFAULT).parse(text), BuiltInSchema.schema(), purpose);
        return checked.expression().orElseThrow(() -> new AssertionError(text + checked.diagnostics()));
    }

    static Snapshot snapshot(List<String> profiles) {
        ColumnBuilder builder = new ColumnBuilder();
        for (String profile : profiles) {
            try (JsonParser json = new JsonFactory().createParser(profile)) {
                json.nextToken();
                builder.append(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Snapshot.ofProfiles(builder.build());
    }
}
