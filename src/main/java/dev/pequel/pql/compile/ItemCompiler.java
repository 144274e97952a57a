package dev.pequel.pql.compile;

import dev.pequel.column.Column;
import dev.pequel.pql.term.Term;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Compiles terms that bind a variable to items: filters, quantifiers, aggregates, groups, chains, and {@code let}. */
final class ItemCompiler {

    private final Compiler compiler;
    private final ItemConditions items;

    /** @param items conditions shared by segments that are compiled together */
    ItemCompiler(Compiler compiler, ItemConditions items) {
        this.compiler = compiler;
        this.items = items;
    }

    /** Binds a variable to rows of a column. */
    private void bindRow(int slot, Column column) {
        compiler.bind(slot, new CompiledColumns.OfRow(column, new RowSource.Variable(slot)));
    }

    /** Binds a variable to objects. */
    private void bindObject(int slot) {
        compiler.bind(slot, CompiledLists.of(frame -> frame.values[slot]));
    }

    CompiledExpression filter(Term.Filter filter) {
        CompiledExpression list = compiler.operand(filter.list());
        return CompiledComparisons.isNull(list)
                ? new CompiledExpression.Constant(new UntypedValues.Items(List.of(), false))
                : filtered(filter.list(), list, filter.slot(), Optional.of(filter.condition()), true);
    }

    private static boolean isObject(Column.Part part) {
        return part instanceof Column.ObjectPart || part instanceof Column.MapPart;
    }

    private CompiledExpression filtered(
            Term term, CompiledExpression list, int slot, Optional<Term> condition, boolean keepsPath) {
        if (list instanceof CompiledExpression.OfRows rows) {
            bindRow(slot, rows.column);
            Optional<ItemConditions.Split> split = condition.flatMap(c -> split(term, list, slot, c));
            if (split.isPresent()) {
                CompiledExpression.OfRows matching = new ItemConditions.MatchingRows(
                        (CompiledColumns.Elements) list, split.get().bits());
                return split.get()
                        .rest()
                        .<CompiledExpression>map(
                                rest -> new CompiledLists.FilteredRows(matching, slot, compiler.operand(rest), false))
                        .orElse(matching);
            }
            return new CompiledLists.FilteredRows(
                    rows, slot, conditionOrTrue(condition), keepsPath && rows.throughPath);
        }
        bindObject(slot);
        return CompiledLists.filtered(list, slot, conditionOrTrue(condition), keepsPath);
    }

    /** Splits a condition on items of a list into the parts shared with other segments and the rest. */
    private Optional<ItemConditions.Split> split(Term term, CompiledExpression list, int slot, Term condition) {
        return list instanceof CompiledColumns.Elements elements && elements.isOfProfile()
                ? items.split(term, elements, slot, condition, compiler)
                : Optional.empty();
    }

    /** Compiles a condition on one item of a list. */
    private CompiledExpression itemCondition(Term term, CompiledExpression list, int slot, Term condition) {
        return split(term, list, slot, condition)
                .map(split -> {
                    CompiledExpression bits = ItemConditions.test(split.bits(), slot);
                    return split.rest()
                            .<CompiledExpression>map(rest -> CompiledLogic.all(List.of(bits, compiler.operand(rest))))
                            .orElse(bits);
                })
                .orElseGet(() -> compiler.operand(condition));
    }

    private CompiledExpression conditionOrTrue(Optional<Term> condition) {
        return condition.map(compiler::operand).orElse(CompiledExpression.ConstantBoolean.TRUE);
    }

    CompiledExpression map(Term.MapItems map) {
        CompiledExpression list = compiler.operand(map.list());
        if (list instanceof CompiledExpression.OfRows rows) {
            bindRow(map.slot(), rows.column);
            return CompiledLists.mappedRows(rows, compiler.newBuffer(), map.slot(), compiler.operand(map.body()));
        }
        bindObject(map.slot());
        return CompiledLists.mapped(list, map.slot(), compiler.operand(map.body()));
    }

    CompiledExpression mapGroups(Term.MapGroups map) {
        CompiledExpression groups = compiler.operand(map.groups());
        bindObject(map.keySlot());
        bindObject(map.groupSlot());
        return CompiledLists.mapOfGroups(
                groups, map.keySlot(), map.groupSlot(), compiler.operand(map.key()), compiler.operand(map.value()));
    }

    CompiledExpression top(Term.Top top) {
        CompiledExpression list = compiler.operand(top.list());
        CompiledExpression count = compiler.operand(top.count());
        if (list instanceof CompiledExpression.OfRows rows) {
            bindRow(top.slot(), rows.column);
            return new CompiledLists.TopRows(rows, top.slot(), compiler.operand(top.key()), count, top.largest());
        }
        bindObject(top.slot());
        return CompiledLists.top(list, top.slot(), compiler.operand(top.key()), count, top.largest());
    }

    CompiledExpression groupBy(Term.GroupBy group) {
        CompiledExpression list = compiler.operand(group.list());
        if (list instanceof CompiledExpression.OfRows rows) {
            bindRow(group.slot(), rows.column);
            return CompiledLists.groupedRows(rows, compiler.newBuffer(), group.slot(), compiler.operand(group.key()));
        }
        bindObject(group.slot());
        return CompiledLists.grouped(list, group.slot(), compiler.operand(group.key()));
    }

