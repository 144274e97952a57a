package dev.pequel.compatibility;

import dev.pequel.compatibility.UnsupportedOperations.Operation;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.NotImplemented;
import dev.pequel.tenant.authentication.Roles;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Responds with 501 to requests that {@link UnsupportedOperationAlias} reroutes. Clients do not use its path. */
@RolesAllowed(Roles.READER)
@Path(UnsupportedOperationResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
class UnsupportedOperationResource {

    static final String PATH = "/data/core/ups/unsupported";
    static final String OPERATION = UnsupportedOperationResource.class.getName();

    private final RoutingContext request;

    UnsupportedOperationResource(RoutingContext request) {
        this.request = request;
    }

    @GET
    @org.eclipse.microprofile.openapi.annotations.Operation(hidden = true)
    public void refuse() {
        Operation operation = request.get(OPERATION);
        if (operation == null) {
            throw new NotFound("There is nothing at " + PATH + ".");
        }
        throw new NotImplemented(operation + " is an operation of the hosted service that Pequel does not have; "
                + NotImplemented.TABLE + " lists those that it has.");
    }
}
