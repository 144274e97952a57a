package dev.pequel.pql.compile;

/**
 * The search for one string in others. {@link String#contains} takes up to the product of both lengths in steps, so it serves
 * where that is small; longer texts are searched as Knuth, Morris and Pratt do it, in as many steps as both have characters.
 */
final class StringSearch {

    /** Up to this product of the lengths, {@link String#contains} takes microseconds. */
    private static final long DIRECT = 1 << 16;

    /** So much of that product counts as one item, as a power of two. */
    private static final int STEPS = 12;

    /** Characters that are searched between two looks at the frame. */
    private static final int PIECE = 1 << 12;

    private final String wanted;

    /**
     * For each length of a beginning of the wanted string: the length of the longest shorter beginning with which it also ends.
     * Made for the first long text.
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

    /** How much of the beginning of the wanted string matches with one character more. */
    private static int longer(int[] borders, String wanted, int matched, char next) {
        int length = matched;
        while (length > 0 && wanted.charAt(length) != next) {
            length = borders[length];
        }
        return wanted.charAt(length) == next ? length + 1 : length;
    }
}
