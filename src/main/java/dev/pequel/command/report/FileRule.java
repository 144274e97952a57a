package dev.pequel.command.report;

import dev.pequel.pql.Severity;

/** The codes of findings about files. Findings about expressions have a {@link dev.pequel.pql.DiagnosticCode}. */
public enum FileRule {
    INVALID_JSON("invalid-json", Severity.ERROR, "The file is not JSON that the service accepts."),
    INVALID_SCHEMA("invalid-schema", Severity.ERROR, "The file is not a schema of profiles."),
    INVALID_PROPERTY("invalid-property", Severity.ERROR, "A property of an audience is missing or has a wrong value."),
    DUPLICATE_AUDIENCE("duplicate-audience", Severity.ERROR, "Two audiences cannot be distinguished."),
    IGNORED_PROPERTY("ignored-property", Severity.WARNING, "The service ignores the property.");

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
