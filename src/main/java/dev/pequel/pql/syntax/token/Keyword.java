package dev.pequel.pql.syntax.token;

import java.util.Locale;

/** The keywords of the language, except for the units of time, with their documentation. */
public enum Keyword {
    AND("and", Kind.OPERATOR, "true when both sides are true"),
    OR("or", Kind.OPERATOR, "true when a side is true"),
    NOT("not", Kind.OPERATOR, "true when what follows is false"),
    IN("in", Kind.OPERATOR, "true when the value is in the list; after `let`, ends the value of the variable"),
    NOT_IN("notIn", Kind.OPERATOR, "true when value and list are present and the value is not in the list"),
    LIKE(
            "like",
            Kind.OPERATOR,
            "true when the whole text fits the pattern; `%` stands for any characters, `_` for one (P26)"),
    MATCHES("matches", Kind.OPERATOR, "true when the regular expression is found somewhere in the text (P27)"),
    OCCURS("occurs", Kind.OPERATOR, "true when the timestamp fits the time test, such as `<= 3 days before now`"),
    SELECT("select", Kind.CLAUSE, "the items, or the combinations of items, that satisfy the conditions"),
    EXISTS("exists", Kind.CLAUSE, "true when some combination of items satisfies the conditions (P40)"),
    FORALL("forall", Kind.CLAUSE, "true when every combination of items satisfies the conditions (P41)"),
    FROM("from", Kind.CLAUSE, "the list that a variable goes through; in a time test, the same as `after` (P54)"),
    WHERE("where", Kind.CLAUSE, "the condition for the items of a variable"),
    OVER("over", Kind.CLAUSE, "the variables that an aggregate goes through"),
    LET("let", Kind.CLAUSE, "names a value, as in `let S = orders.sum(price) in S > 100`"),
    IF("if", Kind.CLAUSE, "`if(condition, value, otherwise)`: one of two values"),
    TRUE("true", Kind.VALUE, "the Boolean true"),
    FALSE("false", Kind.VALUE, "the Boolean false"),
    NULL("null", Kind.VALUE, "a missing value (P5)"),
    THIS("this", Kind.VALUE, "the current item of a list; before a unit, the current calendar period"),
    NOW("now", Kind.VALUE, "the time of the evaluation"),
    TODAY("today", Kind.VALUE, "the day of the evaluation in UTC"),
    YESTERDAY("yesterday", Kind.VALUE, "the day before the evaluation in UTC"),
    TOMORROW("tomorrow", Kind.VALUE, "the day after the evaluation in UTC"),
    BEFORE("before", Kind.TIME, "in a time test: before the time that follows"),
    AFTER("after", Kind.TIME, "in a time test: after the time that follows"),
    ON("on", Kind.TIME, "in a time test: within the day or period that follows"),
    BETWEEN("between", Kind.TIME, "in a time test: within two times, which `and` separates"),
    LAST("last", Kind.TIME, "before a unit: the calendar period before the current one"),
    NEXT("next", Kind.TIME, "before a unit: the calendar period after the current one"),
    SUM("sum", Kind.AGGREGATE, "the sum of a number over variables"),
    AVERAGE("average", Kind.AGGREGATE, "the average of a number over variables"),
    MIN("min", Kind.AGGREGATE, "the smallest value over variables"),
    MAX("max", Kind.AGGREGATE, "the largest value over variables"),
    CHAIN("chain", Kind.CHAIN, "`chain(list, timestamp, [links])`: true when items match the links in order (P59)"),
    WHAT("what", Kind.CHAIN, "the condition for an item of a link"),
    WHEN("when", Kind.CHAIN, "the time test for an item of a link"),
    COUNT("count", Kind.CHAIN, "the minimum number of items of a link");

    /** What a keyword is for. */
    public enum Kind {
        OPERATOR,
        /** Declares variables, or separates the parts of a larger construct. */
        CLAUSE,
        VALUE,
        /** Part of a time test, after {@code occurs} and in {@code WHEN( )}. */
        TIME,
        AGGREGATE,
        CHAIN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String word;
    private final Kind kind;
    private final String meaning;

    Keyword(String word, Kind kind, String meaning) {
        this.word = word;
        this.kind = kind;
        this.meaning = meaning;
    }

    /** Returns the keyword in lower case, but for {@code notIn}. */
    public String word() {
        return word;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns one line of documentation. */
    public String meaning() {
        return meaning;
    }

    /**
     * Whether the word is a name only after a dot or in backticks (P9). The other words are keywords only in their
     * place.
     */
    public boolean isReserved() {
        return Names.isReserved(word);
    }
}
