package dev.pequel.pql.check;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.check.analysis.Eligibility;
import dev.pequel.pql.check.analysis.EventReads;
import dev.pequel.pql.check.analysis.Lint;
import dev.pequel.pql.syntax.Parsed;
import dev.pequel.pql.term.AudienceReference;
import dev.pequel.pql.term.CheckDiagnostics;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Conversions;
import dev.pequel.pql.term.EvaluationMethods;
import dev.pequel.pql.term.Path;
import dev.pequel.pql.term.Purpose;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Typed;
import dev.pequel.pql.type.Inputs;
import dev.pequel.pql.type.Inputs.Input;
import dev.pequel.pql.type.ProfileSchema;
import dev.pequel.pql.type.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks expressions against a schema: resolves names, finds types, reports every mistake with its position, and
 * turns an expression without errors into a {@link CheckedExpression}. Immutable and thread-safe.
 *
 * <p>No expression makes the checker throw. An expression nested very deeply is refused, so that neither the checker
 * nor later stages can run out of stack.
 */
public final class TypeChecker {

    /**
     * The maximum depth of the tree, which is larger than the visible nesting: every step of a path is a level, every
     * call two. This depth takes little more than half the stack of an ordinary thread (1 MiB), platform or virtual.
     */
    static final int DEEPEST = 500;

    private final Inputs inputs;

    /** Creates a checker for expressions whose only input is the profile. */
    public TypeChecker() {
        this(Inputs.PROFILE);
    }

    public TypeChecker(Inputs inputs) {
        this.inputs = inputs;
    }

    /**
     * Checks a parsed expression. Syntax errors are passed on unchanged, together with the errors found in the
     * repaired expression.
     */
    public Checked check(Parsed parsed, ProfileSchema schema, Purpose purpose) {
        if (parsed.mended().isPresent()) {
            return refused(parsed.diagnostics(), check(parsed.mended().get(), schema, purpose));
        }
        if (parsed.expression().isEmpty()) {
            return new Checked(
                    Optional.empty(),
                    parsed.diagnostics(),
                    Type.ANY,
                    new TreeSet<>(),
                    new TreeSet<>(),
                    List.of(),
                    EvaluationMethods.UNKNOWN);
        }
        return check(parsed.expression().get(), parsed.diagnostics(), schema, purpose);
    }

    private static Checked refused(List<Diagnostic> slips, Checked meant) {
        List<Diagnostic> errors = Stream.concat(slips.stream(), meant.diagnostics().stream())
                .filter(Diagnostic::isError)
                .sorted(Comparator.comparingInt(diagnostic -> diagnostic.span().offset()))
                .toList();
        return new Checked(
                Optional.empty(),
                errors,
                meant.resultType(),
                meant.fields(),
                meant.dependencies(),
                meant.references(),
                meant.methods());
    }

    public Checked check(Expression expression, ProfileSchema schema, Purpose purpose) {
        return check(expression, List.of(), schema, purpose);
    }

    private Checked check(Expression expression, List<Diagnostic> warnings, ProfileSchema schema, Purpose purpose) {
        CheckDiagnostics findings = new CheckDiagnostics(warnings);
        Typed typed = new Elaborator(inputs, schema, DEEPEST, findings).query(expression, scope(schema));
        Term term = typed.term();
        if (purpose == Purpose.SEGMENT) {
            ConditionChecks.segment(typed, findings);
            term = Conversions.toBoolean(typed);
            findings.place(term, Type.BOOLEAN, typed.span());
        }
        Optional<CheckedExpression> checked = Optional.empty();
        EvaluationMethods methods = EvaluationMethods.UNKNOWN;
        if (!findings.hasErrors()) {
            EventReads events = EventReads.in(term);
            methods = Eligibility.of(term, events);
            new Lint(findings).examine(term, events, purpose);
            checked = Optional.of(new CheckedExpression(expression, term, typed.type(), purpose, findings.spans()));
        }
        SortedSet<String> dependencies = findings.references().stream()
                .map(AudienceReference::audienceId)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Checked(
                checked,
                findings.inOrder(),
                typed.type(),
                findings.fields(),
                dependencies,
                findings.references(),
                methods);
    }

    private VariableScope scope(ProfileSchema schema) {
        VariableScope scope = VariableScope.ofProfile(schema.profile());
        if (!inputs.profileName().isEmpty()) {
            scope = scope.input(inputs.profileName(), 1, schema.profile(), Path.PROFILE);
        }
        int position = 2;
        for (Input input : inputs.others()) {
            if (!input.name().isEmpty()) {
                scope = scope.input(input.name(), position, input.type(), Path.input(input.name()));
            }
            position++;
        }
        return scope;
    }
}
