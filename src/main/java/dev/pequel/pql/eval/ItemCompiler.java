package dev.pequel.pql.eval;

import dev.pequel.pql.type.Term;
import dev.pequel.profile.column.Column;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything that takes a variable through items: filters, quantifiers, aggregates, groups, chains, and {@code let}. */
final class ItemCompiler {

    private final Compiler compiler;
    private final ItemConditions items;

    /** @param items what segments that are compiled together share */
    ItemCompiler(Compiler compiler, ItemConditions items) {
        this.compiler = compiler;
        this.items = items;
    }

    /** Binds a variable to rows of a column. */
    private void bindRow(int slot, Column column) {
        compiler.bind(slot, new Columns.OfRow(column, new RowSource.Variable(slot)));
    }

    /** Binds a variable to objects. */
    private void bindObject(int slot) {
        compiler.bind(slot, Lists.of(frame -> frame.values[slot]));
    }

    Code filter(Term.Filter filter) {
        Code list = compiler.operand(filter.list());
        return Comparisons.isNull(list)
                ? new Code.Constant(new Dynamic.Items(List.of(), false))
                : filtered(filter.list(), list, filter.slot(), Optional.of(filter.condition()), true);
    }

    private static boolean isObject(Column.Part part) {
        return part instanceof Column.ObjectPart || part instanceof Column.MapPart;
    }

    private Code filtered(Term term, Code list, int slot, Optional<Term> condition, boolean keepsPath) {
        if (list instanceof Code.OfRows rows) {
            bindRow(slot, rows.column);
            Optional<ItemConditions.Split> split = condition.flatMap(c -> split(term, list, slot, c));
            if (split.isPresent()) {
                Code.OfRows matching = new ItemConditions.MatchingRows(
                        (Columns.Elements) list, split.get().bits());
                return split.get()
                        .rest()
                        .<Code>map(rest -> new Lists.FilteredRows(matching, slot, compiler.operand(rest), false))
                        .orElse(matching);
            }
            return new Lists.FilteredRows(rows, slot, conditionOrTrue(condition), keepsPath && rows.throughPath);
        }
        bindObject(slot);
        return Lists.filtered(list, slot, conditionOrTrue(condition), keepsPath);
    }

    /** The parts of a condition on the items of a list that other segments share, and the rest. */
    private Optional<ItemConditions.Split> split(Term term, Code list, int slot, Term condition) {
        return list instanceof Columns.Elements elements && elements.isOfProfile()
                ? items.split(term, elements, slot, condition, compiler)
                : Optional.empty();
    }

    /** A condition on one item of a list. */
    private Code itemCondition(Term term, Code list, int slot, Term condition) {
        return split(term, list, slot, condition)
                .map(split -> {
                    Code bits = ItemConditions.test(split.bits(), slot);
                    return split.rest()
                            .<Code>map(rest -> Logic.all(List.of(bits, compiler.operand(rest))))
                            .orElse(bits);
                })
                .orElseGet(() -> compiler.operand(condition));
    }

    private Code conditionOrTrue(Optional<Term> condition) {
        return condition.map(compiler::operand).orElse(Code.ConstantBoolean.TRUE);
    }

    Code map(Term.MapItems map) {
        Code list = compiler.operand(map.list());
        if (list instanceof Code.OfRows rows) {
            bindRow(map.slot(), rows.column);
            return Lists.mappedRows(rows, compiler.newBuffer(), map.slot(), compiler.operand(map.body()));
        }
        bindObject(map.slot());
        return Lists.mapped(list, map.slot(), compiler.operand(map.body()));
    }

    Code mapGroups(Term.MapGroups map) {
        Code groups = compiler.operand(map.groups());
        bindObject(map.keySlot());
        bindObject(map.groupSlot());
        return Lists.mapOfGroups(
                groups, map.keySlot(), map.groupSlot(), compiler.operand(map.key()), compiler.operand(map.value()));
    }

    Code top(Term.Top top) {
        Code list = compiler.operand(top.list());
        Code count = compiler.operand(top.count());
        if (list instanceof Code.OfRows rows) {
            bindRow(top.slot(), rows.column);
            return new Lists.TopRows(rows, top.slot(), compiler.operand(top.key()), count, top.largest());
        }
        bindObject(top.slot());
        return Lists.top(list, top.slot(), compiler.operand(top.key()), count, top.largest());
    }

