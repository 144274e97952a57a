package dev.pequel.audit;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody did to an audience. */
public enum AuditAction {
    CREATED,
    /** Overwritten, patched, or given another list of members. */
    CHANGED,
    DELETED;

    @EnumeratedValue
    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in the API and in the database. */
    String word() {
        return word;
    }

    static Optional<AuditAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
