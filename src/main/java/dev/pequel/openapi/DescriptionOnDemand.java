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
 * Postpones reading the OpenAPI document until it is requested. Quarkus reads and writes it at each start, which
 * takes a third of the start of a native executable.
 */
@OnDemand
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class DescriptionOnDemand {

    private final Queue<InvocationContext> postponed = new ArrayDeque<>();

    /** The intercepted service has two methods: one prepares a document, the other returns a document by name. */
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
     * Adds the annotation to a class of Quarkus. Runs when Pequel is built, and only for production, because dev mode
     * and tests load the classes of Quarkus by a class loader that does not see Pequel's.
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
