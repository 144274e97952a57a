package dev.pequel.pql.term;

/** The purpose of an expression, which determines the type that its result must have. */
public enum Purpose {
    /** The expression defines the members of an audience: its value is read in a Boolean position. */
    SEGMENT,
    /** The expression computes a value of any type. */
    VALUE
}
