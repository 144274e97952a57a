package dev.pequel.pql.ast;

/** The value of a literal that is a single token. */
public sealed interface Scalar {

    /** {@code null}: a missing value (P5). */
    record Null() implements Scalar {}

    record Bool(boolean value) implements Scalar {}

    /** A number without fraction and exponent that fits 64 bits. */
    record Int(long value) implements Scalar {}

    record Real(double value) implements Scalar {}

    record Text(String value) implements Scalar {}
}
