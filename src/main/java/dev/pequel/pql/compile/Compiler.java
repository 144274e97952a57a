package dev.pequel.pql.compile;

import dev.pequel.column.Column;
import dev.pequel.column.IsoTime;
import dev.pequel.column.Snapshot;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.term.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Compiles terms for one snapshot and one {@code now}. Everything that does not depend on the profile is computed at
 * compile time: the columns of paths, the codes of strings in dictionaries, patterns, and time windows.
 */
final class Compiler {

    private final Snapshot snapshot;
    private final Memberships memberships;
    private final Optional<Observer> observer;
    private final PathCompiler paths = new PathCompiler(this);
    private final TestCompiler tests = new TestCompiler(this);
    private final FunctionCompiler functions = new FunctionCompiler(this);
    private final TimeCompiler times;
    private final ItemCompiler items;
    private final BooleanSupplier cancelled;
    private final Frame constants;
    private final Map<Integer, CompiledExpression> variables = new LinkedHashMap<>();
    private int slots;
    private int buffers;

    /** Receives the value of every evaluated term; {@code null} for a missing value. */
    interface Observer {
        void observe(Term term, Object value);
    }

    /**
     * @param terms the terms that will be compiled
     * @param shared the conditions that they share
     * @param cancelled whether the evaluation is cancelled; checked for each term, and while profiles are evaluated
     */
    Compiler(
            Snapshot snapshot,
            Instant now,
            Memberships memberships,
            Optional<Observer> observer,
            List<Term> terms,
            ItemConditions shared,
            BooleanSupplier cancelled) {
        this.items = new ItemCompiler(this, shared);
        this.snapshot = snapshot;
        this.times = new TimeCompiler(this, IsoTime.toMicros(now));
        this.memberships = memberships;
        this.observer = observer;
        this.cancelled = cancelled;
        this.constants = Frame.ofConstants(cancelled);
        this.slots = terms.stream().mapToInt(TermWalk::slots).max().orElse(0);
    }

    /** Returns a frame for everything compiled so far. */
    Frame newFrame(Frame.Limits limits) {
        return new Frame(slots, buffers, limits, cancelled);
    }

    /**
     * Returns the frame for constants, which are computed at compile time within the limits of one profile. It has no
     * variables.
     */
    Frame constants() {
        constants.startLimit();
        return constants;
    }

    PathCompiler paths() {
        return paths;
    }

    TestCompiler tests() {
        return tests;
    }

    TimeCompiler times() {
        return times;
    }

    /** Returns the number of an unused buffer. */
    int newBuffer() {
        return buffers++;
    }

    /** Returns a slot that no variable of the terms uses. */
    int newSlot() {
        return slots++;
    }

    /** Makes a variable visible to the terms in its scope. */
    void bind(int slot, CompiledExpression code) {
        variables.put(slot, code);
    }

    CompiledExpression variable(int slot) {
        return variables.get(slot);
    }

    /** Compiles a term to an expression narrowed to its type. */
    CompiledExpression operand(Term term) {
        return operand(compile(term));
    }

    /** Narrows an expression to the only type that its value can have. */
    CompiledExpression operand(CompiledExpression code) {
        if (code instanceof CompiledColumns.OfRow row) {
            Optional<Column.Part> sole = row.column.sole();
            if (sole.isPresent() && sole.get() instanceof Column.ListPart list) {
                return new CompiledColumns.Elements(list, row.source, false);
            }
            return CompiledColumns.narrow(row);
        }
        return code;
    }

    /** Compiles a term. The result may be a row of a column that is not narrowed to a type yet. */
    CompiledExpression compile(Term term) {
        // Checked for every term: many terms search dictionaries or compile patterns.
        constants.look();
        CompiledExpression code = translate(term);
        return observer.isPresent() ? new Observed(code, term, observer.get()) : code;
    }

