package dev.pequel.pql.ast;

/** The value of a literal that is a single token. */
public sealed interface Scalar {

    /** {@code null}: a missing value (P5). */
    record Null() implements Scalar {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Scalar {}

    /** A number without fraction and exponent that fits 64 bits. */
    record Int(long value) implements Scalar {}

    /** Any other number, as a 64-bit floating-point number. */
    record Real(double value) implements Scalar {}

    /** A string, without its quotes and escapes. */
    record Text(String value) implements Scalar {}
}
