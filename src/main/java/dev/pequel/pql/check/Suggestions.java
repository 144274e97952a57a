package dev.pequel.pql.check;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant in place of an unknown name. */
public final class Suggestions {

    private static final int LONGEST_NAME = 64;

    private Suggestions() {}

    /**
     * Returns the known name most similar to the wanted one: equal except for case, or differing in at most a third
     * of its letters (each added, left out, changed, or swapped with its neighbour).
     */
    public static Optional<String> closest(String wanted, Collection<String> known) {
        if (wanted.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        String best = null;
        int bestDistance = Math.max(1, wanted.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(wanted, candidate, bestDistance);
            if (distance < bestDistance && !candidate.equals(wanted)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Like {@link #closest}, but only for differences that are almost certainly typing errors. */
    static Optional<String> slip(String wanted, Collection<String> known) {
        int allowed = wanted.length() < 4 ? 0 : wanted.length() < 8 ? 1 : 2;
        return closest(wanted, known).filter(found -> distance(wanted, found, allowed + 1) <= allowed);
    }

    /**
     * Restricted Damerau-Levenshtein distance, without regard to case. Returns {@code bound} for any distance of at
     * least {@code bound}.
     */
    private static int distance(String a, String b, int bound) {
        if (Math.abs(a.length() - b.length()) >= bound) {
            return bound;
        }
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] beforeLast = new int[right.length() + 1];
        int[] last = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[right.length() + 1];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int changed = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + changed);
                boolean swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[right.length()];
    }
}
