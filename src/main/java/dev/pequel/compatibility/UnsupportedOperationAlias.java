package dev.pequel.compatibility;

import dev.pequel.compatibility.UnsupportedOperations.Operation;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Leads requests for {@link UnsupportedOperations} to one resource, which authenticates the caller before it refuses them. Methods
 * of the same paths that the hosted service does not document are answered as without this class.
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
