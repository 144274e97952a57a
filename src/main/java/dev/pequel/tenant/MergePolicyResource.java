package dev.pequel.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.answer.PageLinks;
import dev.pequel.answer.PageNumbers;
import dev.pequel.http.BulkErrors;
import dev.pequel.http.BulkResults;
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
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * {@code /config/mergePolicies}: the only merge policy of a sandbox. The latest import of a profile wins, and
 * identities are not stitched.
 */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/config/mergePolicies")
@Tag(
        name = "Merge policies",
        description = "Each sandbox has one, which applies to audiences that name none. It cannot be changed.")
@Produces(MediaType.APPLICATION_JSON)
class MergePolicyResource {

    private static final int MOST_ON_PAGE = 1000;
    private static final int MOST_IDS = 100;

    /** Filters, and the values of the policy that they are compared to. */
    private static final Map<String, Function<MergePolicyDocument, Object>> FILTERS = Map.of(
            "default", MergePolicyDocument::isDefault,
            "schema.name", policy -> policy.schema().name(),
            "identityGraph.type", policy -> policy.identityGraph().type(),
            "attributeMerge.type", policy -> policy.attributeMerge().type(),
            "version", MergePolicyDocument::version);

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
                    `default`, `schema.name`, `identityGraph.type`, `attributeMerge.type` and `version` leave out policies with \
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
            content = @Content(schema = @Schema(implementation = MergePolicyList.class)))
    public MergePolicyList list(@Context UriInfo uri) {
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        // The order of a single policy does not matter.
        ignored.parametersBut("start", "limit", "orderby", "orderBy");
        ignored.parametersBut(FILTERS.keySet());
        int start = wholeNumber(parameters, "start", 0, Integer.MAX_VALUE).orElse(0);
        wholeNumber(parameters, "limit", 1, MOST_ON_PAGE);
        MergePolicyDocument policy = MergePolicyDocument.of(sandbox());
        boolean matches = FILTERS.entrySet().stream()
                .allMatch(filter -> parameters.getOrDefault(filter.getKey(), List.of()).stream()
                        .allMatch(filter.getValue().apply(policy).toString()::equals));
        List<MergePolicyDocument> children = matches && start == 0 ? List.of(policy) : List.of();
        return new MergePolicyList(
                new PageNumbers(matches ? 1 : 0, children.size(), Optional.empty()),
                children,
                PageLinks.next(Optional.empty()));
    }

    /** A page of merge policies. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "MergePolicyList")
    record MergePolicyList(
            @JsonProperty("_page") PageNumbers page,
            List<MergePolicyDocument> children,
            @JsonProperty("_links") PageLinks links) {}

    @GET
    @Path("/{id}")
    @Operation(operationId = "getMergePolicy", summary = "Read a merge policy")
    @APIResponse(
            responseCode = "200",
            description = "The merge policy",
            content = @Content(schema = @Schema(implementation = MergePolicyDocument.class)))
    public MergePolicyDocument get(@PathParam("id") String id) {
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
    public RestResponse<BulkResults> bulkGet(JsonNode body) {
        Map<String, Object> results = new LinkedHashMap<>();
        for (String id : BulkIds.read(body, MOST_IDS)) {
            results.put(
                    id,
                    find(id).<Object>map(policy -> policy)
                            .orElseGet(() -> bulkErrors.notFound(notFound(id).getMessage())));
        }
        return new BulkResults(results).response();
    }

    private Optional<MergePolicyDocument> find(String id) {
        Sandbox sandbox = sandbox();
        return RequestText.id(id)
                .filter(sandbox.defaultMergePolicyId()::equals)
                .map(known -> MergePolicyDocument.of(sandbox));
    }

    /** Creates the sandbox if necessary, because clients ask for its policy before they store anything. */
    private Sandbox sandbox() {
        return sandboxes.of(caller.tenant());
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
