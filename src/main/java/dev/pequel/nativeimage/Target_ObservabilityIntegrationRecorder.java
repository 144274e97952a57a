package dev.pequel.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.resteasy.reactive.server.runtime.observability.ObservabilityIntegrationRecorder;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.core.Deployment;

/**
 * Quarkus looks for the template of each request's path twice: before it knows who calls, with a table of all paths that it makes
 * anew for that, and when it has found the resource. The second time is enough: who has no resource, like a request with the
 * method OPTIONS, has no template in the metrics, and is counted with all others of that kind.
 */
@TargetClass(ObservabilityIntegrationRecorder.class)
final class Target_ObservabilityIntegrationRecorder {
    private Target_ObservabilityIntegrationRecorder() {}

    @Substitute
    public static void setTemplatePath(RoutingContext request, Deployment deployment) {}
}
