package dev.pequel.audience;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Reroutes {@code /audiences} and its subpaths to the same paths below the base path of the API. */
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