    private CompiledExpression translate(Term term) {
        return switch (term) {
            case Term.Constant constant -> constant(constant.value());
            case Term.ConstantTime time -> new CompiledExpression.ConstantTime(IsoTime.toMicros(time.value()));
            case Term.Input input ->
                snapshot.input(input.position())
                        .<CompiledExpression>map(column -> new CompiledColumns.OfRow(column, RowSource.PROFILE))
                        .orElse(CompiledExpression.Constant.NULL);
            case Term.Context context ->
                Optional.ofNullable(snapshot.context().get(context.schema()))
                        .<CompiledExpression>map(column -> new CompiledColumns.OfRow(column, RowSource.FIRST))
                        .orElse(CompiledExpression.Constant.NULL);
            case Term.Variable variable -> variable(variable.slot());
            case Term.Moment moment -> new CompiledExpression.ConstantTime(times.moment(moment.word()));
            case Term.Day day -> times.day(day);
            case Term.ListOf list -> list(list);
            case Term.ObjectOf object -> object(object);
            case Term.Field field -> paths.step(compile(field.target()), field.name());
            case Term.ToBoolean conversion -> toBoolean(conversion.operand());
            case Term.ToTimestamp conversion -> TimeWindows.toTime(operand(conversion.operand()));
            case Term.Not not -> CompiledLogic.not(operand(not.operand()));
            case Term.And and -> and(and.operands());
            case Term.Or or -> or(or.operands());
            case Term.Comparison comparison -> tests.comparison(comparison);
            case Term.Arithmetic arithmetic ->
                CompiledArithmetic.of(arithmetic.operator(), operand(arithmetic.left()), operand(arithmetic.right()));
            case Term.Negation negation -> CompiledArithmetic.negated(operand(negation.operand()));
            case Term.In in -> tests.in(in);
            case Term.Text text -> tests.text(text);
            case Term.Call call -> functions.call(call);
            case Term.InSegment segment -> inSegment(segment.audienceId());
            case Term.MembershipStatus status -> status(status);
            case Term.Filter filter -> items.filter(filter);
            case Term.MapItems map -> items.map(map);
            case Term.MapGroups map -> items.mapGroups(map);
            case Term.Top top -> items.top(top);
            case Term.GroupBy group -> items.groupBy(group);
            case Term.Select select -> items.select(select.generators());
            case Term.Exists exists -> Quantifiers.exists(items.loop(exists.generators(), true));
            case Term.ForAll forAll -> Quantifiers.forAll(items.loop(forAll.generators(), false));
            case Term.Aggregation aggregation -> items.aggregation(aggregation);
            case Term.If choice ->
                CompiledLogic.choice(operand(choice.test()), operand(choice.then()), operand(choice.otherwise()));
            case Term.Let let -> items.let(let);
            case Term.Occurs occurs -> {
                TimeWindows.WindowCode window = times.window(occurs.test());
                yield tests.each(operand(occurs.timestamp()), time -> TimeWindows.occurs(time, window));
            }
            case Term.Chain chain -> items.chain(chain);
        };
    }

    // ---- Values