    Code groupBy(Term.GroupBy group) {
        Code list = compiler.operand(group.list());
        if (list instanceof Code.OfRows rows) {
            bindRow(group.slot(), rows.column);
            return Lists.groupedRows(rows, compiler.newBuffer(), group.slot(), compiler.operand(group.key()));
        }
        bindObject(group.slot());
        return Lists.grouped(list, group.slot(), compiler.operand(group.key()));
    }

    /** @param selects whether items that do not meet their condition are passed over, and not counterexamples */
    Loops.Loop loop(List<Term.Generator> generators, boolean selects) {
        Term.Generator first = generators.getFirst();
        List<Term.Generator> rest = generators.subList(1, generators.size());
        int slot = first.slot();
        Code range = range(first.range());
        if (!(range instanceof Code.OfRows rows)) {
            bindObject(slot);
            Optional<Code> condition = first.condition().map(compiler::operand);
            return Loops.overObjects(range, slot, condition, inner(rest, selects));
        }
        bindRow(slot, rows.column);
        Optional<ItemConditions.Split> split =
                selects ? first.condition().flatMap(c -> split(first.range(), rows, slot, c)) : Optional.empty();
        if (split.isPresent()) {
            Code.OfRows matching = new ItemConditions.MatchingRows(
                    (Columns.Elements) rows, split.get().bits());
            Optional<Code> condition = split.get().rest().map(compiler::operand);
            return Loops.overRows(matching, compiler.newBuffer(), slot, condition, inner(rest, selects));
        }
        Optional<Code> condition = first.condition().map(c -> itemCondition(first.range(), rows, slot, c));
        return Loops.overRows(rows, compiler.newBuffer(), slot, condition, inner(rest, selects));
    }

    private Optional<Loops.Loop> inner(List<Term.Generator> rest, boolean selects) {
        return rest.isEmpty() ? Optional.empty() : Optional.of(loop(rest, selects));
    }

    /** The items of a variable's range; an object counts as the only item of itself. */
    private Code range(Term term) {
        Code range = compiler.compile(term);
        if (range instanceof Columns.OfRow row
                && row.column.sole().filter(ItemCompiler::isObject).isPresent()) {
            return new Columns.Single(row);
        }
        return compiler.operand(range);
    }

    Code select(List<Term.Generator> generators) {
        if (generators.size() == 1) {
            Term.Generator only = generators.getFirst();
            Code range = range(only.range());
            if (Comparisons.isNull(range)) {
                return new Code.Constant(new Dynamic.Items(List.of(), false));
            }
            return range instanceof Code.OfRows
                    ? filtered(only.range(), range, only.slot(), only.condition(), false)
                    : filtered(only.range(), Lists.asList(range), only.slot(), only.condition(), false);
        }
        Loops.Loop loop = loop(generators, true);
        return Loops.tuples(
                loop,
                generators.stream()
                        .map(generator -> compiler.operand(compiler.variable(generator.slot())))
                        .toList());
    }

    Code aggregation(Term.Aggregation aggregation) {
        Loops.Loop loop = loop(aggregation.generators(), true);
        return Loops.aggregate(aggregation.function(), loop, compiler.operand(aggregation.value()));
    }

    Code let(Term.Let let) {
        Code value = compiler.compile(let.value());
        int slot = let.slot();
        if (value.isConstant()) {
            compiler.bind(slot, value);
            return compiler.operand(let.body());
        }
        if (value instanceof Columns.OfRow row) {
            bindRow(slot, row.column);
            Code body = compiler.operand(let.body());
            return bound(frame -> frame.rows[slot] = row.source.row(frame), body);
        }
        compiler.bind(slot, Lists.variable(value, slot));
        Code body = compiler.operand(let.body());
        return bound(frame -> frame.values[slot] = value.value(frame), body);
    }

    private static Code bound(Consumer<Frame> bind, Code body) {
        return new Code() {
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

    Code chain(Term.Chain chain) {
        Code list = compiler.operand(chain.list());
        Occurrences.TimelineSource source;
        if (list instanceof Code.OfRows rows) {
            bindRow(chain.slot(), rows.column);
            source = Occurrences.timelineOfRows(rows, compiler.newBuffer(), chain.slot());
        } else {
            bindObject(chain.slot());
            source = Occurrences.timelineOfObjects(list, compiler.newSlot(), chain.slot());
        }
        Code.OfTime timestamp = Occurrences.asTime(compiler.operand(chain.timestamp()));
        List<Occurrences.Link> links = chain.links().stream()
                .map(link -> new Occurrences.Link(
                        itemCondition(chain.list(), list, chain.slot(), link.condition()),
                        link.when().map(compiler.times()::window),
                        link.count()))
                .toList();
        return Occurrences.chain(source, timestamp, links);
    }
}
