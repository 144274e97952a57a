package dev.pequel.pql.check;

import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.CalendarUnit;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Expression.AggregateFunction;
import dev.pequel.pql.ast.RelativePeriod;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeWord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A checked expression: names are resolved to inputs and variables, calls to functions, and every conversion that the
 * language does silently stands as a node of its own. The evaluator knows nothing else.
 *
 * <p>Terms are equal when they mean the same, wherever they stand: they carry no places, and a variable's slot is the number
 * of variables that are visible where it is declared (the outermost has slot 0). So equal closed terms of different audiences
 * can share one evaluation. Places are kept beside the tree ({@link CheckedExpression#span(Term)}).
 *
 * <p>Types were checked; still every value may turn out missing or, where the type is {@link Type.Any}, of another type at run
 * time, which then counts as missing (P15).
 */
public sealed interface Term {

    // ---- Values

    record Constant(Scalar value) implements Term {}

    /** A timestamp known when the expression was checked: a string literal where a timestamp is needed. */
    record ConstantTime(Instant value) implements Term {}

    /** An input by position, from 1; position 1 is the profile. */
    record Input(int position) implements Term {}

    /** Data passed with the request under this schema identifier; missing when there is none. */
    record Context(String schema) implements Term {}

    record Variable(int slot) implements Term {}

    /** {@code now}, or the first instant of a day. */
    record Moment(TimeWord word) implements Term {}

    /** {@code date(y, m, d)} as a value: the first instant of the day; missing when there is no such day. */
    record Day(Term year, Term month, Term day) implements Term {}

    record ListOf(List<Term> items) implements Term {
        public ListOf {
            items = List.copyOf(items);
        }
    }

    record ObjectOf(List<Entry> entries) implements Term {
        public ObjectOf {
            entries = List.copyOf(entries);
        }

        public record Entry(String key, Term value) {}
    }

    /**
     * A step of a path. On an object or map the value of that name; on a list, the values of its items' fields: one level
     * flattened when they are lists, missing ones dropped, in order (P20); on anything else missing.
     */
    record Field(Term target, String name) implements Term {}

    // ---- Conversions

    /** The value in a Boolean position: missing is false (P16 and section "Boolean position"). */
    record ToBoolean(Term operand) implements Term {}

    /**
     * The value read as a timestamp: a whole number is epoch milliseconds, a string ISO 8601 (P14), a timestamp itself,
     * anything else missing. Applies to each item of a list.
     */
    record ToTimestamp(Term operand) implements Term {}

    // ---- Logic; operands are Boolean and never missing

    record Not(Term operand) implements Term {}

    record And(List<Term> operands) implements Term {
        public And {
            operands = List.copyOf(operands);
        }
    }

    record Or(List<Term> operands) implements Term {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    // ---- Comparison and arithmetic

    /**
     * False when a side is missing. When one side is a list that a path made (P20), filtered or not, and the other is not a
     * list, true when some item satisfies it (P21). Lists are equal as multisets, objects deeply (P23).
     */
    record Comparison(ComparisonOperator operator, Term left, Term right) implements Term {}

    /** P35. */
    record Arithmetic(ArithmeticOperator operator, Term left, Term right) implements Term {}

    record Negation(Term operand) implements Term {}

    /**
     * Membership; false, negated or not, when a side is missing. An element that is itself a list is in the list when some item
     * of it is (P21), and is not in it when it has items and none of them is, unless the list has lists as items, among which the
     * element then is sought.
     */
    record In(boolean negated, Term element, Term list) implements Term {}

    /**
     * A test of a string. The argument is one string or, where the language allows several, a list of which some item must
     * satisfy the test (P24, P25). A text that is a list a path made holds when some item does (P21). False when text or
     * argument is missing.
     */
    record Text(StringTestKind test, Term text, Term argument, boolean caseSensitive) implements Term {}

    // ---- Plain functions

    /**
     * A function that binds nothing: {@code regexGroup} (text, pattern, group; the checker adds the default group),
     * {@code intersects}, {@code intersection}, {@code subsetOf}, {@code supersetOf}, {@code distinct}, {@code count},
     * {@code head}, {@code get}, {@code keys}, {@code values}, {@code isNull}, {@code isNotNull}, {@code currentYear},
     * {@code currentMonth}, {@code currentDayOfMonth}, {@code getYear}, {@code getMonth}, {@code getDayOfMonth}.
     * Arguments of the last three are timestamps already. {@code isNotNull} of a list that a path made holds when some item is
     * there.
     */
    record Call(Function function, List<Term> arguments) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Member of the audience with this id in the audiences evaluated with it (P49). */
    record InSegment(String audienceId) implements Term {}

    /**
     * {@code segmentMembership.get("ups").get(audienceId).status}: the status in the audiences evaluated with it, and where
     * the audience is not among those, what the profile itself says.
     */
    record MembershipStatus(String audienceId, Term stored) implements Term {}

    // ---- Items; the declared variable is visible in the parts named in each description

    /**
     * The items of the list for which the condition (sees the variable) holds. What the schema says to be an object is filtered
     * by {@link Let} and {@link If}; where it says nothing, an object counts as itself or missing (P32).
     */
    record Filter(Term list, int slot, Term condition) implements Term {}

    /** The values of the body (sees the variable) for the items. */
    record MapItems(Term list, int slot, Term body) implements Term {}

    /** Over groups: a map with an entry for each group; key and value see both variables. Entries with a missing key are left out. */
    record MapGroups(Term groups, int keySlot, int groupSlot, Term key, Term value) implements Term {}

    /** The {@code count} items with the largest (or smallest) keys; the key sees the variable (P34). */
    record Top(boolean largest, Term list, int slot, Term key, Term count) implements Term {}

    /** Groups: each is the list of its items; over groups the item of {@link MapItems}, {@link Filter} ... is that list. */
    record GroupBy(Term list, int slot, Term key) implements Term {}

    /**
     * The items of one variable, or tuples of several.
     *
     * @param generators at least one; see {@link Generator}
     */
    record Select(List<Generator> generators) implements Term {
        public Select {
            generators = List.copyOf(generators);
        }
    }

    /** True when some combination meets all conditions (P40). */
    record Exists(List<Generator> generators) implements Term {
        public Exists {
            generators = List.copyOf(generators);
        }
    }

    /** True when for every item of the first list its condition holds and for every item of the second ... (P41). */
    record ForAll(List<Generator> generators) implements Term {
        public ForAll {
            generators = List.copyOf(generators);
        }
    }

    /** One value for each combination of the variables; combinations without value are left out (P37). */
    record Aggregation(AggregateFunction function, List<Generator> generators, Term value) implements Term {
        public Aggregation {
            generators = List.copyOf(generators);
        }
    }

    /**
     * A variable that takes the items of a range, in order. The range sees the variables of earlier generators, the
     * condition (Boolean) sees those and its own.
     */
    record Generator(int slot, Term range, Optional<Term> condition) {}

    record If(Term test, Term then, Term otherwise) implements Term {}

    record Let(int slot, Term value, Term body) implements Term {}

    // ---- Times

    /** False when the timestamp is missing (P18); a list that a path made holds when some item does (P21). */
    record Occurs(Term timestamp, TimeCondition test) implements Term {}

    /**
     * True when there are items that match the links in order, with strictly increasing timestamps (P59, P58).
     *
     * @param slot the variable of the item; visible in timestamp and conditions
     * @param timestamp the item's timestamp
     */
    record Chain(Term list, int slot, Term timestamp, List<Link> links) implements Term {
        public Chain {
            links = List.copyOf(links);
        }

        /** @param count at least this many items must match, 1 or more */
        public record Link(Term condition, Optional<TimeCondition> when, long count) {}
    }

    /** What a timestamp is tested against (P53 to P56). */
    sealed interface TimeCondition {
        record Within(ComparisonOperator operator, long count, CalendarUnit unit, TimeDirection direction, Time anchor)
                implements TimeCondition {}

        record Side(TimeDirection direction, Time anchor) implements TimeCondition {}

        record On(Time time) implements TimeCondition {}

        record Between(Time from, Time to) implements TimeCondition {}
    }

    /** A stretch of time or an instant (P53). */
    sealed interface Time {
        /** The calendar unit that contains, precedes or follows now. */
        record Period(RelativePeriod period, CalendarUnit unit) implements Time {}

        /** {@code today}, {@code yesterday}, {@code tomorrow}: a whole UTC day. Never {@code now}. */
        record NamedDay(TimeWord word) implements Time {}

        /** {@code date(...)}: a whole UTC day. */
        record CalendarDay(Day day) implements Time {}

        /** {@code now} or the value of a term that is a timestamp. */
        record At(Term timestamp) implements Time {}
    }
}
