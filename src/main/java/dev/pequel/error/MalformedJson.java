package dev.pequel.error;

import com.fasterxml.jackson.core.JacksonException;
import dev.pequel.pql.JsonMessages;

/** What is wrong with JSON that somebody sent. */
public final class MalformedJson {

    private MalformedJson() {}

    /** The fault in words for the person who sent it: nothing about settings and classes of the parser. */
    public static String words(JacksonException malformed) {
        return JsonMessages.plain(malformed.getOriginalMessage());
    }
}
