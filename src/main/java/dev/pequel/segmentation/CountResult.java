package dev.pequel.segmentation;

import java.util.Optional;

/** What counting an audience led to. */
public sealed interface CountResult {

    /** The audience was counted. */
    record Counted(Metrics numbers) implements CountResult {}

    /**
     * The audience could not be counted.
     *
     * @param reason a sentence, such as that its expression is not valid any more
     */
    record NotCounted(String reason) implements CountResult {}

    /** The audience's numbers, if it was counted. */
    default Optional<Metrics> metrics() {
        return switch (this) {
            case Counted counted -> Optional.of(counted.numbers);
            case NotCounted none -> Optional.empty();
        };
    }
}
