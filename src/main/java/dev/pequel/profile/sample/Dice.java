package dev.pequel.profile.sample;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices from one stream of numbers. */
final class Dice {

    private final SplittableRandom random;

    /** The stream that belongs to a seed, a person and a purpose. */
    Dice(long seed, int person, int purpose) {
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + person * 4L + purpose);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from {@code min} to {@code max}, both included. */
    int between(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    /** A number of 0 or more with this mean; small ones are much more frequent. */
    double exponential(double mean) {
        return -Math.log(1 - random.nextDouble()) * mean;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T> T oneOf(Weighted<T> choices) {
        return choices.at(random.nextInt(choices.total()));
    }

    String digits(int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(i == 0 ? 1 : 0, 10)));
        }
        return digits.toString();
    }
}
