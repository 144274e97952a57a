package dev.pequel;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** {@link RolesTest}, of the packaged service. */
@QuarkusIntegrationTest
@TestProfile(RolesTest.Verified.class)
class RolesIT extends RolesTest {}
