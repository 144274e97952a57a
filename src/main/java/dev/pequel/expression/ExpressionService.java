package dev.pequel.expression;

import dev.pequel.pql.Limits;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.pql.syntax.PqlWriter;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.type.Inputs;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.problem.InvalidExpression;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.schema.SandboxSchemas;
import dev.pequel.tenant.Tenant;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Parses expressions in either format and checks them against the schema of a sandbox. */
@ApplicationScoped
public class ExpressionService {

    private final ExpressionChecker checker;
    private final SandboxSchemas schemas;
    private final KnownAudiences audiences;

    ExpressionService(Limits limits, SandboxSchemas schemas, KnownAudiences audiences) {
        this.checker = new ExpressionChecker(limits);
        this.schemas = schemas;
        this.audiences = audiences;
    }

    /**
     * Checks an expression whose only input is the profile. All errors in the expression are diagnostics.
     *
     * @throws InvalidRequest when its type or format is not known
     */
    public CheckResult examine(Tenant tenant, ExpressionDocument document, Purpose purpose) {
        return examine(tenant, document, purpose, Inputs.PROFILE);
    }

    /**
     * Like {@link #examine(Tenant, ExpressionDocument, Purpose)}, for an expression with further inputs.
     *
     * @throws InvalidRequest when its type or format is not known
     */
    public CheckResult examine(Tenant tenant, ExpressionDocument document, Purpose purpose, Inputs inputs) {
        return examine(schemas.of(tenant), document, purpose, inputs);
    }

    /**
     * Like {@link #examine(Tenant, ExpressionDocument, Purpose, Inputs)}, and also reports references to audiences
     * that do not exist, as creating an audience with the expression would.
     *
     * @throws InvalidRequest when its type or format is not known
     */
    public CheckResult examineWithReferences(
            Tenant tenant, ExpressionDocument document, Purpose purpose, Inputs inputs) {
        CheckResult examined = examine(tenant, document, purpose, inputs);
        List<AudienceReference> references = examined.checked().references();
        if (references.isEmpty()) {
            return examined;
        }
        Set<UUID> existing = audiences.existing(tenant, ReferencedAudiences.ids(references));
        Checked checked = examined.checked().refused(ReferencedAudiences.unknown(references, existing));
        return new CheckResult(document, examined.tree(), ExpressionChecker.limited(checked));
    }

    /** Like {@link #examine(Tenant, ExpressionDocument, Purpose)}, against a given schema. */
    public CheckResult examine(ProfileSchema schema, ExpressionDocument document, Purpose purpose) {
        return examine(schema, document, purpose, Inputs.PROFILE);
    }

    private CheckResult examine(ProfileSchema schema, ExpressionDocument document, Purpose purpose, Inputs inputs) {
        Parsed parsed = read(document);
        return new CheckResult(document, parsed.expression(), check(schema, parsed, purpose, inputs));
    }

    /** Checks the types of a tree, and limits the number of diagnostics. */
    @WithSpan("check")
    Checked check(ProfileSchema schema, Parsed parsed, Purpose purpose, Inputs inputs) {
        return checker.check(schema, parsed, purpose, inputs);
    }

    /**
     * Checks an expression that must have no errors and whose only input is the profile.
     *
     * @throws InvalidExpression when it has errors; the exception includes the warnings
     * @throws InvalidRequest when its type or format is not known
     */
    public CheckResult require(Tenant tenant, ExpressionDocument document, Purpose purpose) {
        return require(tenant, document, purpose, Inputs.PROFILE);
    }

    /** Like {@link #require(Tenant, ExpressionDocument, Purpose)}, for an expression with further inputs. */
    public CheckResult require(Tenant tenant, ExpressionDocument document, Purpose purpose, Inputs inputs) {
        return requireNoErrors(examine(tenant, document, purpose, inputs), document);
    }

    private static CheckResult requireNoErrors(CheckResult examined, ExpressionDocument document) {
        if (examined.hasErrors()) {
            throw new InvalidExpression(examined.diagnostics(), document.value());
        }
        return examined;
    }

    /**
     * Returns an expression without errors as text, so that its parts have positions.
     *
     * @param examined the result of checking the expression in either format
     */
    public CheckResult inText(Tenant tenant, CheckResult examined) {
        return examined.document().format().equals(ExpressionDocument.TEXT)
                ? examined
                : require(
                        tenant,
                        ExpressionDocument.ofText(
                                PqlWriter.write(examined.tree().orElseThrow())),
                        examined.checked().expression().orElseThrow().purpose());
    }

    /**
     * Parses an expression without checking names and types.
     *
     * @throws InvalidRequest when its type or format is not known
     */
    @WithSpan("parse")
    Parsed read(ExpressionDocument document) {
        return checker.read(document);
    }
}
