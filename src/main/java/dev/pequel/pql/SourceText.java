package dev.pequel.pql;

import java.util.Arrays;

/** A source text, with conversion of offsets to spans. All offsets count UTF-16 code units. */
public final class SourceText {

    private final String text;
    private final int[] lineStarts;

    public SourceText(String text) {
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    public String text() {
        return text;
    }

    public String text(int start, int end) {
        return text.substring(start, end);
    }

    /**
     * Returns the span from {@code start} (inclusive) to {@code end} (exclusive), with line and column of its start.
     */
    public Span span(int start, int end) {
        int found = Arrays.binarySearch(lineStarts, start);
        int line = found >= 0 ? found : -found - 2;
        return new Span(line + 1, start - lineStarts[line] + 1, start, end - start);
    }

    /** Returns the offsets at which lines start. Lines end with LF, CR or CR LF. */
    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean endsLine = c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (endsLine) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
