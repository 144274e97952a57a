package dev.pequel.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.error.Characters;
import dev.pequel.error.IgnoredInput;
import dev.pequel.error.InvalidRequest;
import dev.pequel.error.NotFound;
import dev.pequel.profile.Profiles.StoredProfile;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.Roles;
import dev.pequel.tenant.Tenant;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Access to one profile. */
@RolesAllowed(Roles.ADMIN)
@Path("/data/core/ups/access/entities")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Entities")
public class EntityResource {

    private static final String PROFILE_SCHEMA = "_xdm.context.profile";
    private static final String SCHEMA = "schema.name";
    private static final String NAMESPACE = "entityIdNS";
    private static final String ID = "entityId";

    private final Profiles profiles;
    private final EntityDocument document;
    private final Instance<SegmentMemberships> memberships;
    private final Caller caller;
    private final IgnoredInput ignored;

    EntityResource(
            Profiles profiles,
            EntityDocument document,
            Instance<SegmentMemberships> memberships,
            Caller caller,
            IgnoredInput ignored) {
        this.profiles = profiles;
        this.document = document;
        this.memberships = memberships;
        this.caller = caller;
        this.ignored = ignored;
    }

    @GET
    @Operation(summary = "Look up a profile", description = """
                    By one of its identities (`entityIdNS` is the namespace, `entityId` the id), or by the `entityId` of an \
                    earlier answer alone. `fields` limits the answer to some paths, such as `person.name,personalEmail`. \
                    `segmentMembership` tells the audiences that the profile is in or has left, as of their last evaluation.
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The profile under its entity id",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Entities")))
    @APIResponse(responseCode = "404", description = "There is no such profile")
    public StreamingOutput get(
            @QueryParam(SCHEMA) String schema,
            @QueryParam(NAMESPACE) String namespace,
            @QueryParam(ID) String id,
            @QueryParam("fields") String fields) {
        ignored.parametersBut(SCHEMA, NAMESPACE, ID, "fields");
        Tenant tenant = caller.tenant();
        StoredProfile profile = find(tenant, schema, namespace, id).orElseThrow(() -> notFound(namespace, id));
        List<String> paths = fields == null
                ? List.of()
                : Arrays.stream(fields.split(","))
                        .map(String::strip)
                        .filter(path -> !path.isEmpty())
                        .toList();
        Optional<ObjectNode> audiences =
                memberships.stream().findFirst().map(known -> known.of(tenant, profile.ordinal()));
        return out -> document.write(profile, audiences, paths, out);
    }

    @DELETE
    @Operation(
            summary = "Delete a profile",
            description = "With its identities and events. From then on no audience and no count contains it.")
    @APIResponse(responseCode = "204", description = "The profile is deleted")
    @APIResponse(responseCode = "404", description = "There is no such profile")
    public void delete(
            @QueryParam(SCHEMA) String schema, @QueryParam(NAMESPACE) String namespace, @QueryParam(ID) String id) {
        ignored.parametersBut(SCHEMA, NAMESPACE, ID);
        Tenant tenant = caller.tenant();
        requireProfileSchema(schema);
        boolean deleted = namespace == null
                ? EntityDocument.ordinal(required(ID, id)).stream()
                        .anyMatch(ordinal -> profiles.delete(tenant, caller.name(), ordinal))
                : profiles.delete(tenant, caller.name(), identity(namespace, required(ID, id)));
        if (!deleted) {
            throw notFound(namespace, id);
        }
    }

    private Optional<StoredProfile> find(Tenant tenant, String schema, String namespace, String id) {
        requireProfileSchema(schema);
        String entity = required(ID, id);
        return namespace == null
                ? EntityDocument.ordinal(entity).stream()
                        .boxed()
                        .findFirst()
                        .flatMap(ordinal -> profiles.find(tenant, ordinal))
                : profiles.find(tenant, identity(namespace, entity));
    }

    private static Identity identity(String namespace, String id) {
        requireStorable(NAMESPACE, namespace);
        requireStorable(ID, id);
        return new Identity(namespace, id);
    }

    private static void requireStorable(String name, String value) {
        Characters.unstorable(value).ifPresent(character -> {
            throw new InvalidRequest(name, "contains " + character);
        });
    }

    private static void requireProfileSchema(String schema) {
        if (schema != null && !schema.equals(PROFILE_SCHEMA)) {
            throw new InvalidRequest(SCHEMA, "must be " + PROFILE_SCHEMA + ", but is " + schema);
        }
    }

    private static String required(String name, String value) {
        if (value == null || value.isEmpty()) {
            throw new InvalidRequest(name, "is required");
        }
        return value;
    }

    private static NotFound notFound(String namespace, String id) {
        return new NotFound(
                namespace == null
                        ? "There is no profile with the entity id " + id + "."
                        : "No profile has the identity " + new Identity(namespace, id) + ".");
    }
}