    /**
     * @param selects whether an item that does not satisfy its condition is skipped, instead of being a
     *     counterexample
     */
    Quantifiers.Loop loop(List<Term.Generator> generators, boolean selects) {
        Term.Generator first = generators.getFirst();
        List<Term.Generator> rest = generators.subList(1, generators.size());
        int slot = first.slot();
        CompiledExpression range = range(first.range());
        if (!(range instanceof CompiledExpression.OfRows rows)) {
            bindObject(slot);
            Optional<CompiledExpression> condition = first.condition().map(compiler::operand);
            return Quantifiers.overObjects(range, slot, condition, inner(rest, selects));
        }
        bindRow(slot, rows.column);
        Optional<ItemConditions.Split> split =
                selects ? first.condition().flatMap(c -> split(first.range(), rows, slot, c)) : Optional.empty();
        if (split.isPresent()) {
            CompiledExpression.OfRows matching = new ItemConditions.MatchingRows(
                    (CompiledColumns.Elements) rows, split.get().bits());
            Optional<CompiledExpression> condition = split.get().rest().map(compiler::operand);
            return Quantifiers.overRows(matching, compiler.newBuffer(), slot, condition, inner(rest, selects));
        }
        Optional<CompiledExpression> condition =
                first.condition().map(c -> itemCondition(first.range(), rows, slot, c));
        return Quantifiers.overRows(rows, compiler.newBuffer(), slot, condition, inner(rest, selects));
    }

    private Optional<Quantifiers.Loop> inner(List<Term.Generator> rest, boolean selects) {
        return rest.isEmpty() ? Optional.empty() : Optional.of(loop(rest, selects));
    }

    /** Compiles the range of a variable. An object becomes the only item of a list. */
    private CompiledExpression range(Term term) {
        CompiledExpression range = compiler.compile(term);
        if (range instanceof CompiledColumns.OfRow row
                && row.column.sole().filter(ItemCompiler::isObject).isPresent()) {
            return new CompiledColumns.Single(row);
        }
        return compiler.operand(range);
    }

    CompiledExpression select(List<Term.Generator> generators) {
        if (generators.size() == 1) {
            Term.Generator only = generators.getFirst();
            CompiledExpression range = range(only.range());
            if (CompiledComparisons.isNull(range)) {
                return new CompiledExpression.Constant(new UntypedValues.Items(List.of(), false));
            }
            return range instanceof CompiledExpression.OfRows
                    ? filtered(only.range(), range, only.slot(), only.condition(), false)
                    : filtered(only.range(), CompiledLists.asList(range), only.slot(), only.condition(), false);
        }
        Quantifiers.Loop loop = loop(generators, true);
        return Quantifiers.tuples(
                loop,
                generators.stream()
                        .map(generator -> compiler.operand(compiler.variable(generator.slot())))
                        .toList());
    }

    CompiledExpression aggregation(Term.Aggregation aggregation) {
        Quantifiers.Loop loop = loop(aggregation.generators(), true);
        return Quantifiers.aggregate(aggregation.function(), loop, compiler.operand(aggregation.value()));
    }

    CompiledExpression let(Term.Let let) {
        CompiledExpression value = compiler.compile(let.value());
        int slot = let.slot();
        if (value.isConstant()) {
            compiler.bind(slot, value);
            return compiler.operand(let.body());
        }
        if (value instanceof CompiledColumns.OfRow row) {
            bindRow(slot, row.column);
            CompiledExpression body = compiler.operand(let.body());
            return bound(frame -> frame.rows[slot] = row.source.row(frame), body);
        }
        compiler.bind(slot, CompiledLists.variable(value, slot));
        CompiledExpression body = compiler.operand(let.body());
        return bound(frame -> frame.values[slot] = value.value(frame), body);
    }

    private static CompiledExpression bound(Consumer<Frame> bind, CompiledExpression body) {
        return new CompiledExpression() {
            @Override
            Object value(Frame frame) {
                bind.accept(frame);
                return body.value(frame);
            }

            @Override
            boolean test(Frame frame) {
                int held = frame.held();
                bind.accept(frame);
                boolean holds = body.test(frame);
                frame.release(held);
                return holds;
            }
        };
    }

    CompiledExpression chain(Term.Chain chain) {
        CompiledExpression list = compiler.operand(chain.list());
        TimeWindows.TimelineSource source;
        if (list instanceof CompiledExpression.OfRows rows) {
            bindRow(chain.slot(), rows.column);
            source = TimeWindows.timelineOfRows(rows, compiler.newBuffer(), chain.slot());
        } else {
            bindObject(chain.slot());
            source = TimeWindows.timelineOfObjects(list, compiler.newSlot(), chain.slot());
        }
        CompiledExpression.OfTime timestamp = TimeWindows.asTime(compiler.operand(chain.timestamp()));
        List<TimeWindows.Link> links = chain.links().stream()
                .map(link -> new TimeWindows.Link(
                        itemCondition(chain.list(), list, chain.slot(), link.condition()),
                        link.when().map(compiler.times()::window),
                        link.count()))
                .toList();
        return TimeWindows.chain(source, timestamp, links);
    }
}
