package dev.pequel.pql;

/** Whether a diagnostic refuses the expression or only warns. */
public enum Severity {
    /** The expression is not accepted. */
    ERROR,
    /** The expression is accepted; it is legal but probably wrong or slow. */
    WARNING
}
