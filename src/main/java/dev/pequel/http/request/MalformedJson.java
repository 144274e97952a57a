package dev.pequel.http.request;

import com.fasterxml.jackson.core.JacksonException;
import dev.pequel.pql.JsonMessages;

/** Describes errors in JSON sent by clients. */
public final class MalformedJson {

    private MalformedJson() {}

    /** Returns a message for the client, without names of the parser's settings and classes. */
    public static String words(JacksonException malformed) {
        return JsonMessages.plain(malformed.getOriginalMessage());
    }
}
