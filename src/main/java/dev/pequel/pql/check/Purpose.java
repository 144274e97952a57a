package dev.pequel.pql.check;

/** What the result of an expression is for. */
public enum Purpose {
    /** The expression says who belongs to an audience: its value is read in a Boolean position. */
    SEGMENT,
    /** The expression computes a value of any type. */
    VALUE
}
