package dev.pequel.pql.eval;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.type.Function;
import dev.pequel.pql.type.Term;
import dev.pequel.profile.column.Column;
import dev.pequel.profile.column.IsoTime;
import dev.pequel.profile.column.Snapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * Turns terms into codes for one snapshot and one {@code now}. Everything that does not depend on the profile is computed here:
 * which columns a path means, the codes of strings in dictionaries, patterns, and windows of time.
 */
final class Compiler {

    private final Snapshot snapshot;
    private final long now;
    private final Memberships memberships;
    private final Optional<Observer> observer;
    private final ItemConditions items;
    private final Map<Integer, Code> variables = new LinkedHashMap<>();
    private int slots;
    private int buffers;

    /** Sees the value of every term on its way; a missing one as {@code null}. */
    interface Observer {
        void observe(Term term, Object value);
    }

    /**
     * @param terms what will be compiled
     * @param items what they share
     */
    Compiler(
            Snapshot snapshot,
            Instant now,
            Memberships memberships,
            Optional<Observer> observer,
            List<Term> terms,
            ItemConditions items) {
        this.items = items;
        this.snapshot = snapshot;
        this.now = IsoTime.toMicros(now);
        this.memberships = memberships;
        this.observer = observer;
        this.slots = terms.stream().mapToInt(TermWalk::slots).max().orElse(0);
    }

    /** A frame for everything compiled so far. */
    Frame newFrame(long maxCombinations) {
        return new Frame(slots, buffers, maxCombinations);
    }

    /** The code of a term whose value is needed. */
    Code operand(Term term) {
        return operand(compile(term));
    }

    private Code operand(Code code) {
        if (code instanceof Columns.OfRow row) {
            Optional<Column.Part> sole = row.column.sole();
            if (sole.isPresent() && sole.get() instanceof Column.ListPart list) {
                return new Columns.Elements(list, row.source, false);
            }
            return Columns.narrow(row);
        }
        return code;
    }

    /** The code of a term, which may still be the row of a column with anything in it. */
    private Code compile(Term term) {
        Code code = translate(term);
        return observer.isPresent() ? new Observed(code, term, observer.get()) : code;
    }

    private Code translate(Term term) {
        return switch (term) {
            case Term.Constant constant -> constant(constant.value());
            case Term.ConstantTime time -> new Code.ConstantTime(IsoTime.toMicros(time.value()));
            case Term.Input input ->
                snapshot.input(input.position())
                        .<Code>map(column -> new Columns.OfRow(column, RowSource.PROFILE))
                        .orElse(Code.Constant.NULL);
            case Term.Context context ->
                Optional.ofNullable(snapshot.context().get(context.schema()))
                        .<Code>map(column -> new Columns.OfRow(column, RowSource.FIRST))
                        .orElse(Code.Constant.NULL);
            case Term.Variable variable -> variables.get(variable.slot());
            case Term.Moment moment -> new Code.ConstantTime(moment(moment.word()));
            case Term.Day day -> day(day);
            case Term.ListOf list -> list(list);
            case Term.ObjectOf object -> object(object);
            case Term.Field field -> step(compile(field.target()), field.name());
            case Term.ToBoolean conversion -> toBoolean(conversion.operand());
            case Term.ToTimestamp conversion -> Occurrences.toTime(operand(conversion.operand()));
            case Term.Not not -> not(operand(not.operand()));
            case Term.And and -> and(and.operands());
            case Term.Or or -> or(or.operands());
            case Term.Comparison comparison -> comparison(comparison);
            case Term.Arithmetic arithmetic ->
                Arithmetics.of(arithmetic.operator(), operand(arithmetic.left()), operand(arithmetic.right()));
            case Term.Negation negation -> Arithmetics.negated(operand(negation.operand()));
            case Term.In in -> in(in);
            case Term.Text text -> text(text);
            case Term.Call call -> call(call);
            case Term.InSegment segment -> inSegment(segment.audienceId());
            case Term.MembershipStatus status -> status(status);
            case Term.Filter filter -> filter(filter);
            case Term.MapItems map -> map(map);
            case Term.MapGroups map -> mapGroups(map);
            case Term.Top top -> top(top);
            case Term.GroupBy group -> groupBy(group);
            case Term.Select select -> select(select.generators());
            case Term.Exists exists -> Loops.exists(loop(exists.generators(), true));
            case Term.ForAll forAll -> Loops.forAll(loop(forAll.generators(), false));
            case Term.Aggregation aggregation -> aggregation(aggregation);
            case Term.If choice -> choice(operand(choice.test()), operand(choice.then()), operand(choice.otherwise()));
            case Term.Let let -> let(let);
            case Term.Occurs occurs -> {
                Occurrences.WindowCode window = window(occurs.test());
                yield each(operand(occurs.timestamp()), time -> Occurrences.occurs(time, window));
            }
            case Term.Chain chain -> chain(chain);
        };
    }

