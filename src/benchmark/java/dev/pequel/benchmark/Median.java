package dev.pequel.benchmark;

import java.util.Collection;

/** The median of measured values. */
public final class Median {

    private Median() {}

    /** The value in the middle, or the mean of the two in the middle. There must be at least one value. */
    public static double of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
