package dev.pequel.pql.term;

/**
 * A term as a key of a hash table. Comparable because clients choose the terms and may choose many with one hash
 * code: Java's hash tables then keep comparable keys in order.
 */
public record TermKey(Term term) implements Comparable<TermKey> {

    @Override
    public int compareTo(TermKey other) {
        return term.toString().compareTo(other.term.toString());
    }
}
