package dev.pequel.pql.ast;

/** A calendar period relative to the one that contains {@code now}. */
public enum RelativePeriod {
    LAST("last", -1),
    THIS("this", 0),
    NEXT("next", 1);

    private final String word;
    private final int offset;

    RelativePeriod(String word, int offset) {
        this.word = word;
        this.offset = offset;
    }

    public String word() {
        return word;
    }

    /** Returns the number of units from the current period. */
    public int offset() {
        return offset;
    }
}
