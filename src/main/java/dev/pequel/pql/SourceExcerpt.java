package dev.pequel.pql;

/** The line of a text that a place is in, for a terminal: with carets under the place. */
public final class SourceExcerpt {

    /** A longer line is shown in part, because a tree in JSON is often one line of many thousand characters. */
    private static final int LONGEST_LINE = 160;

    /** What is shown of such a line before the place. */
    private static final int BEFORE = 40;

    private SourceExcerpt() {}

    /**
     * Two lines, each after two blanks. Of a long line, the part around the place is shown between dots.
     *
     * <pre>
     *   person.name.startWith("Joe")
     *               ^^^^^^^^^
     * </pre>
     *
     * @param source the whole text that the span points into
     */
    public static String of(String source, Span span) {
        int place = Math.min(span.offset(), source.length());
        int start = Math.max(place - (span.column() - 1), 0);
        int end = place;
        while (end < source.length() && source.charAt(end) != '\n' && source.charAt(end) != '\r') {
            end++;
        }
        String before = "";
        String after = "";
        if (end - start > LONGEST_LINE) {
            if (place - start > BEFORE) {
                start = boundary(source, place - BEFORE);
                before = "...";
            }
            if (end - start > LONGEST_LINE) {
                end = boundary(source, start + LONGEST_LINE);
                after = "...";
            }
        }
        StringBuilder marks = new StringBuilder(" ".repeat(before.length()));
        // A tab before the place is repeated, so that the carets stand under it at any tab width.
        for (int i = start; i < place; i++) {
            marks.append(source.charAt(i) == '\t' ? '\t' : ' ');
        }
        marks.append("^".repeat(Math.max(Math.min(span.length(), end - place), 1)));
        return "  " + before + source.substring(start, end) + after + "\n  " + marks;
    }

    /** The offset, moved back where it would cut a character in two. */
    private static int boundary(String text, int offset) {
        return Character.isLowSurrogate(text.charAt(offset)) && Character.isHighSurrogate(text.charAt(offset - 1))
                ? offset - 1
                : offset;
    }
}
