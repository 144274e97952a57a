package dev.pequel.audit;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kind of object that an audit event is about. */
public enum AuditSubject {
    AUDIENCE,
    /** The schema of the sandbox, on which the meaning of expressions depends. */
    SCHEMA,
    /** A profile. Events have no data that identifies the person. */
    PROFILE,
    /** A schedule of segment jobs. The property {@code id} of a change is the id of the schedule. */
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
