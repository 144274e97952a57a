package dev.pequel.pql.ast;

/** Words for times relative to the evaluation. As a value, a day is its first instant (00:00 UTC). */
public enum TimeWord {
    NOW("now"),
    TODAY("today"),
    YESTERDAY("yesterday"),
    TOMORROW("tomorrow");

    private final String word;

    TimeWord(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
