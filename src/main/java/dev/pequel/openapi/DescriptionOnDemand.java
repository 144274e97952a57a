package dev.pequel.openapi;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Has the description of the API read when somebody asks for it. Quarkus would read and write it at each start, which takes a
 * native executable a third of that.
 */
@OnDemand
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class DescriptionOnDemand {

    private final Queue<InvocationContext> postponed = new ArrayDeque<>();

    /** The service has two methods: one prepares a document, the other gives out one that is asked for by its name. */
    @AroundInvoke
    synchronized Object call(InvocationContext call) throws Exception {
        if (!(call.getParameters()[0] instanceof String)) {
            postponed.add(call);
            return null;
        }
        while (!postponed.isEmpty()) {
            postponed.remove().proceed();
        }
        return call.proceed();
    }

    /**
     * Puts the annotation where it cannot be written. Runs when Pequel is built, and only for production: dev mode and tests load
     * Quarkus' own classes where they do not see ours.
     */
    public static final class Placement implements BuildCompatibleExtension {

        @Enhancement(types = OpenApiDocumentService.class)
        public void place(ClassConfig service) {
            if (ConfigUtils.isProfileActive("prod")) {
                service.addAnnotation(OnDemand.class);
            }
        }
    }
}
