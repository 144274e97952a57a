package dev.pequel.profile.sample;

import java.util.ArrayList;
import java.util.List;

/** Values with different frequencies, for random choices. */
record Weighted<T>(List<T> expanded) {

    /** Adds a value, which is chosen in proportion to its weight. */
    static <T> Builder<T> of(int weight, T thing) {
        return new Builder<T>().and(weight, thing);
    }

    int total() {
        return expanded.size();
    }

    T at(int position) {
        return expanded.get(position);
    }

    static final class Builder<T> {
        private final List<T> expanded = new ArrayList<>();

        Builder<T> and(int weight, T thing) {
            for (int i = 0; i < weight; i++) {
                expanded.add(thing);
            }
            return this;
        }

        Weighted<T> build() {
            return new Weighted<>(List.copyOf(expanded));
        }
    }
}
