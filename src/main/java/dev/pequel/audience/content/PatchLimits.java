package dev.pequel.audience.content;

import dev.pequel.http.request.RequestSettings;
import jakarta.enterprise.context.ApplicationScoped;

/** Limits of a JSON Patch. The patched audience has the limits of a request body. */
@ApplicationScoped
public class PatchLimits {

    private final AudienceSettings audience;
    private final RequestSettings request;

    PatchLimits(AudienceSettings audience, RequestSettings request) {
        this.audience = audience;
        this.request = request;
    }

    public int operations() {
        return audience.patchOperations();
    }

    /** Maximum size of the patched audience, in characters. */
    public long size() {
        return request.bodyLimit().asLongValue();
    }

    /** Maximum nesting depth of the patched audience. */
    public int depth() {
        return request.bodyDepth();
    }
}
