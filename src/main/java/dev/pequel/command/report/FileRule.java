package dev.pequel.command.report;

import dev.pequel.pql.Severity;

/** The codes of findings about files. Findings about expressions have a {@link dev.pequel.pql.DiagnosticCode}. */
public enum FileRule {
    INVALID_JSON("invalid-json", Severity.ERROR, "The file is not JSON as requests may have it."),
    INVALID_SCHEMA("invalid-schema", Severity.ERROR, "The file is not a schema of profiles."),
    INVALID_PROPERTY("invalid-property", Severity.ERROR, "A property of an audience is missing or has a wrong value."),
    DUPLICATE_AUDIENCE("duplicate-audience", Severity.ERROR, "Two audiences cannot be told apart."),
    IGNORED_PROPERTY("ignored-property", Severity.WARNING, "A property means nothing to the service.");

    private final String id;
    private final Severity severity;
    private final String meaning;

    FileRule(String id, Severity severity, String meaning) {
        this.id = id;
        this.severity = severity;
        this.meaning = meaning;
    }

    String id() {
        return id;
    }

    Severity severity() {
        return severity;
    }

    String meaning() {
        return meaning;
    }
}
