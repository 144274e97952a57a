package dev.pequel.audience;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of an audience. A draft is published, an audience that was published can be made inactive and active again, none
 * becomes a draft again, and only deleting leads to {@link #ARCHIVED}. The names {@link #PUBLISHED} and {@link #ACTIVE} mean the
 * same.
 */
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

    /** Whether the audience is evaluated. Others keep the members that they have. */
    boolean isEvaluated() {
        return this == PUBLISHED || this == ACTIVE;
    }

    /** Why an audience in this state cannot get into another; empty where it can. */
    Optional<String> refusal(Lifecycle next) {
        return switch (next) {
            case DRAFT -> this == DRAFT ? Optional.empty() : Optional.of("cannot return to draft from " + word);
            case INACTIVE ->
                this == DRAFT ? Optional.of("cannot become inactive before it was published") : Optional.empty();
            case PUBLISHED, ACTIVE, ARCHIVED -> Optional.empty();
        };
    }

    /** The name in the contract. */
    String word() {
        return word;
    }
}
