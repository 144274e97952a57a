package dev.pequel.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.http.BulkErrors;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.BulkIds;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.NotFound;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code /config/mergePolicies}: the only merge policy of a sandbox. The latest import of a profile wins, and
 * identities are not stitched.
 */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/config/mergePolicies")
@Tag(
        name = "Merge policies",
        description = "Each sandbox has one, which audiences have when they name none. It cannot be changed.")
@Produces(MediaType.APPLICATION_JSON)
class MergePolicyResource {

    private static final int MULTI_STATUS = 207;
    private static final int MOST_ON_PAGE = 1000;
    private static final int MOST_IDS = 100;

    /** Filters, and JSON pointers to the compared values in the policy. */
    private static final Map<String, String> FILTERS = Map.of(
            "default", "/default",
            "schema.name", "/schema/name",
            "identityGraph.type", "/identityGraph/type",
            "attributeMerge.type", "/attributeMerge/type",
            "version", "/version");

    private final Sandboxes sandboxes;
    private final Caller caller;
    private final BulkErrors bulkErrors;
    private final IgnoredInput ignored;

    MergePolicyResource(Sandboxes sandboxes, Caller caller, BulkErrors bulkErrors, IgnoredInput ignored) {
        this.sandboxes = sandboxes;
        this.caller = caller;
        this.bulkErrors = bulkErrors;
        this.ignored = ignored;
    }

    @GET
    @Operation(operationId = "listMergePolicies", summary = "List merge policies", description = """
                    `default`, `schema.name`, `identityGraph.type`, `attributeMerge.type` and `version` leave out policies with \\
                    another value.
                    """)
    @Parameter(
            name = "start",
            in = ParameterIn.QUERY,
            description = "The page, from 0.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", defaultValue = "0"))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "Merge policies on a page.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "20"))
    @Parameter(
            name = "schema.name",
            in = ParameterIn.QUERY,
            description = "The class of the schema.",
            schema = @Schema(type = SchemaType.STRING),
            example = "_xdm.context.profile")
    @APIResponse(
            responseCode = "200",
            description = "A page of merge policies",
            content = @Content(schema = @Schema(ref = "MergePolicyList")))
    public ObjectNode list(@Context UriInfo uri) {
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        // The order of a single policy does not matter.
        ignored.parametersBut("start", "limit", "orderby", "orderBy");
        ignored.parametersBut(FILTERS.keySet());
        int start = wholeNumber(parameters, "start", 0, Integer.MAX_VALUE).orElse(0);
        wholeNumber(parameters, "limit", 1, MOST_ON_PAGE);
        ObjectNode policy = policy(sandbox());
        boolean matches = FILTERS.entrySet().stream()
                .allMatch(filter -> parameters.getOrDefault(filter.getKey(), List.of()).stream()
                        .allMatch(policy.at(filter.getValue()).asText()::equals));
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ObjectNode page = list.putObject("_page");
        ArrayNode children = list.putArray("children");
        if (matches && start == 0) {
            children.add(policy);
        }
        page.put("totalCount", matches ? 1 : 0).put("pageSize", children.size());
        list.putObject("_links");
        return list;
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getMergePolicy", summary = "Read a merge policy")
    @APIResponse(
            responseCode = "200",
            description = "The merge policy",
            content = @Content(schema = @Schema(ref = "MergePolicy")))
    public ObjectNode get(@PathParam("id") String id) {
        return find(id).orElseThrow(() -> notFound(id));
    }

    @POST
    @Path("/bulk-get")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "bulkGetMergePolicies", summary = "Read several merge policies")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "BulkRequest")))
    @APIResponse(
            responseCode = "207",
            description = "A merge policy or an error for each id",
            content = @Content(schema = @Schema(ref = "BulkMergePolicies")))
    public Response bulkGet(JsonNode body) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode results = answer.putObject("results");
        for (String id : BulkIds.read(body, MOST_IDS)) {
            results.set(
                    id,
                    find(id).orElseGet(() -> bulkErrors.notFound(notFound(id).getMessage())));
        }
        return Response.status(MULTI_STATUS).entity(answer).build();
    }

    private Optional<ObjectNode> find(String id) {
        Sandbox sandbox = sandbox();
        return RequestText.id(id).filter(sandbox.defaultMergePolicyId()::equals).map(known -> policy(sandbox));
    }

    /** Creates the sandbox if necessary, because clients ask for its policy before they store anything. */
    private Sandbox sandbox() {
        return sandboxes.of(caller.tenant());
    }

    private static ObjectNode policy(Sandbox sandbox) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        policy.put("id", sandbox.defaultMergePolicyId().toString());
        policy.put("name", "Default");
        TenantJson.put(policy, sandbox);
        policy.putObject("schema").put("name", "_xdm.context.profile");
        policy.put("version", 1);
        policy.putObject("identityGraph").put("type", "none");
        policy.putObject("attributeMerge").put("type", "timestampOrdered");
        policy.put("isActiveOnEdge", false);
        policy.put("default", true);
        return policy;
    }

    private static Optional<Integer> wholeNumber(
            MultivaluedMap<String, String> parameters, String name, int min, int max) {
        return Optional.ofNullable(parameters.getFirst(name))
                .map(text -> RequestText.wholeNumber(name, text, min, max));
    }

    private static NotFound notFound(String id) {
        return new NotFound("There is no merge policy with the id " + id + ".");
    }
}
