package dev.pequel.tenant.authentication;

/** The roles of callers. Each role includes the preceding ones. */
public final class Roles {

    /** Reads audiences and their metrics, evaluates expressions, and reads the progress of jobs and imports. */
    public static final String READER = "audience-reader";

    /** Also creates, changes and deletes audiences, and previews the profiles that an expression selects. */
    public static final String EDITOR = "audience-editor";

    /** Also imports and deletes data, runs jobs, sets the schema, and reads profiles and members of audiences. */
    public static final String ADMIN = "audience-admin";

    private Roles() {}
}
