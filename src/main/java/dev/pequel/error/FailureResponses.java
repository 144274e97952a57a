package dev.pequel.error;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** Describes, for every request in one place, what all failures look like that it does not describe itself. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class FailureResponses implements OASFilter {

    @Override
    public Operation filterOperation(Operation operation) {
        // Many of those that are described name their reason alone.
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") && response.getRef() == null && response.getContent() == null) {
                response.setContent(OASFactory.createContent()
                        .addMediaType(
                                "application/json",
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("Error"))));
            }
        });
        operation
                .getResponses()
                .addAPIResponse("default", OASFactory.createAPIResponse().ref("Failure"));
        return operation;
    }
}
