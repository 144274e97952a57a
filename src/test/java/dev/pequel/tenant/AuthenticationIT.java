package dev.pequel.tenant;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link AuthenticationTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
@TestProfile(VerifiedTokens.class)
class AuthenticationIT extends AuthenticationTest {}
