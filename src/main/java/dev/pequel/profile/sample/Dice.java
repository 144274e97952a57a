package dev.pequel.profile.sample;

import java.util.List;
import java.util.SplittableRandom;

/** Makes random choices from one stream of numbers, which depends only on the seed, the person and the purpose. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed, int person, int purpose) {
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + person * 4L + purpose);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from {@code min} to {@code max}, both inclusive. */
    int between(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    /** A random number from an exponential distribution with this mean. */
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
