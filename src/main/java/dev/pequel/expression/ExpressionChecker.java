package dev.pequel.expression;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.check.TypeChecker;
import dev.pequel.pql.json.PqlJsonReader;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.pql.syntax.PqlParser;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.Inputs;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.problem.InvalidRequest;
import java.util.Comparator;
import java.util.List;

/** Parses expressions in both formats and checks them against a given schema. Does not check that audiences exist. */
public final class ExpressionChecker {

    /** Limits the response, which would be huge for a text with an error at every second character. */
    private static final int MOST_DIAGNOSTICS = 200;

    private final PqlParser text;
    private final PqlJsonReader json;

    public ExpressionChecker(Limits limits) {
        text = new PqlParser(limits);
        json = new PqlJsonReader(limits);
    }

    /**
     * Checks an expression of the profile. All errors in it are diagnostics.
     *
     * @throws InvalidRequest if its type or format is unknown
     */
    public CheckResult examine(ProfileSchema schema, ExpressionDocument document, Purpose purpose) {
        Parsed parsed = read(document);
        return new CheckResult(document, parsed.expression(), check(schema, parsed, purpose, Inputs.PROFILE));
    }

    /**
     * Parses an expression without resolving its names.
     *
     * @throws InvalidRequest if its type or format is unknown
     */
    Parsed read(ExpressionDocument document) {
        if (!document.type().equals(ExpressionDocument.PQL)) {
            throw new InvalidRequest("expression.type", "must be " + ExpressionDocument.PQL);
        }
        return switch (document.format()) {
            case ExpressionDocument.TEXT -> text.parse(document.value());
            case ExpressionDocument.JSON -> json.read(document.value());
            default ->
                throw new InvalidRequest(
                        "expression.format", "must be " + ExpressionDocument.TEXT + " or " + ExpressionDocument.JSON);
        };
    }

    /** Checks a parsed expression. The number of diagnostics is limited. */
    Checked check(ProfileSchema schema, Parsed parsed, Purpose purpose, Inputs inputs) {
        return limited(new TypeChecker(inputs).check(parsed, schema, purpose));
    }

    /** Drops diagnostics beyond the limit: warnings first, then the last ones. */
    static Checked limited(Checked checked) {
        if (checked.diagnostics().size() <= MOST_DIAGNOSTICS) {
            return checked;
        }
        List<Diagnostic> first = checked.diagnostics().stream()
                .sorted(Comparator.comparing(Diagnostic::severity))
                .limit(MOST_DIAGNOSTICS)
                .sorted(Comparator.comparingInt(diagnostic -> diagnostic.span().offset()))
                .toList();
        return new Checked(
                checked.expression(),
                first,
                checked.resultType(),
                checked.fields(),
                checked.dependencies(),
                checked.references(),
                checked.methods());
    }
}
