package dev.pequel.audience.content;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;

/** The source of an audience's members. The two types of external audiences are equivalent. */
public enum AudienceType {
    SEGMENT_DEFINITION("SegmentDefinition"),
    EXTERNAL_SEGMENT("ExternalSegment"),
    EXTERNAL_AUDIENCE("ExternalAudience");

    @EnumeratedValue
    private final String word;

    AudienceType(String word) {
        this.word = word;
    }

    public static Optional<AudienceType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /** The name in the contract. */
    public String word() {
        return word;
    }

    /** Whether the members are imported instead of evaluated from an expression. */
    public boolean isExternal() {
        return this != SEGMENT_DEFINITION;
    }
}
