package dev.pequel.pql.function;

/** The tests of one string against another (section "Strings" of the language page). */
public enum StringTestKind {
    STARTS_WITH,
    DOES_NOT_START_WITH,
    ENDS_WITH,
    DOES_NOT_END_WITH,
    CONTAINS,
    DOES_NOT_CONTAIN,
    EQUALS,
    NOT_EQUAL_TO,
    /** {@code %} and {@code _} are wildcards; a backslash makes the next character literal (P26). */
    LIKE,
    /** The regular expression matches anywhere in the text (P27). */
    MATCHES
}
