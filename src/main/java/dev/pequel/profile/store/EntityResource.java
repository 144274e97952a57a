package dev.pequel.profile.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.profile.store.EntityRequest.Named;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.Tenant;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /access/entities}. */
@RolesAllowed(Roles.ADMIN)
@Path("/data/core/ups/access/entities")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Entities", description = "Single profiles, their audiences and events.")
public class EntityResource {

    private static final String SCHEMA = "schema.name";
    private static final String NAMESPACE = "entityIdNS";
    private static final String ID = "entityId";
    private static final String RELATED_SCHEMA = "relatedSchema.name";
    private static final String RELATED_NAMESPACE = "relatedEntityIdNS";
    private static final String RELATED_ID = "relatedEntityId";
    private static final String MERGE_POLICY = "mergePolicyId";
    private static final List<String> OF_EVENTS =
            List.of(RELATED_SCHEMA, RELATED_NAMESPACE, RELATED_ID, "startTime", "endTime", "orderby", "limit", "start");

    private final Entities entities;
    private final Profiles profiles;
    private final Caller caller;
    private final IgnoredInput ignored;

    EntityResource(Entities entities, Profiles profiles, Caller caller, IgnoredInput ignored) {
        this.entities = entities;
        this.profiles = profiles;
        this.caller = caller;
        this.ignored = ignored;
    }

    @GET
    @Operation(operationId = "getEntity", summary = "Look up a profile, or its events", description = """
                    A profile by one of its identities (`entityIdNS` is the namespace, `entityId` the id), or by the `entityId` of \
                    an earlier answer alone. `segmentMembership` tells the audiences that the profile is in or has left, as of \
                    their last evaluation.

                    With the schema `_xdm.context.experienceevent` the events of the profile that `relatedEntityId` and \
                    `relatedEntityIdNS` name, a page at a time: `startTime` and `endTime` in milliseconds, `orderby=-timestamp` for \
                    the latest first, `start` as `_page.next` of another page says.
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The profile under its entity id, or a page of events",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Entities")))
    @APIResponse(responseCode = "404", description = "There is no such profile, or no such merge policy")
    public StreamingOutput get(
            @Parameter(description = "`_xdm.context.profile`, or `_xdm.context.experienceevent` for events")
                    @QueryParam(SCHEMA)
                    String schema,
            @QueryParam(NAMESPACE) String namespace,
            @QueryParam(ID) String id,
            @Parameter(description = "Paths to return, such as `person.name,personalEmail`; all by default")
                    @QueryParam("fields")
                    String fields,
            @Parameter(description = "The merge policy of the sandbox, or none") @QueryParam(MERGE_POLICY)
                    String mergePolicy,
            @Context UriInfo uri) {
        ignored.parametersBut(SCHEMA, "fields", MERGE_POLICY);
        List<String> paths = paths(fields);
        if (EntityRequest.EVENT.equals(schema)) {
            ignored.parametersBut(OF_EVENTS);
            return events(uri.getQueryParameters(), paths, mergePolicy);
        }
        ignored.parametersBut(NAMESPACE, ID);
        requireProfileSchema(SCHEMA, schema);
        Named named = new Named(Optional.ofNullable(namespace), RequestText.required(ID, id), Optional.empty());
        return entities.profile(caller.tenant(), named, paths, Optional.ofNullable(mergePolicy))::write;
    }

    private StreamingOutput events(MultivaluedMap<String, String> parameters, List<String> paths, String mergePolicy) {
        requireProfileSchema(RELATED_SCHEMA, parameters.getFirst(RELATED_SCHEMA));
        if (parameters.containsKey("property")) {
            // Ignoring it would return events that the client wants to exclude.
            throw new InvalidRequest("property", "is not supported: events cannot be filtered by their properties");
        }
        Optional<String> start = Optional.ofNullable(parameters.getFirst("start"));
        start.ifPresent(id -> RequestText.requireStorable("start", id));
        Named named = new Named(
                Optional.ofNullable(parameters.getFirst(RELATED_NAMESPACE)),
                RequestText.required(RELATED_ID, parameters.getFirst(RELATED_ID)),
                start);
        ExperienceEvents.Query query = new ExperienceEvents.Query(
                time(parameters, "startTime"),
                time(parameters, "endTime"),
                Optional.ofNullable(parameters.getFirst("orderby"))
                        .map(text -> EntityRequest.isDescending(text)
                                .orElseThrow(() -> new InvalidRequest("orderby", EntityRequest.ORDERS)))
                        .orElse(false),
                Optional.ofNullable(parameters.getFirst("limit"))
                        .map(text -> RequestText.wholeNumber("limit", text, 1, EntityRequest.MOST_EVENTS))
                        .orElse(EntityRequest.MOST_EVENTS));
        return entities.events(
                caller.tenant(),
                named,
                query,
                paths,
                Optional.ofNullable(mergePolicy),
                RequestText.query(parameters, Set.of("start")))::write;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getEntities", summary = "Look up several profiles, or their events", description = """
                    Up to 100 by identity, or by the `entityId` of an earlier answer. Those that no profile has are left out. With \
                    the schema `_xdm.context.experienceevent` the answer has a page of the events of each.
                    """)
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "EntityRequest")))
    @APIResponse(
            responseCode = "200",
            description = "Each profile, or a page of its events, under its entity id",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Entities")))
    @APIResponse(responseCode = "404", description = "There is no such merge policy")
    public StreamingOutput several(JsonNode body) {
        ignored.propertiesBut(body, EntityRequest.PROPERTIES);
        return entities.several(caller.tenant(), EntityRequest.read(body))::write;
    }

    @DELETE
    @Operation(
            operationId = "deleteEntity",
            summary = "Delete a profile",
            description = "Deletes its identities and events too. Afterwards, no audience and no count includes it.")
    @APIResponse(responseCode = "204", description = "The profile is deleted")
    @APIResponse(responseCode = "404", description = "There is no such profile")
    public void delete(
            @QueryParam(SCHEMA) String schema, @QueryParam(NAMESPACE) String namespace, @QueryParam(ID) String id) {
        ignored.parametersBut(SCHEMA, NAMESPACE, ID);
        Tenant tenant = caller.tenant();
        requireProfileSchema(SCHEMA, schema);
        boolean deleted = namespace == null
                ? EntityDocument.ordinal(RequestText.required(ID, id)).stream()
                        .anyMatch(ordinal -> profiles.delete(tenant, caller.name(), ordinal))
                : profiles.delete(tenant, caller.name(), Entities.identity(namespace, RequestText.required(ID, id)));
        if (!deleted) {
            throw Entities.notFound(Optional.ofNullable(namespace), id);
        }
    }

    private static List<String> paths(String fields) {
        return fields == null
                ? List.of()
                : Arrays.stream(fields.split(","))
                        .map(String::strip)
                        .filter(path -> !path.isEmpty())
                        .toList();
    }

    private static Optional<Instant> time(MultivaluedMap<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.getFirst(name))
                .map(text -> RequestText.wholeNumber(name, text, 0L, EntityRequest.MOST_MILLISECONDS))
                .map(Instant::ofEpochMilli);
    }

    private static void requireProfileSchema(String name, String schema) {
        if (schema != null && !schema.equals(EntityRequest.PROFILE)) {
            throw new InvalidRequest(name, "must be " + EntityRequest.PROFILE + ", but is " + schema);
        }
    }
}
