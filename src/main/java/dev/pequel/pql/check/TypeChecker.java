package dev.pequel.pql.check;

import dev.pequel.pql.Diagnostic;
import dev.pequel.pql.ast.Expression;
import dev.pequel.pql.check.Inputs.Input;
import dev.pequel.pql.syntax.Parsed;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks expressions against a schema: finds names and types, reports every mistake with its place, and turns an expression
 * without mistakes into a {@link CheckedExpression}. Immutable; safe for use by many threads.
 *
 * <p>Nothing is thrown for a wrong expression, whatever it is. An expression nested very deeply is refused, so that
 * neither the checker nor what works on its result can run out of stack.
 */
public final class TypeChecker {

    /**
     * Levels of the tree, which are more than the nesting a person sees: every step of a path is one, every call two. This
     * many take little more than half the stack of an ordinary thread (1 MiB), virtual or not.
     */
    static final int DEEPEST = 500;

    private final Inputs inputs;

    /** A checker for expressions about a profile and nothing else. */
    public TypeChecker() {
        this(Inputs.PROFILE);
    }

    public TypeChecker(Inputs inputs) {
        this.inputs = inputs;
    }

    /** Checks what was read; syntax errors are passed on as they are, with those found in what was certainly meant. */
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
