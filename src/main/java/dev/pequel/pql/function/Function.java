package dev.pequel.pql.function;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The functions of the language. {@code x.f(y)} and {@code f(x, y)} are the same call (P51), so a receiver is the
 * first parameter.
 *
 * <p>The functions that bind items ({@code filter}, {@code exists}, {@code map}, {@code topN}, {@code bottomN},
 * {@code groupBy}, and {@code sum}, {@code average}, {@code min}, {@code max} with an argument) become terms of their
 * own.
 */
public enum Function {
    // Strings
    STARTS_WITH(
            "startsWith", "text.startsWith(part[, caseSensitive])", 2, 3, "true when the text begins with the part"),
    DOES_NOT_START_WITH(
            "doesNotStartWith",
            "text.doesNotStartWith(part[, caseSensitive])",
            2,
            3,
            "true when both are present and the text does not begin with the part"),
    ENDS_WITH("endsWith", "text.endsWith(part[, caseSensitive])", 2, 3, "true when the text ends with the part"),
    DOES_NOT_END_WITH(
            "doesNotEndWith",
            "text.doesNotEndWith(part[, caseSensitive])",
            2,
            3,
            "true when both are present and the text does not end with the part"),
    CONTAINS("contains", "text.contains(part[, caseSensitive])", 2, 3, "true when the part occurs in the text"),
    DOES_NOT_CONTAIN(
            "doesNotContain",
            "text.doesNotContain(part[, caseSensitive])",
            2,
            3,
            "true when both are present and the part does not occur in the text"),
    EQUALS(
            "equals",
            "text.equals(other, ...[, caseSensitive])",
            2,
            Integer.MAX_VALUE,
            "true when the text equals one of the others (P24)"),
    NOT_EQUAL_TO(
            "notEqualTo", "text.notEqualTo(other[, caseSensitive])", 2, 3, "true when both are present and differ"),
    STRING_COMPARE(
            "stringCompare",
            "stringCompare(predicate, text, list[, caseSensitive])",
            3,
            4,
            "true when the named string predicate holds for some item of the list (P25)"),
    MATCHES(
            "matches",
            "text.matches(pattern)",
            2,
            2,
            "true when the regular expression is found somewhere in the text (P27)"),
    REGEX_GROUP(
            "regexGroup", "text.regexGroup(pattern[, group])", 2, 3, "the text of a group of the first match (P28)"),

    // Lists
    INCLUDES("includes", "list.includes(value)", 2, 2, "true when the value is in the list"),
    INTERSECTS("intersects", "list.intersects(other)", 2, 2, "true when the lists have an item in common"),
    INTERSECTION(
            "intersection",
            "list.intersection(other)",
            2,
            2,
            "the common items in the order of the first list, missing when there are none (P30)"),
    SUBSET_OF("subsetOf", "list.subsetOf(other)", 2, 2, "true when every item of the list is in the other (P31)"),
    SUPERSET_OF("supersetOf", "list.supersetOf(other)", 2, 2, "true when every item of the other is in the list (P31)"),
    DISTINCT("distinct", "list.distinct()", 1, 1, "the list without repetitions, first occurrences kept (P30)"),
    COUNT("count", "list.count()", 1, 1, "the number of items; 0 for a missing list (P19)"),
    HEAD("head", "list.head()", 1, 1, "the first item, missing when the list is empty (P33)"),
    FILTER(
            "filter",
            "list.filter(condition)",
            2,
            2,
            "the items for which the condition holds; the same as list[condition]"),
    EXISTS("exists", "list.exists(condition)", 2, 2, "true when the condition holds for some item"),
    MAP(
            "map",
            "list.map(expression)",
            2,
            2,
            "the values of the expression for the items, in order; over groups also map((K, G) => mapEntry(K, value))"),
    TOP_N("topN", "list.topN(key, n)", 3, 3, "the n items with the largest keys, largest first (P34)"),
    BOTTOM_N("bottomN", "list.bottomN(key, n)", 3, 3, "the n items with the smallest keys, smallest first (P34)"),
    GROUP_BY(
            "groupBy",
            "list.groupBy(key)",
            2,
            2,
            "the items grouped by key, groups in order of first appearance (P45)"),
    MAP_ENTRY("mapEntry", "mapEntry(key, value)", 2, 2, "one entry of the map that map builds over groups (P46)"),

    // Aggregation
    SUM("sum", "list.sum([number])", 1, 2, "the sum of the numbers; 0 when there are none"),
    AVERAGE("average", "list.average([number])", 1, 2, "the average of the numbers, missing when there are none"),
    MIN("min", "list.min([value])", 1, 2, "the smallest value, missing when there is none"),
    MAX("max", "list.max([value])", 1, 2, "the largest value, missing when there is none"),

    // Maps and objects
    GET("get", "map.get(key)", 2, 2, "the value of the key, or missing (P47)"),
    KEYS("keys", "map.keys()", 1, 1, "the keys, in stored order (P47)"),
    VALUES("values", "map.values()", 1, 1, "the values, one per key, in stored order (P47)"),
    IS_NULL("isNull", "value.isNull()", 1, 1, "true when the value is missing"),
    IS_NOT_NULL("isNotNull", "value.isNotNull()", 1, 1, "true when the value is present"),

    // Segments
    IN_SEGMENT(
            "inSegment", "inSegment(\"audience id\")", 1, 1, "true when the profile is a member of the audience (P49)"),

    // Times
    DATE("date", "date(year, month, day)", 3, 3, "the day; as a value, its first instant"),
    CURRENT_YEAR("currentYear", "currentYear()", 0, 0, "the year of the evaluation in UTC"),
    CURRENT_MONTH("currentMonth", "currentMonth()", 0, 0, "the month of the evaluation in UTC, from 1"),
    CURRENT_DAY_OF_MONTH(
            "currentDayOfMonth", "currentDayOfMonth()", 0, 0, "the day of the month of the evaluation in UTC, from 1"),
    GET_YEAR("getYear", "timestamp.getYear()", 1, 1, "the year in UTC"),
    GET_MONTH("getMonth", "timestamp.getMonth()", 1, 1, "the month in UTC, from 1"),
    GET_DAY_OF_MONTH("getDayOfMonth", "timestamp.getDayOfMonth()", 1, 1, "the day of the month in UTC, from 1");

    private static final Map<String, Function> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Function::spelling, f -> f));

    private final String spelling;
    private final String form;
    private final int minimum;
    private final int maximum;
    private final String meaning;

    Function(String spelling, String form, int minimum, int maximum, String meaning) {
        this.spelling = spelling;
        this.form = form;
        this.minimum = minimum;
        this.maximum = maximum;
        this.meaning = meaning;
    }

    /** Returns the function with exactly this name; function names are case sensitive (P10). */
    public static Optional<Function> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Function::spelling).toList();
    }

    public String spelling() {
        return spelling;
    }

    /** Returns the form of a call, for messages and the language page. */
    public String form() {
        return form;
    }

    /** Returns the minimum number of arguments, including the receiver. */
    public int minimum() {
        return minimum;
    }

    /** Returns the maximum number of arguments, including the receiver. */
    public int maximum() {
        return maximum;
    }

    public String meaning() {
        return meaning;
    }
}
