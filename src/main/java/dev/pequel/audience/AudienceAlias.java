package dev.pequel.audience;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Serves {@code /audiences} and all below it like the same path under the API's base. */
@ApplicationScoped
class AudienceAlias {

    private static final String BASE = "/data/core/ups";

    void register(@Observes Router router) {
        router.route("/audiences/*").order(-1).handler(context -> {
            String query = context.request().query();
            context.reroute(BASE + context.normalizedPath() + (query == null ? "" : "?" + query));
        });
    }
}
