package dev.pequel.pql.compile;

/**
 * Searches texts for one string. {@link String#contains} takes as many steps as the product of both lengths, so it is
 * used only where that is small. Longer texts are searched by the Knuth-Morris-Pratt algorithm, which takes as many
 * steps as both have characters.
 */
final class StringSearch {

    /** The largest product of the lengths for which {@link String#contains} takes microseconds. */
    private static final long DIRECT = 1 << 16;

    /** Steps that count as one item, as a power of two. */
    private static final int STEPS = 12;

    /** Characters searched between two reports to the frame. */
    private static final int PIECE = 1 << 12;

    private final String wanted;

    /**
     * For each length of a prefix of the wanted string, the length of its longest proper border, which is both a
     * prefix and a suffix of it. Computed for the first long text.
     */
    private int[] borders = {};

    StringSearch(String wanted) {
        this.wanted = wanted;
    }

    boolean isIn(Frame frame, String text) {
        long steps = (long) wanted.length() * text.length();
        if (steps > DIRECT) {
            return wanted.length() <= text.length() && isInLong(frame, text);
        }
        frame.walk(steps >> STEPS);
        return text.contains(wanted);
    }

    private boolean isInLong(Frame frame, String text) {
        if (borders.length == 0) {
            borders = borders(frame, wanted);
        }
        int matched = 0;
        for (int start = 0; start < text.length(); start += PIECE) {
            int end = Math.min(start + PIECE, text.length());
            frame.read(end - start);
            for (int i = start; i < end; i++) {
                matched = longer(borders, wanted, matched, text.charAt(i));
                if (matched == wanted.length()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int[] borders(Frame frame, String wanted) {
        int[] borders = new int[wanted.length() + 1];
        int matched = 0;
        for (int i = 1; i < wanted.length(); i++) {
            if (i % PIECE == 0) {
                frame.read(PIECE);
            }
            matched = longer(borders, wanted, matched, wanted.charAt(i));
            borders[i + 1] = matched;
        }
        return borders;
    }

    /** Returns the length of the prefix that matches after one more character. */
    private static int longer(int[] borders, String wanted, int matched, char next) {
        int length = matched;
        while (length > 0 && wanted.charAt(length) != next) {
            length = borders[length];
        }
        return wanted.charAt(length) == next ? length + 1 : length;
    }
}
