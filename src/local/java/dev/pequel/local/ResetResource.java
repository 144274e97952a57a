package dev.pequel.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.http.IgnoredInput;
import dev.pequel.problem.Conflict;
import dev.pequel.profile.sample.SampleLoader;
import dev.pequel.seed.SeedLoader;
import dev.pequel.tenant.Caller;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * {@code /_pequel/reset}: returns all sandboxes, those of an organization, or a single one to the initial state.
 */
@PermitAll
@Path("/_pequel/reset")
@Produces(MediaType.APPLICATION_JSON)
class ResetResource {

    private final SandboxReset reset;
    private final SeedLoader seeds;
    private final SampleLoader sample;
    private final Caller caller;
    private final IgnoredInput ignored;

    ResetResource(
            SandboxReset reset,
            @Readiness SeedLoader seeds,
            @Readiness SampleLoader sample,
            Caller caller,
            IgnoredInput ignored) {
        this.reset = reset;
        this.seeds = seeds;
        this.sample = sample;
        this.caller = caller;
        this.ignored = ignored;
    }

    /**
     * Resets sandboxes. Returns when the seeds are loaded again; sample profiles are loaded in the background.
     *
     * @param organization if absent, the caller's organization for a single sandbox, or all organizations
     * @param sandbox if absent, all sandboxes
     * @throws Conflict if the seeds cannot be loaded
     */
    @POST
    @Operation(hidden = true)
    public ObjectNode reset(@QueryParam("organization") String organization, @QueryParam("sandbox") String sandbox)
            throws InterruptedException {
        ignored.parametersBut("organization", "sandbox");
        Optional<String> owner = Optional.ofNullable(organization)
                .or(() -> Optional.ofNullable(sandbox)
                        .map(named -> caller.tenant().organization()));
        int sandboxes = reset.reset(owner, Optional.ofNullable(sandbox));
        seeds.load().ifPresent(reason -> {
            throw new Conflict("The seeds are not loaded. " + reason);
        });
        sample.reload();
        return JsonNodeFactory.instance.objectNode().put("sandboxes", sandboxes);
    }
}
