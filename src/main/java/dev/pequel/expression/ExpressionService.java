package dev.pequel.expression;

import dev.pequel.error.InvalidExpression;
import dev.pequel.error.InvalidRequest;
import dev.pequel.pql.Limits;
import dev.pequel.pql.check.AudienceReference;
import dev.pequel.pql.check.Checked;
import dev.pequel.pql.check.Inputs;
import dev.pequel.pql.check.ProfileSchema;
import dev.pequel.pql.check.Purpose;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.schema.SandboxSchemas;
import dev.pequel.tenant.Tenant;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reads expressions in either form and checks them against the schema of the sandbox they are for. */
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
     * Everything about an expression of the profile; whatever is wrong with it is a diagnostic.
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
     * Like {@link #examine(Tenant, ExpressionDocument, Purpose, Inputs)}, as strictly as an audience with the expression would be
     * taken: the audiences that it refers to exist.
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

    /** Like {@link #examine(Tenant, ExpressionDocument, Purpose)}, against a schema that was read before. */
    public CheckResult examine(ProfileSchema schema, ExpressionDocument document, Purpose purpose) {
        return examine(schema, document, purpose, Inputs.PROFILE);
    }

    private CheckResult examine(ProfileSchema schema, ExpressionDocument document, Purpose purpose, Inputs inputs) {
        Parsed parsed = read(document);
        return new CheckResult(document, parsed.expression(), check(schema, parsed, purpose, inputs));
    }

    /** What a tree means, with the first of its diagnostics. */
    @WithSpan("check")
    Checked check(ProfileSchema schema, Parsed parsed, Purpose purpose, Inputs inputs) {
        return checker.check(schema, parsed, purpose, inputs);
    }

    /**
     * An expression of the profile without errors.
     *
     * @throws InvalidExpression when it has errors; with the warnings too
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
     * The tree of an expression, without looking at what its names mean.
     *
     * @throws InvalidRequest when its type or format is not known
     */
    @WithSpan("parse")
    Parsed read(ExpressionDocument document) {
        return checker.read(document);
    }
}
