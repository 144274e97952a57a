package dev.pequel.audit;

import dev.pequel.answer.PageLinks;
import dev.pequel.database.PageTotal;
import dev.pequel.http.IgnoredInput;
import dev.pequel.tenant.Caller;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.authentication.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /audit/events}: lists the audit events of the caller's sandbox. */
@RolesAllowed(Roles.ADMIN)
@Path("/data/core/ups/audit/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit", description = "Who changed what, when and how.")
class AuditResource {

    private final AuditEventRepository events;
    private final AuditSettings settings;
    private final Sandboxes sandboxes;
    private final Caller caller;
    private final IgnoredInput ignored;

    AuditResource(
            AuditEventRepository events,
            AuditSettings settings,
            Sandboxes sandboxes,
            Caller caller,
            IgnoredInput ignored) {
        this.events = events;
        this.settings = settings;
        this.sandboxes = sandboxes;
        this.caller = caller;
        this.ignored = ignored;
    }

    @GET
    @Operation(
            operationId = "listAuditEvents",
            summary = "List changes of audiences, of the schema, profiles and schedules, and exports",
            description = """
                    The newest first. Whoever follows `next` meets each event once, even when others are added meanwhile. Events \
                    are written in the transaction of the change, and can be neither changed nor removed.
                    """)
    @Parameter(
            name = "start",
            in = ParameterIn.QUERY,
            description = "The first event of the page: `next` of the previous page.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "Events on a page.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "100"))
    @Parameter(
            name = "subject",
            in = ParameterIn.QUERY,
            description =
                    "Only events of this kind of object: `schema` for the sandbox's schema, `profile` for deleted profiles,"
                            + " `schedule` for schedules, `export` for exports that were created, `all` for everything.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"audience", "schema", "profile", "schedule", "export", "all"},
                            defaultValue = "audience"))
    @Parameter(
            name = "audience",
            in = ParameterIn.QUERY,
            description = "Only events of the audience with this id, which may be deleted.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "action",
            in = ParameterIn.QUERY,
            description = "Only events of this kind.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"created", "changed", "deleted"}))
    @Parameter(
            name = "caller",
            in = ParameterIn.QUERY,
            description = "Only events of this caller.",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "Only events of this time or later.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"),
            example = "2026-08-28T10:00:00Z")
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "Only events before this time.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"),
            example = "2026-08-29T10:00:00Z")
    @APIResponse(
            responseCode = "200",
            description = "A page of events",
            content = @Content(schema = @Schema(implementation = AuditEventList.class)))
    public AuditEventList list(@Context UriInfo uri) {
        ignored.parametersBut(AuditQuery.PARAMETERS);
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        AuditQuery query = AuditQuery.of(parameters, settings);
        Optional<Sandbox> sandbox = sandboxes.find(caller.tenant());
        Optional<AuditEvent> start = query.start()
                .map(id -> sandbox.flatMap(present -> events.findByIdOptional(id))
                        .orElseThrow(() -> AuditQuery.unknownStart(id.toString())));
        // An additional event shows that there is another page.
        List<AuditEvent> found = sandbox.map(present -> events.list(query, start, query.limit() + 1))
                .orElse(List.of());
        List<AuditEvent> page = found.subList(0, Math.min(query.limit(), found.size()));
        Optional<String> next =
                found.size() > page.size() ? Optional.of(found.getLast().id.toString()) : Optional.empty();
        return new AuditEventList(
                page.stream()
                        .map(event -> AuditEventDocument.of(event, sandbox.orElseThrow()))
                        .toList(),
                new AuditEventList.Numbers(
                        total(query, start, found.size(), sandbox), page.size(), query.limit(), next),
                PageLinks.next(next.map(id ->
                        "@/audit/events?start=" + id + "&limit=" + query.limit() + AuditQuery.passedOn(parameters))));
    }

    /**
     * Returns the number of matching events. Only the first page can do without a count, because the number of events
     * before any other page is not known.
     */
    private long total(AuditQuery query, Optional<AuditEvent> start, int found, Optional<Sandbox> sandbox) {
        if (sandbox.isEmpty()) {
            return 0;
        }
        return start.isPresent()
                ? Math.max(events.count(query), found)
                : PageTotal.of(0, query.limit() + 1, found, () -> events.count(query));
    }
}
