package dev.pequel.audience.content;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of an audience. Allowed transitions: a draft can be published; a published audience can become inactive
 * and active again. No audience becomes a draft again, and only deletion leads to {@link #ARCHIVED}.
 * {@link #PUBLISHED} and {@link #ACTIVE} are equivalent.
 */
public enum Lifecycle {
    DRAFT,
    PUBLISHED,
    INACTIVE,
    ACTIVE,
    ARCHIVED;

    @EnumeratedValue
    private final String word = name().toLowerCase(Locale.ROOT);

    public static Optional<Lifecycle> of(String word) {
        return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
    }

    /** Whether the audience is evaluated. An audience that is not evaluated keeps its members. */
    public boolean isEvaluated() {
        return this == PUBLISHED || this == ACTIVE;
    }

    /** Returns why the transition to another state is not allowed; empty if it is allowed. */
    Optional<String> refusal(Lifecycle next) {
        return switch (next) {
            case DRAFT -> this == DRAFT ? Optional.empty() : Optional.of("cannot return to draft from " + word);
            case INACTIVE ->
                this == DRAFT ? Optional.of("cannot become inactive before it has been published") : Optional.empty();
            case PUBLISHED, ACTIVE, ARCHIVED -> Optional.empty();
        };
    }

    /** The name in the contract. */
    public String word() {
        return word;
    }
}
