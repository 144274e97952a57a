package dev.pequel.audit;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody did something to. */
public enum AuditSubject {
    AUDIENCE,
    /** The schema of the sandbox, which decides what audiences mean. */
    SCHEMA,
    /** A profile, of which the trail keeps nothing that tells who it was. */
    PROFILE,
    /** When segment jobs are created. The property {@code id} of a change names the schedule. */
    SCHEDULE,
    /** An export of profiles to files. */
    EXPORT;

    @EnumeratedValue
    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in the API and in the database. */
    String word() {
        return word;
    }

    static Optional<AuditSubject> of(String word) {
        return Arrays.stream(values())
                .filter(subject -> subject.word().equals(word))
                .findFirst();
    }
}
