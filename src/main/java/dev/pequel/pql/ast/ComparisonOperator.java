package dev.pequel.pql.ast;

/** The comparison operators on two values. Every comparison is false when a side is missing. */
public enum ComparisonOperator {
    EQUAL("=", "equal"),
    NOT_EQUAL("!=", "both are present and differ"),
    LESS("<", "less, or earlier"),
    LESS_OR_EQUAL("<=", "less or equal, or not later"),
    GREATER(">", "greater, or later"),
    GREATER_OR_EQUAL(">=", "greater or equal, or not earlier");

    private final String symbol;
    private final String meaning;

    ComparisonOperator(String symbol, String meaning) {
        this.symbol = symbol;
        this.meaning = meaning;
    }

    public String symbol() {
        return symbol;
    }

    /** Returns one line of documentation. */
    public String meaning() {
        return meaning;
    }

    /** Whether the operator requires values with an order (P22). */
    public boolean isOrder() {
        return this != EQUAL && this != NOT_EQUAL;
    }
}
