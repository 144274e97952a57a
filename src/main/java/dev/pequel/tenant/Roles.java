package dev.pequel.tenant;

/** What a caller may be allowed to do. Each role includes the ones before it. */
public final class Roles {

    /** Reads audiences and their numbers, tries expressions, and sees how far jobs and imports are. */
    public static final String READER = "audience-reader";

    /** Also creates, changes and deletes audiences, and looks at the profiles that an expression would select. */
    public static final String EDITOR = "audience-editor";

    /** Also imports and deletes, runs jobs, sets the schema, and sees profiles and the members of audiences. */
    public static final String ADMIN = "audience-admin";

    private Roles() {}
}
