package dev.pequel.pql.ast;

/** The arithmetic operators on two numbers (P35). The result is missing when a side is missing. */
public enum ArithmeticOperator {
    ADD("+", "the sum"),
    SUBTRACT("-", "the difference; before an operand, its opposite"),
    MULTIPLY("*", "the product"),
    DIVIDE("/", "the quotient, missing when the divisor is 0 (P17)"),
    REMAINDER("%", "the remainder, missing when the divisor is 0 (P17)");

    private final String symbol;
    private final String meaning;

    ArithmeticOperator(String symbol, String meaning) {
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
}
