package dev.pequel.audience;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of an audience. Clients move freely among all but {@link #ARCHIVED}, which only deleting leads to. */
enum Lifecycle {
    DRAFT,
    PUBLISHED,
    INACTIVE,
    ACTIVE,
    ARCHIVED;

    @EnumeratedValue
    private final String word = name().toLowerCase(Locale.ROOT);

    static Optional<Lifecycle> of(String word) {
        return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
    }

    /** The name in the contract. */
    String word() {
        return word;
    }
}
