package dev.pequel.command;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The streams and environment variables of a command. Output is UTF-8, as the files are.
 *
 * @param environment the environment variables
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

    static Terminal of(InputStream in, OutputStream out, OutputStream err, Map<String, String> environment) {
        return new Terminal(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment);
    }

    void print(String text) {
        out.print(text);
        out.flush();
    }

    /** Reports on standard error why the command fails. */
    void complain(String trouble) {
        err.println("pequel: " + trouble);
    }
}
