package dev.pequel.tenant;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.PathItem;

/** Describes the headers that name the tenant and the client, which every request of the API may have, in one place. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class TenantParameters implements OASFilter {

    @Override
    public PathItem filterPathItem(PathItem path) {
        return path.addParameter(OASFactory.createParameter().ref("Organization"))
                .addParameter(OASFactory.createParameter().ref("SandboxName"))
                .addParameter(OASFactory.createParameter().ref("ApiKey"));
    }
}
