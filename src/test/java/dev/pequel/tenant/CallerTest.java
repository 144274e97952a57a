package dev.pequel.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pequel.problem.Forbidden;
import dev.pequel.tenant.authentication.AuthenticationSettings;
import dev.pequel.tenant.authentication.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.AuthorizationController;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a caller may be that is known by something else than a token with claims. */
class CallerTest {

    private static final Map<String, String> HEADERS = Map.of(Caller.ORGANIZATION, "acme@Org", Caller.SANDBOX, "prod");

    @Test
    void whoIsKnownWithoutClaimsBelongsToNoOrganization() {
        SecurityIdentity introspected = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("alice"))
                .addRole(Roles.ADMIN)
                .build();

        assertThrows(Forbidden.class, caller(introspected)::tenant);
    }

    @Test
    void whoIsNotKnownBelongsToWhatTheHeadersSay() {
        SecurityIdentity anonymous =
                QuarkusSecurityIdentity.builder().setAnonymous(true).build();

        assertEquals(new Tenant("acme@Org", "prod"), caller(anonymous).tenant());
    }

    private static Caller caller(SecurityIdentity identity) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(TenantSettings.class)
                .withMapping(AuthenticationSettings.class)
                .build();
        return new Caller(
                headers(),
                identity,
                new AuthorizationController(),
                new CallerSettings(
                        config.getConfigMapping(TenantSettings.class),
                        config.getConfigMapping(AuthenticationSettings.class)));
    }

    private static HttpHeaders headers() {
        return (HttpHeaders) Proxy.newProxyInstance(
                CallerTest.class.getClassLoader(), new Class<?>[] {HttpHeaders.class}, (proxy, method, arguments) -> {
                    String value = HEADERS.get(String.valueOf(arguments[0]));
                    return method.getReturnType() == String.class || value == null ? value : List.of(value);
                });
    }
}
