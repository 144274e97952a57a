package dev.pequel.segmentation.store;

import java.util.Optional;

/** The result of counting an audience. */
public sealed interface CountResult {

    /** The numbers of members at the time of the count. */
    record Counted(Metrics numbers) implements CountResult {}

    /**
     * The audience could not be counted.
     *
     * @param reason a sentence, for example that the expression is no longer valid
     */
    record NotCounted(String reason) implements CountResult {}

    /** Returns the reason for having no numbers, if there are none. */
    default Optional<String> failure() {
        return switch (this) {
            case Counted counted -> Optional.empty();
            case NotCounted none -> Optional.of(none.reason);
        };
    }

    default Optional<Metrics> metrics() {
        return switch (this) {
            case Counted counted -> Optional.of(counted.numbers);
            case NotCounted none -> Optional.empty();
        };
    }
}
