package dev.pequel.command;

/** The exit statuses of all commands. They follow the convention of {@code diff} and {@code grep}. */
final class ExitStatus {

    static final int NOTHING_FOUND = 0;

    /** The command found an error in a file, or a difference. */
    static final int FOUND = 1;

    /** The command failed, for example because a file could not be read. */
    static final int TROUBLE = 2;

    private ExitStatus() {}
}
