package dev.pequel.audience;

import dev.pequel.error.RequestSettings;
import jakarta.enterprise.context.ApplicationScoped;

/** How much a JSON Patch may do: what comes of it could have been sent as a body, too. */
@ApplicationScoped
class PatchLimits {

    private final AudienceSettings audience;
    private final RequestSettings request;

    PatchLimits(AudienceSettings audience, RequestSettings request) {
        this.audience = audience;
        this.request = request;
    }

    int operations() {
        return audience.patchOperations();
    }

    /** Characters of the patched audience. */
    long size() {
        return request.bodyLimit().asLongValue();
    }

    /** Levels to which objects and arrays of the patched audience may be nested. */
    int depth() {
        return request.bodyDepth();
    }
}
