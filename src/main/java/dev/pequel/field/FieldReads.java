package dev.pequel.field;

import dev.pequel.pql.Span;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.function.StringTestKind;
import dev.pequel.pql.term.CheckedExpression;
import dev.pequel.pql.term.Term;
import dev.pequel.pql.term.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields that an expression reads and the strings that it compares them with, in the order of the text. Fields of
 * the values of maps and of computed values are left out.
 */
final class FieldReads {

    private final CheckedExpression expression;
    private final List<Read> reads = new ArrayList<>();
    private final List<Compared> compared = new ArrayList<>();

    /** The path of each variable's value; no entry if the value has none. */
    private final Map<Integer, List<String>> variables = new HashMap<>();

    private FieldReads(CheckedExpression expression) {
        this.expression = expression;
    }

    /** @param path the names from the profile, at least one */
    record Read(List<String> path, Span span) {}

    /** A string that must equal the value of a field. */
    record Compared(List<String> path, String text, Span span) {}

    record All(List<Read> reads, List<Compared> compared) {}

    static All of(CheckedExpression expression) {
        FieldReads found = new FieldReads(expression);
        found.visit(expression.term(), expression.source().span());
        return new All(found.reads, found.compared);
    }

    /** @param outer the position of the innermost enclosing term that has one */
    private void visit(Term term, Span outer) {
        Span span = expression.span(term).orElse(outer);
        switch (term) {
            case Term.Field field -> field(field, span);
            case Term.MembershipStatus status -> {}
            case Term.Comparison(ComparisonOperator operator, Term left, Term right) -> {
                if (!operator.isOrder()) {
                    compare(left, right, span);
                    compare(right, left, span);
                }
                visitChildren(term, span);
            }
            case Term.In(boolean negated, Term element, Term list) -> {
                compare(element, list, span);
                compare(list, element, span);
                visitChildren(term, span);
            }
            case Term.Text(StringTestKind test, Term text, Term argument, boolean caseSensitive) -> {
                if (caseSensitive && (test == StringTestKind.EQUALS || test == StringTestKind.NOT_EQUAL_TO)) {
                    compare(text, argument, span);
                }
                visitChildren(term, span);
            }
            case Term.Filter filter -> {
                visit(filter.list(), span);
                bind(filter.slot(), filter.list());
                visit(filter.condition(), span);
            }
            case Term.MapItems map -> {
                visit(map.list(), span);
                bind(map.slot(), map.list());
                visit(map.body(), span);
            }
            case Term.MapGroups map -> {
                visit(map.groups(), span);
                variables.remove(map.keySlot());
                variables.remove(map.groupSlot());
                visit(map.key(), span);
                visit(map.value(), span);
            }
            case Term.Top top -> {
                visit(top.list(), span);
                bind(top.slot(), top.list());
                visit(top.key(), span);
                visit(top.count(), span);
            }
            case Term.GroupBy group -> {
                visit(group.list(), span);
                bind(group.slot(), group.list());
                visit(group.key(), span);
            }
            case Term.Let let -> {
                visit(let.value(), span);
                bind(let.slot(), let.value());
                visit(let.body(), span);
            }
            case Term.Chain chain -> {
                visit(chain.list(), span);
                bind(chain.slot(), chain.list());
                Terms.children(chain).stream().skip(1).forEach(child -> visit(child, span));
            }
            case Term.Select select -> generators(select.generators(), span);
            case Term.Exists exists -> generators(exists.generators(), span);
            case Term.ForAll forAll -> generators(forAll.generators(), span);
            case Term.Aggregation aggregation -> {
                generators(aggregation.generators(), span);
                visit(aggregation.value(), span);
            }
            default -> visitChildren(term, span);
        }
    }

    private void visitChildren(Term term, Span span) {
        Terms.children(term).forEach(child -> visit(child, span));
    }

    private void generators(List<Term.Generator> generators, Span span) {
        for (Term.Generator generator : generators) {
            visit(generator.range(), span);
            bind(generator.slot(), generator.range());
            generator.condition().ifPresent(condition -> visit(condition, span));
        }
    }

    private void bind(int slot, Term value) {
        path(value).ifPresentOrElse(path -> variables.put(slot, path), () -> variables.remove(slot));
    }

    /** Records the whole path, and visits what it begins with. */
    private void field(Term.Field field, Span span) {
        path(field).ifPresent(path -> reads.add(new Read(path, span)));
        Term start = field;
        while (start instanceof Term.Field step) {
            start = step.target();
        }
        visit(start, span);
    }

    /** Records the strings in {@code value} if {@code field} is one. */
    private void compare(Term field, Term value, Span span) {
        path(field).filter(path -> !path.isEmpty()).ifPresent(path -> addStrings(path, value, span));
    }

    private void addStrings(List<String> path, Term value, Span outer) {
        Span span = expression.span(value).orElse(outer);
        switch (value) {
            case Term.Constant(Scalar.Text(String text)) -> compared.add(new Compared(path, text, span));
            case Term.ListOf list -> list.items().forEach(item -> addStrings(path, item, span));
            default -> {}
        }
    }

    /** The path from the profile to the value, or to the items of the list; empty if it is computed. */
    private Optional<List<String>> path(Term term) {
        return switch (term) {
            case Term.Input(int position) -> position == 1 ? Optional.of(List.of()) : Optional.empty();
            case Term.Variable(int slot) -> Optional.ofNullable(variables.get(slot));
            case Term.Field(Term target, String name) -> path(target).map(path -> step(path, name));
            case Term.ToTimestamp(Term operand) -> path(operand);
            case Term.Filter filter -> path(filter.list());
            case Term.Top top -> path(top.list());
            case Term.Select select
            when select.generators().size() == 1 ->
                path(select.generators().getFirst().range());
            case Term.Call(Function function, List<Term> arguments)
            when function == Function.HEAD || function == Function.DISTINCT -> path(arguments.getFirst());
            default -> Optional.empty();
        };
    }

    private static List<String> step(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }
}
