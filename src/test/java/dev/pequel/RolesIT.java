package dev.pequel;

import dev.pequel.tenant.VerifiedTokens;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/** {@link RolesTest}, of the packaged service. */
@QuarkusIntegrationTest
@Tag("native")
@TestProfile(VerifiedTokens.class)
class RolesIT extends RolesTest {}
