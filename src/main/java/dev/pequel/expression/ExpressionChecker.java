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

/** Reads expressions in either form and checks them against a schema that is at hand. Whether audiences exist is not asked. */
public final class ExpressionChecker {

    /** A client learns nothing from more, and an answer with a mistake at every second character would be enormous. */
    private static final int MOST_DIAGNOSTICS = 200;

    private final PqlParser text;
    private final PqlJsonReader json;

    public ExpressionChecker(Limits limits) {
        text = new PqlParser(limits);
        json = new PqlJsonReader(limits);
    }

    /**
     * Everything about an expression of the profile; whatever is wrong with it is a diagnostic.
     *
     * @throws InvalidRequest when its type or format is not known
     */
    public CheckResult examine(ProfileSchema schema, ExpressionDocument document, Purpose purpose) {
        Parsed parsed = read(document);
        return new CheckResult(document, parsed.expression(), check(schema, parsed, purpose, Inputs.PROFILE));
    }

    /**
     * The tree of an expression, without looking at what its names mean.
     *
     * @throws InvalidRequest when its type or format is not known
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

    /** What a tree means, with the first of its diagnostics. */
    Checked check(ProfileSchema schema, Parsed parsed, Purpose purpose, Inputs inputs) {
        return limited(new TypeChecker(inputs).check(parsed, schema, purpose));
    }

    /** Of very many diagnostics the first, errors before warnings. */
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
