package dev.pequel.http;

import dev.pequel.http.request.Preconditions;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Builds responses with an entity tag, written as in HTTP, with quotes. */
public final class TaggedResponse {

    private TaggedResponse() {}

    /** Builds a 200 with a body. */
    public static <T> ResponseBuilder<T> ok(T body, String entityTag) {
        return TaggedResponse.<T>withTag(Response.Status.OK, entityTag).entity(body);
    }

    /** Returns a 200 with a body, or a 304 if the client has the body already. */
    public static <T> RestResponse<T> okUnlessKnown(T body, String entityTag, HttpHeaders headers) {
        return Preconditions.of(headers).hasAlready(entityTag)
                ? TaggedResponse.<T>withTag(Response.Status.NOT_MODIFIED, entityTag)
                        .build()
                : ok(body, entityTag).build();
    }

    private static <T> ResponseBuilder<T> withTag(Response.Status status, String entityTag) {
        return ResponseBuilder.<T>create(status).header(HttpHeaders.ETAG, entityTag);
    }
}
