package dev.pequel.compatibility;

import dev.pequel.compatibility.UnsupportedOperations.Operation;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Reroutes requests for {@link UnsupportedOperations} to a resource, so that the caller is authenticated before the
 * refusal. Other methods of the same paths are not affected.
 */
@ApplicationScoped
class UnsupportedOperationAlias {

    private static final String BASE = "/data/core/ups";

    void register(@Observes Router router) {
        for (Operation operation : UnsupportedOperations.ALL) {
            String path = BASE + operation.path().replace("{ID}", ":id");
            router.route(HttpMethod.valueOf(operation.method()), path).order(-1).handler(context -> {
                context.put(UnsupportedOperationResource.OPERATION, operation);
                context.reroute(HttpMethod.GET, UnsupportedOperationResource.PATH);
            });
        }
    }
}
