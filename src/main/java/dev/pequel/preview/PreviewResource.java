package dev.pequel.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.answer.Message;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.RequestText;
import dev.pequel.profile.Identity;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /preview} and {@code /estimate}: the profiles that an expression selects, and their number. */
@RolesAllowed(Roles.EDITOR)
@Path("/data/core/ups")
@Tag(name = "Previews", description = "See who an expression selects before there is an audience.")
@Produces(MediaType.APPLICATION_JSON)
class PreviewResource {

    private final Previews previews;
    private final PreviewSettings settings;
    private final Caller caller;
    private final IgnoredInput ignored;

    PreviewResource(Previews previews, PreviewSettings settings, Caller caller, IgnoredInput ignored) {
        this.previews = previews;
        this.settings = settings;
        this.caller = caller;
        this.ignored = ignored;
    }

    @POST
    @Path("/preview")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createPreview", summary = "Preview an expression", description = """
                    Evaluates the expression over all profiles. The answer is exact and comes at once, so its state is always \
                    `RESULT_READY`; it can be read under its `previewId` for a day, as a list of profiles (`/preview`) and as \
                    numbers (`/estimate`).\
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = PreviewRequest.class),
                            examples = @ExampleObject(name = "expression", value = """
                                            {"predicateExpression": "homeAddress.countryCode = \\"US\\"",
                                             "predicateType": "pql/text", "predicateModel": "_xdm.context.profile"}
                                            """)))
    @APIResponse(
            responseCode = "201",
            description = "The preview, which is ready",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PreviewAnswer.class)))
    public RestResponse<PreviewAnswer> create(JsonNode body) {
        ignored.propertiesBut(body, PreviewRequest.PROPERTIES);
        Preview preview = previews.create(caller.tenant(), PreviewRequest.read(body));
        return RestResponse.ResponseBuilder.create(Response.Status.CREATED, PreviewAnswer.of(preview.id()))
                .header("X-Location", path(preview))
                .build();
    }

    @GET
    @Path("/preview/{id}")
    @Operation(operationId = "retrievePreview", summary = "Read the profiles of a preview")
    @APIResponse(
            responseCode = "200",
            description = "A page of profiles",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PreviewPage.class)))
    public PreviewPage get(
            @PathParam("id") String id,
            @Parameter(
                            description = "The first result, from 0.",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
                    @QueryParam("offset")
                    String offset,
            @Parameter(description = "Results on a page.", schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
                    @QueryParam("limit")
                    String limit) {
        ignored.parametersBut("offset", "limit");
        int from = number("offset", offset, 0, Integer.MAX_VALUE).orElse(0);
        int size = number("limit", limit, 1, settings.maxPageSize()).orElse(settings.pageSize());
        Preview preview = previews.find(caller.tenant(), id);
        List<Set<Identity>> members = previews.members(caller.tenant(), preview, from, size);
        int total = preview.members().getCardinality();
        Optional<String> next = (long) from + size < total
                ? Optional.of(path(preview) + "?offset=" + (from + size) + "&limit=" + size)
                : Optional.empty();
        return new PreviewPage(
                preview.id().toString(),
                PreviewAnswer.READY,
                members.stream().map(PreviewPage.PreviewedProfile::of).toList(),
                new PreviewPage.Numbers(from, size, members.size(), total, (total + size - 1) / size, next),
                path(preview));
    }

    @DELETE
    @Path("/preview/{id}")
    @Operation(operationId = "deletePreview", summary = "Delete a preview")
    @APIResponse(
            responseCode = "200",
            description = "The preview is deleted",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Message.class),
                            examples = @ExampleObject(name = "previewDeleted", ref = "PreviewDeleted")))
    public Message delete(@PathParam("id") String id) {
        previews.delete(caller.tenant(), id);
        return Message.of("The preview was deleted.");
    }

    @GET
    @Path("/estimate/{id}")
    @Operation(operationId = "retrieveEstimate", summary = "Read the size of a preview", description = """
                    The numbers are counted, not estimated: the standard error is 0.\
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The numbers",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Estimate.class)))
    public Estimate estimate(@PathParam("id") String id) {
        Preview preview = previews.find(caller.tenant(), id);
        return Estimate.of(preview, path(preview));
    }

    private static String path(Preview preview) {
        return "/data/core/ups/preview/" + preview.id();
    }

    private static Optional<Integer> number(String name, String text, int min, int max) {
        return Optional.ofNullable(text).map(given -> RequestText.wholeNumber(name, given, min, max));
    }
}
