package dev.pequel.pql.ast;

/** The side of a time on which a timestamp is. {@code from} means {@code after} (P54) but is kept as written. */
public enum TimeDirection {
    BEFORE("before"),
    AFTER("after"),
    FROM("from");

    private final String word;

    TimeDirection(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
