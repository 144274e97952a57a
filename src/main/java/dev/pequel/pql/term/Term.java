package dev.pequel.pql.term;

import dev.pequel.pql.ast.ArithmeticOperator;
import dev.pequel.pql.ast.CalendarUnit;
import dev.pequel.pql.ast.ComparisonOperator;
import dev.pequel.pql.ast.Expression.AggregateFunction;
import dev.pequel.pql.ast.RelativePeriod;
import dev.pequel.pql.ast.Scalar;
import dev.pequel.pql.ast.TimeDirection;
import dev.pequel.pql.ast.TimeWord;
import dev.pequel.pql.function.Function;
import dev.pequel.pql.function.StringTestKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A checked expression: names are resolved to inputs and variables, calls to functions, and every implicit conversion
 * of the language is a node of its own. It is the only input of the compiler.
 *
 * <p>Terms are equal when they mean the same, in whatever position: they have no spans, and a variable's slot is the
 * number of variables that are visible where it is declared (the outermost has slot 0). So equal closed terms of
 * different audiences can share one evaluation. Spans are kept separately ({@link CheckedExpression#span(Term)}).
 *
 * <p>Types are checked, but at run time every value may be missing or, where the type is {@link Type.Any}, of another
 * type, which counts as missing (P15).
 */
public sealed interface Term {

    // ---- Values

    /** A value known at the time of the check. */
    record Constant(Scalar value) implements Term {}

    /** A timestamp known at the time of the check: a string literal where a timestamp is needed. */
    record ConstantTime(Instant value) implements Term {}

    /** An input by position, from 1; position 1 is the profile. */
    record Input(int position) implements Term {}

    /** Data passed with the request under this schema identifier; missing when the request has none. */
    record Context(String schema) implements Term {}

    /** The value that is bound to the variable in this slot. */
    record Variable(int slot) implements Term {}

    /** {@code now}, or the first instant of a day. */
    record Moment(TimeWord word) implements Term {}

    /** {@code date(y, m, d)} as a value: the first instant of the day; missing when the calendar has no such day. */
    record Day(Term year, Term month, Term day) implements Term {}

    /** A list of the values of the items. */
    record ListOf(List<Term> items) implements Term {
        public ListOf {
            items = List.copyOf(items);
        }
    }

    /** An object of the values of the entries. */
    record ObjectOf(List<Entry> entries) implements Term {
        public ObjectOf {
            entries = List.copyOf(entries);
        }

        /** A key and the term of its value. */
        public record Entry(String key, Term value) {}
    }

    /**
     * A step of a path. On an object or map, the value with that name. On a list, the values of its items' fields in
     * order, without missing ones and with one level of lists flattened (P20). On any other value, missing.
     */
    record Field(Term target, String name) implements Term {}

    // ---- Conversions

    /** The value in a Boolean position: missing is false (P16 and section "Boolean position"). */
    record ToBoolean(Term operand) implements Term {}

    /**
     * The value read as a timestamp: a whole number as epoch milliseconds, a string as ISO 8601 (P14), a timestamp as
     * itself; missing for any other value. Applies to each item of a list.
     */
    record ToTimestamp(Term operand) implements Term {}

    // ---- Logic; operands are Boolean and never missing

    /** True when the operand is false. */
    record Not(Term operand) implements Term {}

    /** True when all operands are true. */
    record And(List<Term> operands) implements Term {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** True when any operand is true. */
    record Or(List<Term> operands) implements Term {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    // ---- Comparison and arithmetic

    /**
     * A comparison; false when a side is missing. When one side is a list made by a path (P20), filtered or not, and
     * the other is not a list, it is true when any item satisfies it (P21). Lists are equal as multisets, objects
     * deeply (P23).
     */
    record Comparison(ComparisonOperator operator, Term left, Term right) implements Term {}

    /** Arithmetic (P35). */
    record Arithmetic(ArithmeticOperator operator, Term left, Term right) implements Term {}

    /** The number with the opposite sign; missing when the operand is. */
    record Negation(Term operand) implements Term {}

    /**
     * {@code in} and {@code notIn}; both are false when a side is missing. An element that is a list is in the list
     * when any of its items is (P21), and not in it when it has items and none of them is. If the list has lists as
     * items, the element as a whole is looked up in it.
     */
    record In(boolean negated, Term element, Term list) implements Term {}

    /**
     * A test of a string; false when text or argument is missing. The argument is one string or, where the language
     * allows several, a list of which any item must satisfy the test (P24, P25). For a text that is a list made by a
     * path, any item must satisfy it (P21).
     */
    record Text(StringTestKind test, Term text, Term argument, boolean caseSensitive) implements Term {}

    // ---- Plain functions

    /**
     * A function that binds no variable: {@code regexGroup} (text, pattern, group; the checker adds the default
     * group), {@code intersects}, {@code intersection}, {@code subsetOf}, {@code supersetOf}, {@code distinct},
     * {@code count}, {@code head}, {@code get}, {@code keys}, {@code values}, {@code isNull}, {@code isNotNull},
     * {@code currentYear}, {@code currentMonth}, {@code currentDayOfMonth}, {@code getYear}, {@code getMonth},
     * {@code getDayOfMonth}. Arguments of the last three are already timestamps. {@code isNotNull} of a list made by
     * a path holds when any item is present.
     */
    record Call(Function function, List<Term> arguments) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Whether the profile is in the audience with this id, by the audiences evaluated in the same run (P49). */
    record InSegment(String audienceId) implements Term {}

    /**
     * {@code segmentMembership.get("ups").get(audienceId).status}: the status by the audiences evaluated in the same
     * run, or the status stored in the profile when the audience is not among them.
     */
    record MembershipStatus(String audienceId, Term stored) implements Term {}

    // ---- Items; each description names the parts that see the declared variable

    /**
     * The items of the list that satisfy the condition, which sees the variable. An object by the schema is filtered
     * by {@link Let} and {@link If}. Where the type is unknown, an object is itself or missing (P32).
     */
    record Filter(Term list, int slot, Term condition) implements Term {}

    /** The values of the body, which sees the variable, for the items. */
    record MapItems(Term list, int slot, Term body) implements Term {}

    /**
     * A map with an entry for each group; key and value see both variables. Entries with a missing key are left out.
     */
    record MapGroups(Term groups, int keySlot, int groupSlot, Term key, Term value) implements Term {}

    /** The {@code count} items with the largest or smallest keys; the key sees the variable (P34). */
    record Top(boolean largest, Term list, int slot, Term key, Term count) implements Term {}

    /**
     * The items grouped by key. A group is the list of its items; {@link MapItems}, {@link Filter} and others over
     * groups bind their variable to that list.
     */
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

    /** True when some combination satisfies all conditions (P40). */
    record Exists(List<Generator> generators) implements Term {
        public Exists {
            generators = List.copyOf(generators);
        }
    }

    /**
     * True when the condition of the first generator holds for every item of its range and, for each of these items,
     * the same is true of the following generators (P41).
     */
    record ForAll(List<Generator> generators) implements Term {
        public ForAll {
            generators = List.copyOf(generators);
        }
    }

    /**
     * The aggregation of one value for each combination of the variables. Combinations without a value are left out
     * (P37).
     */
    record Aggregation(AggregateFunction function, List<Generator> generators, Term value) implements Term {
        public Aggregation {
            generators = List.copyOf(generators);
        }
    }

    /**
     * A variable bound to the items of a range in turn. The range sees the variables of earlier generators; the
     * condition (Boolean) also sees its own.
     */
    record Generator(int slot, Term range, Optional<Term> condition) {}

    /** The value of {@code then} when the test is true, otherwise that of {@code otherwise}. */
    record If(Term test, Term then, Term otherwise) implements Term {}

    /** The value of the body, which sees the variable bound to the value. */
    record Let(int slot, Term value, Term body) implements Term {}

    // ---- Times

    /**
     * False when the timestamp is missing (P18). For a list made by a path, true when any item satisfies the test
     * (P21).
     */
    record Occurs(Term timestamp, TimeCondition test) implements Term {}

    /**
     * True when there are items that match the links in order, with strictly increasing timestamps (P59, P58).
     *
     * @param slot the variable of the item, visible to timestamp and conditions
     * @param timestamp the item's timestamp
     */
    record Chain(Term list, int slot, Term timestamp, List<Link> links) implements Term {
        public Chain {
            links = List.copyOf(links);
        }

        /** @param count the minimum number of items that must match, at least 1 */
        public record Link(Term condition, Optional<TimeCondition> when, long count) {}
    }

    /** The test of a timestamp in {@code occurs} (P53 to P56). */
    sealed interface TimeCondition {
        /** The timestamp is on the named side of the anchor, at a distance that the comparison allows (P55, P56). */
        record Within(ComparisonOperator operator, long count, CalendarUnit unit, TimeDirection direction, Time anchor)
                implements TimeCondition {}

        /** The timestamp is before or after the anchor. */
        record Side(TimeDirection direction, Time anchor) implements TimeCondition {}

        /** The timestamp is the instant, or lies in the interval. */
        record On(Time time) implements TimeCondition {}

        /** The timestamp is not before the start of {@code from} and not after the end of {@code to}. */
        record Between(Time from, Time to) implements TimeCondition {}
    }

    /** An interval or an instant (P53). */
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
