package dev.pequel.pql.ast;

/** The comparison operators on two values. Every comparison is false when a side is missing. */
public enum ComparisonOperator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    ComparisonOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Whether the operator requires values with an order (P22). */
    public boolean isOrder() {
        return this != EQUAL && this != NOT_EQUAL;
    }
}
