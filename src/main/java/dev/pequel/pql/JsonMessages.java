package dev.pequel.pql;

import java.util.regex.Pattern;

/** Converts messages of the JSON parser to messages for the sender of the JSON. */
public final class JsonMessages {

    /** Advice about settings of the parser, and positions in its own notation. */
    private static final Pattern ABOUT_THE_PARSER = Pattern.compile("(: enable `[^`]*` to allow.*"
            + "| \\(not recognized as one since .*"
            + "| \\(start marker at \\[.*"
            + "|, from `[^`]*`"
            + "| at \\[Source: .*"
            + "|; expected one of \\[.*)");

    /** The name of a class or setting. */
    private static final Pattern NAME_OF_CODE =
            Pattern.compile("`[A-Z]\\w+(\\.\\w+)*(\\(\\))?`|\\b(com|java|org)\\.\\w+\\.|Feature\\b");

    private JsonMessages() {}

    /**
     * Returns the first line of a parser's message, without text about settings and classes of the parser.
     *
     * @param message may be {@code null}, as messages of exceptions can be
     */
    public static String plain(String message) {
        String first = message == null ? "" : message.lines().findFirst().orElse("");
        String plain = ABOUT_THE_PARSER.matcher(first).replaceAll("").strip();
        return plain.isEmpty() || NAME_OF_CODE.matcher(plain).find() ? "malformed" : plain;
    }
}
