package dev.pequel.http;

import dev.pequel.http.request.RequestText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Lists the ignored query parameters and properties of a successful request in a response header. */
@ApplicationScoped
class IgnoredInputHeader {

    /** Bounds the header, because clients can send any number of names of any length. */
    private static final int MOST_NAMES = 20;

    private static final int LONGEST_NAME = 100;
    private static final int REFUSED = 400;

    private final IgnoredInput ignored;

    IgnoredInputHeader(IgnoredInput ignored) {
        this.ignored = ignored;
    }

    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        List<String> names =
                ignored.names(request.getUriInfo().getQueryParameters().keySet());
        if (!names.isEmpty() && response.getStatus() < REFUSED) {
            String told = names.stream()
                    .limit(MOST_NAMES)
                    .map(IgnoredInputHeader::token)
                    .collect(Collectors.joining(", "));
            response.getHeaders().putSingle(IgnoredInput.HEADER, names.size() > MOST_NAMES ? told + ", ..." : told);
        }
    }

    /** Percent-encodes a name, as the header is ASCII and separates names by commas. */
    private static String token(String name) {
        String encoded = RequestText.encoded(name);
        return encoded.length() <= LONGEST_NAME ? encoded : encoded.substring(0, LONGEST_NAME) + "...";
    }
}