    // ---- Values

    private static Code constant(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Null none -> Code.Constant.NULL;
            case Scalar.Bool flag -> Code.ConstantBoolean.of(flag.value());
            case Scalar.Int integer -> Code.constant(integer.value());
            case Scalar.Real real -> new Code.ConstantDouble(real.value());
            case Scalar.Text text -> new Code.ConstantText(text.value());
        };
    }

    private long moment(TimeWord word) {
        return switch (word) {
            case NOW -> now;
            case TODAY -> Times.startOfDay(now);
            case YESTERDAY -> Times.startOfDay(now) - Times.DAY;
            case TOMORROW -> Times.startOfDay(now) + Times.DAY;
        };
    }

    private Code.OfTime day(Term.Day day) {
        Code year = operand(day.year());
        Code month = operand(day.month());
        Code dayOfMonth = operand(day.day());
        Code.OfTime code = new Code.OfTime() {
            @Override
            long micros(Frame frame) {
                return year.value(frame) instanceof Long y
                                && month.value(frame) instanceof Long m
                                && dayOfMonth.value(frame) instanceof Long d
                        ? Times.day(y, m, d)
                        : MISSING;
            }
        };
        boolean known = year.isConstant() && month.isConstant() && dayOfMonth.isConstant();
        return known ? new Code.ConstantTime(code.micros(null)) : code;
    }

    private Code list(Term.ListOf list) {
        List<Code> items = list.items().stream().map(this::operand).toList();
        Code code = Lists.of(frame -> {
            List<Object> values = new ArrayList<>(items.size());
            items.forEach(item -> values.add(item.value(frame)));
            return new Dynamic.Items(values, false);
        });
        return items.stream().allMatch(Code::isConstant) ? new Code.Constant(code.value(null)) : code;
    }

    private Code object(Term.ObjectOf object) {
        Map<String, Code> fields = new LinkedHashMap<>();
        object.entries().forEach(entry -> fields.put(entry.key(), operand(entry.value())));
        return Lists.of(frame -> {
            Map<String, Object> values = new LinkedHashMap<>();
            fields.forEach((name, field) -> {
                Object value = field.value(frame);
                if (value != null) {
                    values.put(name, value);
                }
            });
            return new Dynamic.Fields(values);
        });
    }

    // ---- Paths

    private Code step(Code target, String name) {
        return switch (target) {
            case Columns.OfRow row -> {
                Optional<Column.Part> sole = row.column.sole();
                if (sole.isPresent() && sole.get() instanceof Column.ListPart list) {
                    yield stepOfRows(new Columns.Elements(list, row.source, false), name);
                }
                yield entry(row, name).orElseGet(() -> Lists.of(frame -> Dynamic.step(row.value(frame), name)));
            }
            case Code.OfRows rows -> stepOfRows(rows, name);
            case Code other when other.isConstant() -> Code.constant(Dynamic.step(other.value(null), name));
            default -> Lists.of(frame -> Dynamic.step(target.value(frame), name));
        };
    }

    /** The field of an object or map where the column has nothing else; for a column of scalars a missing value. */
    private Optional<Code> entry(Columns.OfRow row, String name) {
        if (row.column.parts().isEmpty()) {
            return Optional.of(Code.Constant.NULL);
        }
        return row.column.sole().flatMap(part -> switch (part) {
            case Column.ObjectPart object ->
                Optional.of(
                        object.fields().containsKey(name)
                                ? new Columns.OfRow(object.fields().get(name), row.source)
                                : Code.Constant.NULL);
            case Column.MapPart map ->
                Optional.<Code>of(new Columns.OfRow(map.values(), new Lists.EntryRow(map, row.source, name)));
            case Column.ListPart list -> Optional.<Code>empty();
            case Column.BooleanPart scalar -> Optional.of(Code.Constant.NULL);
            case Column.LongPart scalar -> Optional.of(Code.Constant.NULL);
            case Column.DoublePart scalar -> Optional.of(Code.Constant.NULL);
            case Column.TextPart scalar -> Optional.of(Code.Constant.NULL);
            case Column.TimePart scalar -> Optional.of(Code.Constant.NULL);
        });
    }

    private Code stepOfRows(Code.OfRows rows, String name) {
        Optional<Column.Part> sole = rows.column.sole();
        if (rows.column.parts().isEmpty()) {
            return new Columns.FieldOfRows(rows, Column.none());
        }
        if (sole.isEmpty() || !(sole.get() instanceof Column.ObjectPart object)) {
            return Lists.of(frame -> Dynamic.step(rows.value(frame), name));
        }
        Column field = object.fields().getOrDefault(name, Column.none());
        boolean lists = field.parts().stream().anyMatch(part -> part instanceof Column.ListPart);
        if (!lists) {
            return new Columns.FieldOfRows(rows, field);
        }
        return field.sole().isPresent()
                ? new Columns.ElementsOfRows(
                        rows, (Column.ListPart) field.sole().get(), buffers++)
                : Lists.of(frame -> Dynamic.step(rows.value(frame), name));
    }

    // ---- Logic

    private Code toBoolean(Term operand) {
        if (operand instanceof Term.Select select && observer.isEmpty()) {
            return Loops.exists(loop(select.generators(), true));
        }
        Code code = operand(operand);
        if (code instanceof Code.OfBoolean) {
            return code;
        }
        if (code.isConstant()) {
            return Code.ConstantBoolean.of(code.test(null));
        }
        return switch (code) {
            case Lists.FilteredRows rows -> Loops.exists(rows.loop(buffers++));
            case Columns.Elements list -> truth(list);
            case Code.OfRows rows -> new Lists.AnyRow(rows, buffers++, slots++, Code.ConstantBoolean.TRUE);
            default -> truth(code);
        };
    }

    private static Code truth(Code code) {
        return new Code.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return code.test(frame);
            }
        };
    }

    private static Code not(Code operand) {
        if (operand.isConstant()) {
            return Code.ConstantBoolean.of(!operand.test(null));
        }
        return new Code.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return !operand.test(frame);
            }
        };
    }

    private Code and(List<Term> operands) {
        if (observer.isPresent()) {
            return everyOperand(operands, true);
        }
        List<Code> open = new ArrayList<>();
        for (Code code : cheapFirst(operands)) {
            if (!code.isConstant()) {
                open.add(code);
            } else if (!code.test(null)) {
                return Code.ConstantBoolean.FALSE;
            }
        }
        return open.isEmpty() ? Code.ConstantBoolean.TRUE : open.size() == 1 ? open.getFirst() : new All(open);
    }

    private Code or(List<Term> operands) {
        if (observer.isPresent()) {
            return everyOperand(operands, false);
        }
        List<Code> open = new ArrayList<>();
        for (Code code : cheapFirst(operands)) {
            if (!code.isConstant()) {
                open.add(code);
            } else if (code.test(null)) {
                return Code.ConstantBoolean.TRUE;
            }
        }
        return open.isEmpty() ? Code.ConstantBoolean.FALSE : open.size() == 1 ? open.getFirst() : new Any(open);
    }

    /** For an observer, who wants to see the operands behind the one that decides too. */
    private Code everyOperand(List<Term> operands, boolean all) {
        List<Code> codes = operands.stream().map(this::operand).toList();
        return new Code.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                int holding = 0;
                for (Code code : codes) {
                    holding += code.test(frame) ? 1 : 0;
                }
                return all ? holding == codes.size() : holding > 0;
            }
        };
    }

    /**
     * Conditions have no effects, so those that run through lists may wait until the others have not decided. No streams:
     * they take much stack where terms are deep.
     */
    private List<Code> cheapFirst(List<Term> operands) {
        List<Code> codes = new ArrayList<>();
        List<Term> dear = new ArrayList<>();
        for (Term operand : operands) {
            if (TermWalk.isDear(operand)) {
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

    private static final class All extends Code.OfBoolean {
        private final Code[] operands;

        All(List<Code> operands) {
            this.operands = operands.toArray(Code[]::new);
        }

        @Override
        boolean test(Frame frame) {
            for (Code operand : operands) {
                if (!operand.test(frame)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Any extends Code.OfBoolean {
        private final Code[] operands;

        Any(List<Code> operands) {
            this.operands = operands.toArray(Code[]::new);
        }

        @Override
        boolean test(Frame frame) {
            for (Code operand : operands) {
                if (operand.test(frame)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Code choice(Code test, Code then, Code otherwise) {
        if (test.isConstant()) {
            return test.test(null) ? then : otherwise;
        }
        if (then instanceof Code.OfNumber a && otherwise instanceof Code.OfNumber b) {
            boolean widened = a instanceof Code.OfLong != b instanceof Code.OfLong;
            return new Code.OfNumber() {
                @Override
                double number(Frame frame) {
                    return test.test(frame) ? a.number(frame) : b.number(frame);
                }

                @Override
                boolean isExact() {
                    return a.isExact() && b.isExact();
                }

                @Override
                Object value(Frame frame) {
                    // P44: the branches have one type.
                    Object value = test.test(frame) ? a.value(frame) : b.value(frame);
                    return widened && value instanceof Long integer ? (Object) integer.doubleValue() : value;
                }
            };
        }
        return new Code() {
            @Override
            Object value(Frame frame) {
                return test.test(frame) ? then.value(frame) : otherwise.value(frame);
            }

            @Override
            boolean test(Frame frame) {
                return test.test(frame) ? then.test(frame) : otherwise.test(frame);
            }
        };
    }

    // ---- Comparison

    private Code comparison(Term.Comparison comparison) {
        Code left = operand(comparison.left());
        Code right = operand(comparison.right());
        if (isSingle(right)) {
            return each(left, item -> Comparisons.of(comparison.operator(), item, right));
        }
        if (isSingle(left)) {
            return each(right, item -> Comparisons.of(comparison.operator(), left, item));
        }
        return Comparisons.of(comparison.operator(), left, right);
    }

    /** Whether the code is known to give no list. */
    private static boolean isSingle(Code code) {
        return switch (code) {
            case Code.OfBoolean single -> true;
            case Code.OfFlag single -> true;
            case Code.OfNumber single -> true;
            case Code.OfText single -> true;
            case Code.OfTime single -> true;
            default -> code.isConstant() && Dynamic.items(code.value(null)) == null;
        };
    }

    /** A test of a value; of items that a path made, the question whether some item passes (P21). */
    private Code each(Code code, UnaryOperator<Code> test) {
        return switch (code) {
            case Code.OfRows rows when rows.throughPath -> any(rows, test);
            case Occurrences.TimesOfRows times
            when times.rows.throughPath -> any(times.rows, item -> test.apply(Occurrences.toTime(item)));
            default -> test.apply(code);
        };
    }

    private Code any(Code.OfRows rows, UnaryOperator<Code> test) {
        int slot = slots++;
        Code item = operand(new Columns.OfRow(rows.column, RowSource.variable(slot)));
        return new Lists.AnyRow(rows, buffers++, slot, test.apply(item));
    }

    private Code in(Term.In in) {
        Code element = operand(in.element());
        Code list = operand(in.list());
        boolean negated = in.negated();
        if (list.isConstant()) {
            List<Object> items = Dynamic.items(list.value(null));
            if (items == null) {
                return Code.ConstantBoolean.FALSE;
            }
            Set<Object> keys = new HashSet<>();
            items.stream().filter(item -> item != null).map(Dynamic::key).forEach(keys::add);
            if (element.isConstant()) {
                return Code.ConstantBoolean.of(Lists.in(negated, element, list).test(null));
            }
            if (items.stream().anyMatch(item -> Dynamic.items(item) != null)) {
                return Lists.isOneOf(negated, element, keys);
            }
            return element instanceof Code.OfRows rows
                    ? any(rows, item -> Lists.isOneOf(negated, item, keys))
                    : Lists.inKnown(negated, element, keys);
        }
        if (list instanceof Code.OfRows rows && isSingle(element) && !negated) {
            return any(rows, item -> Comparisons.of(dev.pequel.pql.ast.ComparisonOperator.EQUAL, element, item));
        }
        return Lists.in(negated, element, list);
    }

    private Code text(Term.Text text) {
        Code value = operand(text.text());
        Code argument = operand(text.argument());
        if (Comparisons.isNull(value) || Comparisons.isNull(argument)) {
            return Code.ConstantBoolean.FALSE;
        }
        Optional<Predicate<String>> known = known(text, argument);
        return each(
                value,
                item -> known.map(predicate -> Texts.of(item, predicate))
                        .orElseGet(() -> Texts.of(text.test(), item, argument, text.caseSensitive())));
    }

    /** The test by a string that is known, or by any of several (P24, P25). */
    private static Optional<Predicate<String>> known(Term.Text text, Code argument) {
        if (!argument.isConstant()) {
            return Optional.empty();
        }
        if (argument.value(null) instanceof String one) {
            return Optional.of(Texts.predicate(text.test(), one, text.caseSensitive()));
        }
        return Optional.of(Lists.itemsOrNone(argument.value(null)).stream()
                .filter(String.class::isInstance)
                .map(item -> Texts.predicate(text.test(), (String) item, text.caseSensitive()))
                .reduce(Predicate::or)
                .orElse(none -> false));
    }

    // ---- Functions

    private Code call(Term.Call call) {
        List<Term> arguments = call.arguments();
        return switch (call.function()) {
            case COUNT -> count(operand(arguments.getFirst()));
            case HEAD -> head(operand(arguments.getFirst()));
            case DISTINCT -> {
                Code list = operand(arguments.getFirst());
                yield list instanceof Code.OfRows rows ? new Lists.DistinctRows(rows) : Lists.distinct(list);
            }
            case INTERSECTS, SUBSET_OF, SUPERSET_OF ->
                related(call.function(), operand(arguments.get(0)), operand(arguments.get(1)));
            case INTERSECTION -> Lists.intersection(operand(arguments.get(0)), operand(arguments.get(1)));
            case GET -> get(compile(arguments.get(0)), operand(arguments.get(1)));
            case KEYS -> {
                Code map = operand(arguments.getFirst());
                yield Lists.of(frame -> Optional.ofNullable(Dynamic.fields(map.value(frame)))
                        .map(fields -> new Dynamic.Items(new ArrayList<>(fields.keySet()), false))
                        .orElse(null));
            }
            case VALUES -> {
                Code map = operand(arguments.getFirst());
                yield Lists.of(frame -> Optional.ofNullable(Dynamic.fields(map.value(frame)))
                        .map(fields -> new Dynamic.Items(new ArrayList<>(fields.values()), false))
                        .orElse(null));
            }
            case IS_NULL -> presence(compile(arguments.getFirst()), false);
            case IS_NOT_NULL -> presence(compile(arguments.getFirst()), true);
            case REGEX_GROUP ->
                regexGroup(operand(arguments.get(0)), operand(arguments.get(1)), operand(arguments.get(2)));
            case CURRENT_YEAR -> new Code.ConstantLong(Times.date(now).getYear());
            case CURRENT_MONTH -> new Code.ConstantLong(Times.date(now).getMonthValue());
            case CURRENT_DAY_OF_MONTH -> new Code.ConstantLong(Times.date(now).getDayOfMonth());
            case GET_YEAR -> dateField(operand(arguments.getFirst()), -400_000, 400_000, LocalDate::getYear);
            case GET_MONTH -> dateField(operand(arguments.getFirst()), 1, 12, LocalDate::getMonthValue);
            case GET_DAY_OF_MONTH -> dateField(operand(arguments.getFirst()), 1, 31, LocalDate::getDayOfMonth);
            default -> throw new IllegalArgumentException(call.function() + " is a term of its own");
        };
    }

    private Code count(Code list) {
        if (list instanceof Code.OfRows rows) {
            return new Lists.CountRows(rows, buffers++);
        }
        Code code = new Code.OfLong(0, Integer.MAX_VALUE) {
            @Override
            long integer(Frame frame) {
                Object value = list.value(frame);
                List<Object> items = Dynamic.items(value);
                return items != null ? items.size() : value == null ? 0 : MISSING;
            }
        };
        return list.isConstant() ? Code.constant(code.value(null)) : code;
    }

    private Code head(Code list) {
        if (list instanceof Code.OfRows rows) {
            return new Columns.OfRow(rows.column, new Lists.FirstRow(rows, buffers++));
        }
        return Lists.of(frame -> {
            List<Object> items = Lists.itemsOrNone(list.value(frame));
            return items.isEmpty() ? null : items.getFirst();
        });
    }

    private Code related(Function function, Code left, Code right) {
        if (function == Function.INTERSECTS && left instanceof Code.OfRows rows && right.isConstant()) {
            Set<Object> keys = new HashSet<>();
            Lists.itemsOrNone(right.value(null)).stream()
                    .filter(item -> item != null)
                    .map(Dynamic::key)
                    .forEach(keys::add);
            return any(rows, item -> Lists.isOneOf(false, item, keys));
        }
        return Lists.related(function, left, right);
    }

    private Code get(Code map, Code key) {
        if (map instanceof Columns.OfRow row && key instanceof Code.ConstantText name) {
            Optional<Code> entry = entry(row, name.text);
            if (entry.isPresent()) {
                return entry.get();
            }
        }
        return Lists.of(frame -> key.value(frame) instanceof String name ? Dynamic.get(map.value(frame), name) : null);
    }

    private static Code presence(Code code, boolean wanted) {
        if (code.isConstant()) {
            return Code.ConstantBoolean.of((code.value(null) != null) == wanted);
        }
        return new Code.OfBoolean() {
            @Override
            boolean test(Frame frame) {
                return code.isPresent(frame) == wanted;
            }
        };
    }

    private static Code regexGroup(Code text, Code pattern, Code group) {
        Optional<Pattern> known =
                pattern.isConstant() && pattern.value(null) instanceof String s ? compiled(s) : Optional.empty();
        return Lists.of(frame -> {
            if (!(text.value(frame) instanceof String subject) || !(group.value(frame) instanceof Long number)) {
                return null;
            }
            Optional<Pattern> compiled = pattern.isConstant()
                    ? known
                    : pattern.value(frame) instanceof String s ? compiled(s) : Optional.empty();
            return compiled.map(p -> Texts.group(p, subject, number)).orElse(null);
        });
    }

    /** A pattern that only becomes known at run time and is none matches nothing. */
    private static Optional<Pattern> compiled(String pattern) {
        try {
            return Optional.of(Pattern.compile(pattern));
        } catch (PatternSyntaxException noPattern) {
            return Optional.empty();
        }
    }

    private static Code dateField(Code timestamp, int min, int max, ToIntFunction<LocalDate> field) {
        Code.OfTime time = Occurrences.asTime(timestamp);
        Code code = new Code.OfLong(min, max) {
            @Override
            long integer(Frame frame) {
                long micros = time.micros(frame);
                return micros == Code.OfTime.MISSING ? MISSING : field.applyAsInt(Times.date(micros));
            }
        };
        return timestamp.isConstant() ? Code.constant(code.value(null)) : code;
    }

    // ---- Audiences

    private Code inSegment(String audienceId) {
        return memberships
                .of(audienceId)
                .<Code>map(membership -> new Code.OfBoolean() {
                    @Override
                    boolean test(Frame frame) {
                        return membership.isMember(frame.profile);
                    }
                })
                .orElseGet(() -> storedMembership(audienceId));
    }

    /** P49: what the profile itself says. */
    private Code storedMembership(String audienceId) {
        Term status = new Term.Field(
                get(get(new Term.Field(new Term.Input(1), "segmentMembership"), "ups"), audienceId), "status");
        Term member = new Term.ListOf(List.of(text("realized"), text("existing")));
        return in(new Term.In(false, status, member));
    }

    private static Term get(Term map, String key) {
        return new Term.Call(Function.GET, List.of(map, text(key)));
    }

    private static Term text(String text) {
        return new Term.Constant(new Scalar.Text(text));
    }

    private Code status(Term.MembershipStatus status) {
        Optional<Memberships.Membership> known = memberships.of(status.audienceId());
        if (known.isEmpty()) {
            return compile(status.stored());
        }
        Memberships.Membership membership = known.get();
        return new Code.OfText() {
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

    // ---- Items

    /** Binds a variable to rows of a column. */
    private void bindRow(int slot, Column column) {
        variables.put(slot, new Columns.OfRow(column, RowSource.variable(slot)));
    }

    /** Binds a variable to objects. */
    private void bindObject(int slot) {
        variables.put(slot, Lists.of(frame -> frame.values[slot]));
    }

    private Code filter(Term.Filter filter) {
        Code list = operand(filter.list());
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
                        .<Code>map(rest -> new Lists.FilteredRows(matching, slot, operand(rest), false))
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
                ? items.split(term, elements, slot, condition, this)
                : Optional.empty();
    }

    /** A condition on one item of a list. */
    private Code itemCondition(Term term, Code list, int slot, Term condition) {
        return split(term, list, slot, condition)
                .map(split -> {
                    Code bits = ItemConditions.test(split.bits(), slot);
                    return split.rest()
                            .<Code>map(rest -> new All(List.of(bits, operand(rest))))
                            .orElse(bits);
                })
                .orElseGet(() -> operand(condition));
    }

    private Code conditionOrTrue(Optional<Term> condition) {
        return condition.map(this::operand).orElse(Code.ConstantBoolean.TRUE);
    }

    private Code map(Term.MapItems map) {
        Code list = operand(map.list());
        if (list instanceof Code.OfRows rows) {
            bindRow(map.slot(), rows.column);
            return Lists.mappedRows(rows, buffers++, map.slot(), operand(map.body()));
        }
        bindObject(map.slot());
        return Lists.mapped(list, map.slot(), operand(map.body()));
    }

    private Code mapGroups(Term.MapGroups map) {
        Code groups = operand(map.groups());
        bindObject(map.keySlot());
        bindObject(map.groupSlot());
        return Lists.mapOfGroups(groups, map.keySlot(), map.groupSlot(), operand(map.key()), operand(map.value()));
    }

    private Code top(Term.Top top) {
        Code list = operand(top.list());
        Code count = operand(top.count());
        if (list instanceof Code.OfRows rows) {
            bindRow(top.slot(), rows.column);
            return new Lists.TopRows(rows, top.slot(), operand(top.key()), count, top.largest());
        }
        bindObject(top.slot());
        return Lists.top(list, top.slot(), operand(top.key()), count, top.largest());
    }

    private Code groupBy(Term.GroupBy group) {
        Code list = operand(group.list());
        if (list instanceof Code.OfRows rows) {
            bindRow(group.slot(), rows.column);
            return Lists.groupedRows(rows, buffers++, group.slot(), operand(group.key()));
        }
        bindObject(group.slot());
        return Lists.grouped(list, group.slot(), operand(group.key()));
    }

    // ---- Combinations

    /** @param selects whether items that do not meet their condition are passed over, and not counterexamples */
    private Loops.Loop loop(List<Term.Generator> generators, boolean selects) {
        Term.Generator first = generators.getFirst();
        List<Term.Generator> rest = generators.subList(1, generators.size());
        int slot = first.slot();
        Code range = range(first.range());
        if (!(range instanceof Code.OfRows rows)) {
            bindObject(slot);
            Optional<Code> condition = first.condition().map(this::operand);
            return Loops.overObjects(range, slot, condition, inner(rest, selects));
        }
        bindRow(slot, rows.column);
        Optional<ItemConditions.Split> split =
                selects ? first.condition().flatMap(c -> split(first.range(), rows, slot, c)) : Optional.empty();
        if (split.isPresent()) {
            Code.OfRows matching = new ItemConditions.MatchingRows(
                    (Columns.Elements) rows, split.get().bits());
            Optional<Code> condition = split.get().rest().map(this::operand);
            return Loops.overRows(matching, buffers++, slot, condition, inner(rest, selects));
        }
        Optional<Code> condition = first.condition().map(c -> itemCondition(first.range(), rows, slot, c));
        return Loops.overRows(rows, buffers++, slot, condition, inner(rest, selects));
    }

    private Optional<Loops.Loop> inner(List<Term.Generator> rest, boolean selects) {
        return rest.isEmpty() ? Optional.empty() : Optional.of(loop(rest, selects));
    }

    /** The items of a variable's range; an object counts as the only item of itself. */
    private Code range(Term term) {
        Code range = compile(term);
        if (range instanceof Columns.OfRow row
                && row.column.sole().filter(Compiler::isObject).isPresent()) {
            return new Columns.Single(row);
        }
        return operand(range);
    }

    private Code select(List<Term.Generator> generators) {
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
                        .map(generator -> operand(variables.get(generator.slot())))
                        .toList());
    }

    private Code aggregation(Term.Aggregation aggregation) {
        Loops.Loop loop = loop(aggregation.generators(), true);
        return Loops.aggregate(aggregation.function(), loop, operand(aggregation.value()));
    }

    private Code let(Term.Let let) {
        Code value = compile(let.value());
        int slot = let.slot();
        if (value.isConstant()) {
            variables.put(slot, value);
            return operand(let.body());
        }
        if (value instanceof Columns.OfRow row) {
            bindRow(slot, row.column);
            Code body = operand(let.body());
            return bound(frame -> frame.rows[slot] = row.source.row(frame), body);
        }
        variables.put(slot, Lists.variable(value, slot));
        Code body = operand(let.body());
        return bound(frame -> frame.values[slot] = value.value(frame), body);
    }

    private static Code bound(java.util.function.Consumer<Frame> bind, Code body) {
        return new Code() {
            @Override
            Object value(Frame frame) {
                bind.accept(frame);
                return body.value(frame);
            }

            @Override
            boolean test(Frame frame) {
                bind.accept(frame);
                return body.test(frame);
            }
        };
    }

    // ---- Times

    private Occurrences.WindowCode window(Term.TimeCondition condition) {
        return switch (condition) {
            case Term.TimeCondition.On on -> Occurrences.windowOf(stretch(on.time()), Times::on);
            case Term.TimeCondition.Side side ->
                Occurrences.windowOf(stretch(side.anchor()), isBefore(side.direction()) ? Times::before : Times::after);
            case Term.TimeCondition.Between between ->
                Occurrences.between(stretch(between.from()), stretch(between.to()));
            case Term.TimeCondition.Within within -> {
                boolean isDay = within.anchor() instanceof Term.Time.NamedDay
                        || within.anchor() instanceof Term.Time.CalendarDay;
                yield Occurrences.windowOf(
                        stretch(within.anchor()),
                        anchor -> Times.within(
                                within.operator(),
                                within.count(),
                                within.unit(),
                                isBefore(within.direction()),
                                anchor,
                                isDay));
            }
        };
    }

    private static boolean isBefore(TimeDirection direction) {
        return direction == TimeDirection.BEFORE;
    }

    private Occurrences.Stretch stretch(Term.Time time) {
        return switch (time) {
            case Term.Time.Period period -> Occurrences.constant(Times.period(now, period.period(), period.unit()));
            case Term.Time.NamedDay day -> Occurrences.constant(Times.Interval.day(moment(day.word())));
            case Term.Time.CalendarDay day -> {
                Code.OfTime start = day(day.day());
                yield start instanceof Code.ConstantTime known
                        ? known.micros == IsoTime.MISSING
                                ? Occurrences.never()
                                : Occurrences.constant(Times.Interval.day(known.micros))
                        : Occurrences.day(start);
            }
            case Term.Time.At at -> {
                Code.OfTime moment = Occurrences.asTime(operand(at.timestamp()));
                yield moment instanceof Code.ConstantTime known
                        ? Occurrences.constant(Times.Interval.instant(known.micros))
                        : Occurrences.instant(moment);
            }
        };
    }

    private Code chain(Term.Chain chain) {
        Code list = operand(chain.list());
        Occurrences.TimelineSource source;
        if (list instanceof Code.OfRows rows) {
            bindRow(chain.slot(), rows.column);
            source = Occurrences.timelineOfRows(rows, buffers++, chain.slot());
        } else {
            bindObject(chain.slot());
            source = Occurrences.timelineOfObjects(list, slots++, chain.slot());
        }
        Code.OfTime timestamp = Occurrences.asTime(operand(chain.timestamp()));
        List<Occurrences.Link> links = chain.links().stream()
                .map(link -> new Occurrences.Link(
                        itemCondition(chain.list(), list, chain.slot(), link.condition()),
                        link.when().map(this::window),
                        link.count()))
                .toList();
        return Occurrences.chain(source, timestamp, links);
    }

    private static final class Observed extends Code {
        private final Code code;
        private final Term term;
        private final Observer observer;

        Observed(Code code, Term term, Observer observer) {
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
