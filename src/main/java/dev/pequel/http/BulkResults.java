package dev.pequel.http;

import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The response to a request for several resources by their ids.
 *
 * @param results for each id, in the order of the request, the resource or an error of {@link BulkErrors}
 */
public record BulkResults(Map<String, Object> results) {

    private static final int MULTI_STATUS = 207;

    /** Returns a 207 with the results. */
    public RestResponse<BulkResults> response() {
        return RestResponse.ResponseBuilder.<BulkResults>create(MULTI_STATUS)
                .entity(this)
                .build();
    }
}
