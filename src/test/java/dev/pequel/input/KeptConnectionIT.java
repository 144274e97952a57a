package dev.pequel.input;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** {@link KeptConnectionTest}, of the packaged service. */
@QuarkusIntegrationTest
@TestProfile(KeptConnectionTest.ShortTimeout.class)
class KeptConnectionIT extends KeptConnectionTest {}
