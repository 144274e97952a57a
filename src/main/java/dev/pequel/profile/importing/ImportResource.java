package dev.pequel.profile.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pequel.database.PageTotal;
import dev.pequel.http.IgnoredInput;
import dev.pequel.http.request.PacedBody;
import dev.pequel.http.request.RequestSettings;
import dev.pequel.http.request.RequestText;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.NotFound;
import dev.pequel.profile.importing.line.BrokenStream;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /profiles/import} and {@code /events/import}. */
@RolesAllowed(Roles.READER)
@Path("/data/core/ups/{content: profiles|events}/import")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Imports", description = "Profiles and experience events as NDJSON.")
public class ImportResource {

    private static final int GZIP_MAGIC = 0x1F8B;
    private static final int MAX_LIMIT = 1000;

    private final Imports imports;
    private final ImportLimiter turns;
    private final ImportJobRepository jobs;
    private final Caller caller;
    private final Sandboxes sandboxes;
    private final RequestSettings requests;
    private final IgnoredInput ignored;

    ImportResource(
            Imports imports,
            ImportLimiter turns,
            ImportJobRepository jobs,
            Caller caller,
            Sandboxes sandboxes,
            RequestSettings requests,
            IgnoredInput ignored) {
        this.imports = imports;
        this.turns = turns;
        this.jobs = jobs;
        this.caller = caller;
        this.sandboxes = sandboxes;
        this.requests = requests;
        this.ignored = ignored;
    }

    @RolesAllowed(Roles.ADMIN)
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "runImport", summary = "Import profiles or experience events", description = """
                    The body is NDJSON: one JSON document per line, plain or compressed with gzip. It is stored while it is \
                    read, and the answer comes at the end; the job can be followed meanwhile in the list of imports.

                    A profile needs an `identityMap`. It replaces the profile that has one of its identities, and is a new \
                    one when there is none. An event needs `_id`, `timestamp` and an `identityMap` with an identity of a \
                    profile; an event whose `_id` is known is left as it is. A `timestamp` is ISO 8601 or a whole number of \
                    milliseconds since 1970; seconds would be taken for days of January 1970.

                    Lines with errors are left out, counted and reported with their numbers; all others are stored. A line with \
                    an attribute that would be one more than a sandbox may have is such an error.
                    """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(type = SchemaType.STRING),
                            examples = {
                                @ExampleObject(
                                        name = "profiles",
                                        value = "{\"identityMap\": {\"crmid\": [{\"id\": \"C1\"}]},"
                                                + " \"person\": {\"name\": {\"firstName\": \"Jo\"}}}"),
                                @ExampleObject(
                                        name = "events",
                                        value = "{\"_id\": \"E1\", \"timestamp\": \"2026-08-26T12:00:00Z\","
                                                + " \"identityMap\": {\"crmid\": [{\"id\": \"C1\"}]},"
                                                + " \"eventType\": \"commerce.purchases\"}")
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The import, which has ended",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ImportDocument.class)))
    public ImportDocument run(@PathParam("content") String content, InputStream body) {
        try {
            return ImportDocument.of(
                    turns.run(
                            caller.tenant(),
                            () -> imports.run(
                                    caller.tenant(),
                                    ImportJob.Content.of(content),
                                    decompressed(new PacedBody(body, requests)))),
                    sandboxes.of(caller.tenant()));
        } catch (BrokenStream e) {
            throw InvalidRequest.because("The body could not be read completely (" + e.getMessage()
                    + "). The lines stored until then are counted in the import job " + e.job() + ".");
        }
    }

    @GET
    @Operation(operationId = "listImports", summary = "List the imports, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of imports",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ImportJobList.class)))
    public ImportJobList list(
            @PathParam("content") String content,
            @Parameter(
                            description = "The page, from 0.",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", defaultValue = "0"))
                    @QueryParam("start")
                    @DefaultValue("0")
                    String start,
            @Parameter(
                            description = "Imports on a page.",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "20"))
                    @QueryParam("limit")
                    @DefaultValue("20")
                    String limit) {
        ignored.parametersBut("start", "limit");
        Optional<Sandbox> sandbox = sandboxes.find(caller.tenant());
        int pageSize = RequestText.wholeNumber("limit", limit, 1, MAX_LIMIT);
        int page = RequestText.wholeNumber("start", start, 0, Integer.MAX_VALUE);
        List<ImportJob> found = sandbox.map(
                        present -> jobs.newestFirst(ImportJob.Content.of(content), pageSize, (long) page * pageSize))
                .orElse(List.of());
        long total = sandbox.map(present -> PageTotal.of(
                        (long) page * pageSize,
                        pageSize,
                        found.size(),
                        () -> jobs.count(ImportJob.Content.of(content))))
                .orElse(0L);
        return new ImportJobList(
                found.stream()
                        .map(job -> ImportDocument.of(job, sandbox.orElseThrow()))
                        .toList(),
                new ImportJobList.Numbers(total, found.size()));
    }

    /** A page of imports. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "ImportJobList")
    record ImportJobList(
            List<ImportDocument> children,
            @JsonProperty("_page") Numbers page) {

        /** The numbers of the page. */
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        @Schema(name = "ImportPageNumbers")
        record Numbers(
                @Schema(examples = "1") long totalCount,
                @Schema(examples = "1") int pageSize) {}
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getImport", summary = "Look up an import")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ImportDocument.class)))
    public ImportDocument get(@PathParam("content") String content, @PathParam("id") String id) {
        return sandboxes
                .find(caller.tenant())
                .flatMap(sandbox -> RequestText.id(id)
                        .flatMap(job -> jobs.find(ImportJob.Content.of(content), job))
                        .map(job -> ImportDocument.of(job, sandbox)))
                .orElseThrow(() -> new NotFound("There is no import of " + content + " with the id " + id + "."));
    }

    /** Decompresses a gzip stream, which is recognized by its first two bytes, whatever the headers say. */
    private static InputStream decompressed(InputStream body) {
        BufferedInputStream buffered = new BufferedInputStream(body);
        try {
            buffered.mark(2);
            int magic = buffered.read() << 8 | buffered.read();
            buffered.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(buffered) : buffered;
        } catch (EOFException | ZipException malformed) {
            throw InvalidRequest.because(
                    "The body starts like gzip, but its header is malformed or incomplete; nothing was stored.");
        } catch (IOException lost) {
            throw InvalidRequest.because("The connection was closed before the body started; nothing was stored.");
        }
    }
}
