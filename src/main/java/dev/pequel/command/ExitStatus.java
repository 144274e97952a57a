package dev.pequel.command;

/** The exit statuses of all commands, as {@code diff} and {@code grep} have them. */
final class ExitStatus {

    static final int NOTHING_FOUND = 0;

    /** Something is wrong with a file, or differs. */
    static final int FOUND = 1;

    /** The command could not do what it was asked for. */
    static final int TROUBLE = 2;

    private ExitStatus() {}
}
