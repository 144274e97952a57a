package dev.pequel.tenant;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** {@link AuthenticationTest}, of the packaged service. */
@QuarkusIntegrationTest
@TestProfile(AuthenticationTest.Verified.class)
class AuthenticationIT extends AuthenticationTest {}
