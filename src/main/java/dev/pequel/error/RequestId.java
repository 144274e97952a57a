package dev.pequel.error;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id by which the client and the service's log speak of the same request. */
@RequestScoped
public class RequestId {

    static final String HEADER = "x-request-id";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final String value;

    RequestId(HttpHeaders headers) {
        String sent = headers.getHeaderString(HEADER);
        value = sent != null && FORM.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }

    /** The client's own id where it sent a usable one, else a new one. */
    public String value() {
        return value;
    }
}
