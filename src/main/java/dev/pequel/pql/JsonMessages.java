package dev.pequel.pql;

import java.util.regex.Pattern;

/** What is wrong with JSON, in words for the person who sent it. */
public final class JsonMessages {

    /** Advice of the parser about its own settings, and places in its own words. */
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
     * The first line of a parser's message, without what it says about settings and classes of the parser.
     *
     * @param message may be {@code null}, which a parser's message can be
     */
    public static String plain(String message) {
        String first = message == null ? "" : message.lines().findFirst().orElse("");
        String plain = ABOUT_THE_PARSER.matcher(first).replaceAll("").strip();
        return plain.isEmpty() || NAME_OF_CODE.matcher(plain).find() ? "malformed" : plain;
    }
}
