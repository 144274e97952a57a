package dev.pequel.error;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Takes media types that clients of the hosted service send for JSON: whoever accepts a kind of JSON, such as
 * {@code application/vnd.adobe.xdm+json}, gets JSON, and a body that is said to be plain text, as Postman says it unless told
 * otherwise, is read as JSON.
 */
@ApplicationScoped
public class ClientMediaTypes {

    /** JSON Merge Patch, of RFC 7396. */
    public static final String MERGE_PATCH = "application/merge-patch+json";

    private static final String JSON_SUFFIX = "+json";

    @ServerRequestFilter(preMatching = true)
    void takeForJson(ContainerRequestContext request) {
        boolean acceptsKindOfJson = request.getAcceptableMediaTypes().stream()
                .anyMatch(type -> type.getSubtype().endsWith(JSON_SUFFIX));
        if (acceptsKindOfJson) {
            request.getHeaders().add(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
        }
        MediaType sent = request.getMediaType();
        if (sent != null && sent.isCompatible(MediaType.TEXT_PLAIN_TYPE) && !sent.isWildcardType()) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
