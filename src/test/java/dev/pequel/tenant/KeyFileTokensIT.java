package dev.pequel.tenant;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** {@link KeyFileTokensTest}, of the packaged service. */
@QuarkusIntegrationTest
@TestProfile(KeyFileTokensTest.WithFile.class)
class KeyFileTokensIT extends KeyFileTokensTest {}
