package dev.pequel.http;

import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/**
 * Finds the methods of a path. A response with the status 405 must list them (RFC 9110, section 15.5.6), which the
 * framework omits.
 */
final class AllowedMethods {

    private AllowedMethods() {}

    /** Returns the methods of a request's path in alphabetical order; empty if no resource has the path. */
    static Set<String> at(ResteasyReactiveRequestContext request) {
        Set<String> methods = new TreeSet<>();
        String path = request.getPath();
        // A copy, because the mapper sorts the list.
        RequestMapper<InitialMatch> resources =
                new RequestMapper<>(new ArrayList<>(request.getDeployment().getClassMappers()));
        for (var match = resources.map(path); match != null; match = resources.continueMatching(path, match)) {
            String below = match.remaining.isEmpty() ? "/" : match.remaining;
            for (ServerRestHandler handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler resource) {
                    resource.getMappers().forEach((method, paths) -> {
                        if (method != null && paths.map(below) != null) {
                            methods.add(method);
                        }
                    });
                }
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }
}
