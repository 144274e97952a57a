package dev.pequel.audit;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kind of a change in the audit trail. */
public enum AuditAction {
    CREATED,
    /** Overwritten or patched, or the list of members was replaced. */
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
