package dev.pequel.audience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.tenant.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** {@code /audiences}: list, create, read, overwrite, patch and delete the audiences of the caller's sandbox. */
@Path("/data/core/ups/audiences")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class AudienceResource {

    private static final int MULTI_STATUS = 207;

    private final AudienceService audiences;
    private final AudienceListing listing;
    private final Caller caller;

    AudienceResource(AudienceService audiences, AudienceListing listing, Caller caller) {
        this.audiences = audiences;
        this.listing = listing;
        this.caller = caller;
    }

    @GET
    public ObjectNode list(@Context UriInfo uri) {
        return listing.list(caller.tenant(), AudienceQuery.of(uri.getQueryParameters()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(JsonNode body) {
        return withEntityTag(audiences.create(caller.tenant(), caller.name(), body));
    }

    @POST
    @Path("/bulk-get")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response bulkGet(JsonNode body) {
        return Response.status(MULTI_STATUS)
                .entity(audiences.bulkGet(caller.tenant(), body))
                .build();
    }

    @GET
    @Path("/{id}")
    public Response get(@PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        boolean withMetrics = AudienceQuery.isWithMetrics(uri.getQueryParameters());
        ObjectNode audience = audiences.get(caller.tenant(), id, withMetrics);
        // Numbers change without the audience, so an answer with metrics is always sent in full.
        if (!withMetrics && preconditions(headers).hasAlready(entityTag(audience))) {
            return Response.notModified()
                    .header(HttpHeaders.ETAG, entityTag(audience))
                    .build();
        }
        return withEntityTag(audience);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response replace(@PathParam("id") String id, JsonNode body, @Context HttpHeaders headers) {
        return withEntityTag(audiences.replace(caller.tenant(), id, preconditions(headers)::requireForWriting, body));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON})
    public Response patch(@PathParam("id") String id, JsonNode body, @Context HttpHeaders headers) {
        return withEntityTag(audiences.patch(caller.tenant(), id, preconditions(headers)::requireForWriting, body));
    }

    @DELETE
    @Path("/{id}")
    public void delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        audiences.archive(caller.tenant(), id, preconditions(headers)::requireForWriting);
    }

    private static Preconditions preconditions(HttpHeaders headers) {
        return Preconditions.of(
                Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_MATCH)),
                Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH)));
    }

    private static Response withEntityTag(ObjectNode audience) {
        return Response.ok(audience)
                .header(HttpHeaders.ETAG, entityTag(audience))
                .build();
    }

    private static String entityTag(ObjectNode audience) {
        return audience.get("_etag").textValue();
    }
}
