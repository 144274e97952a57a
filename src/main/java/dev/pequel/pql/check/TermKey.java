package dev.pequel.pql.check;

/**
 * A term as a key of a hash table. Clients choose terms and may choose many with one hash code; a table of Java's collections
 * puts such keys in order, if they have one.
 */
public record TermKey(Term term) implements Comparable<TermKey> {

    @Override
    public int compareTo(TermKey other) {
        return term.toString().compareTo(other.term.toString());
    }
}
