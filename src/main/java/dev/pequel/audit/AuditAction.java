package dev.pequel.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody did to an audience. */
public enum AuditAction {
    CREATED,
    /** Overwritten, patched, or given another list of members. */
    CHANGED,
    DELETED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<AuditAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