    private static CompiledExpression constant(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Null none -> CompiledExpression.Constant.NULL;
            case Scalar.Bool flag -> CompiledExpression.ConstantBoolean.of(flag.value());
            case Scalar.Int integer -> CompiledExpression.constant(integer.value());
            case Scalar.Real real -> new CompiledExpression.ConstantDouble(real.value());
            case Scalar.Text text -> new CompiledExpression.ConstantText(text.value());
        };
    }

    private CompiledExpression list(Term.ListOf list) {
        List<CompiledExpression> items =
                list.items().stream().map(this::operand).toList();
        CompiledExpression code = CompiledLists.of(frame -> {
            List<Object> values = new ArrayList<>(items.size());
            items.forEach(item -> values.add(item.value(frame)));
            frame.make(values.size());
            return new UntypedValues.Items(values, false);
        });
        return items.stream().allMatch(CompiledExpression::isConstant)
                ? new CompiledExpression.Constant(code.value(Frame.ofConstants()))
                : code;
    }

    private CompiledExpression object(Term.ObjectOf object) {
        Map<String, CompiledExpression> fields = new LinkedHashMap<>();
        object.entries().forEach(entry -> fields.put(entry.key(), operand(entry.value())));
        return CompiledLists.of(frame -> {
            Map<String, Object> values = new LinkedHashMap<>();
            fields.forEach((name, field) -> {
                Object value = field.value(frame);
                if (value != null) {
                    values.put(name, value);
                }
            });
            frame.make(values.size());
            return new UntypedValues.Fields(values);
        });
    }

    // ---- Logic

    /**
     * Returns the loop over the tuples that a term selects; empty for a single variable, and when an observer needs
     * the tuples.
     */
    Optional<Quantifiers.Loop> tuples(Term term) {
        return term instanceof Term.Select(List<Term.Generator> generators)
                        && generators.size() > 1
                        && observer.isEmpty()
                ? Optional.of(items.loop(generators, true))
                : Optional.empty();
    }

    private CompiledExpression toBoolean(Term operand) {
        if (operand instanceof Term.Select select && observer.isEmpty()) {
            return Quantifiers.exists(items.loop(select.generators(), true));
        }
        CompiledExpression code = operand(operand);
        if (code instanceof CompiledExpression.OfBoolean) {
            return code;
        }
        if (code.isConstant()) {
            return CompiledExpression.ConstantBoolean.of(code.test(null));
        }
        return switch (code) {
            case CompiledLists.FilteredRows rows -> Quantifiers.exists(rows.loop(buffers++));
            case CompiledColumns.Elements list -> CompiledLogic.truth(list);
            case CompiledExpression.OfRows rows ->
                new CompiledLists.AnyRow(rows, buffers++, slots++, CompiledExpression.ConstantBoolean.TRUE);
            default -> CompiledLogic.truth(code);
        };
    }

    private CompiledExpression and(List<Term> operands) {
        if (observer.isPresent()) {
            return everyOperand(operands, true);
        }
        List<CompiledExpression> open = new ArrayList<>();
        for (CompiledExpression code : cheapFirst(operands)) {
            if (!code.isConstant()) {
                open.add(code);
            } else if (!code.test(null)) {
                return CompiledExpression.ConstantBoolean.FALSE;
            }
        }
        return open.isEmpty()
                ? CompiledExpression.ConstantBoolean.TRUE
                : open.size() == 1 ? open.getFirst() : CompiledLogic.all(open);
    }

    private CompiledExpression or(List<Term> operands) {
        if (observer.isPresent()) {
            return everyOperand(operands, false);
        }
        List<CompiledExpression> open = new ArrayList<>();
        for (CompiledExpression code : cheapFirst(operands)) {
            if (!code.isConstant()) {
                open.add(code);
            } else if (code.test(null)) {
                return CompiledExpression.ConstantBoolean.TRUE;
            }
        }
        return open.isEmpty()
                ? CompiledExpression.ConstantBoolean.FALSE
                : open.size() == 1 ? open.getFirst() : CompiledLogic.any(open);
    }

    /** For an observer: also evaluates the operands after the deciding one. */
    private CompiledExpression everyOperand(List<Term> operands, boolean all) {
        List<CompiledExpression> codes = operands.stream().map(this::operand).toList();
        return new CompiledExpression.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                int holding = 0;
                for (CompiledExpression code : codes) {
                    holding += code.test(frame) ? 1 : 0;
                }
                return all ? holding == codes.size() : holding > 0;
            }
        };
    }

    /**
     * Compiles the cheap operands before those that run through lists, which are then often not evaluated. This is
     * safe because conditions have no effects. Uses no streams because they take much stack for deep terms.
     */
    private List<CompiledExpression> cheapFirst(List<Term> operands) {
        List<CompiledExpression> codes = new ArrayList<>();
        List<Term> dear = new ArrayList<>();
        for (Term operand : operands) {
            if (TermWalk.isExpensive(operand)) {
                dear.add(operand);
            } else {
                codes.add(operand(operand));
            }
        }
        for (Term operand : dear) {
            codes.add(operand(operand));
        }
        return codes;
    }

    // ---- Audiences

    private CompiledExpression inSegment(String audienceId) {
        return memberships
                .of(audienceId)
                .<CompiledExpression>map(membership -> new CompiledExpression.OfBoolean() {
                    @Override
                    boolean test(Frame frame) {
                        return membership.isMember(frame.profile);
                    }
                })
                .orElseGet(() -> storedMembership(audienceId));
    }

    /** Reads the membership from the profile itself (P49). */
    private CompiledExpression storedMembership(String audienceId) {
        Term status = new Term.Field(
                get(get(new Term.Field(new Term.Input(1), "segmentMembership"), "ups"), audienceId), "status");
        Term member = new Term.ListOf(List.of(text("realized"), text("existing")));
        return tests.in(new Term.In(false, status, member));
    }

    private static Term get(Term map, String key) {
        return new Term.Call(Function.GET, List.of(map, text(key)));
    }

    private static Term text(String text) {
        return new Term.Constant(new Scalar.Text(text));
    }

    private CompiledExpression status(Term.MembershipStatus status) {
        Optional<Memberships.Membership> known = memberships.of(status.audienceId());
        if (known.isEmpty()) {
            return compile(status.stored());
        }
        Memberships.Membership membership = known.get();
        return new CompiledExpression.OfText() {
            @Override
            String text(Frame frame) {
                return membership.isMember(frame.profile)
                        ? "realized"
                        : membership.hasExited(frame.profile) ? "exited" : null;
            }

            @Override
            boolean isPresent(Frame frame) {
                return text(frame) != null;
            }
        };
    }

    private static final class Observed extends CompiledExpression {
        private final CompiledExpression code;
        private final Term term;
        private final Observer observer;

        Observed(CompiledExpression code, Term term, Observer observer) {
            this.code = code;
            this.term = term;
            this.observer = observer;
        }

        @Override
        Object value(Frame frame) {
            Object value = code.value(frame);
            observer.observe(term, value);
            return value;
        }
    }
}
