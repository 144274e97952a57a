package dev.pequel.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Accepts media types that clients of the hosted service use for JSON. A request that accepts a subtype of JSON, such
 * as {@code application/vnd.adobe.xdm+json}, gets JSON. A body of type {@code text/plain}, the default of Postman, is
 * read as JSON.
 */
@ApplicationScoped
public class ClientMediaTypes {

    /** JSON Merge Patch (RFC 7396). */
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
