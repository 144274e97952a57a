package dev.pequel.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * {@code /ims/token/v3}: issues a token to every caller, because clients of the hosted service request one first. The
 * token is an unsigned JSON Web Token (RFC 7519, section 6) whose subject is the client's id.
 */
@PermitAll
@Path("/ims/token/v3")
@Produces(MediaType.APPLICATION_JSON)
class TokenResource {

    private static final Duration LIFETIME = Duration.ofDays(1);

    private final Clock clock;

    TokenResource(Clock clock) {
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public ObjectNode token(
            @FormParam("client_id") @DefaultValue("local") String client,
            @FormParam("scope") @DefaultValue("") String scope) {
        Instant now = clock.instant();
        ObjectNode header =
                JsonNodeFactory.instance.objectNode().put("alg", "none").put("typ", "JWT");
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("sub", client)
                .put("client_id", client)
                .put("scope", scope)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFETIME).getEpochSecond());
        return JsonNodeFactory.instance
                .objectNode()
                .put("access_token", encoded(header) + "." + encoded(claims) + ".")
                .put("token_type", "bearer")
                .put("expires_in", LIFETIME.toSeconds());
    }

    private static String encoded(ObjectNode part) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(part.toString().getBytes(StandardCharsets.UTF_8));
    }
}
