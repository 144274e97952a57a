package dev.pequel;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** {@link ReadmeTest}, of the packaged service. */
@QuarkusIntegrationTest
@TestProfile(ReadmeTest.OwnTenant.class)
class ReadmeIT extends ReadmeTest {}
