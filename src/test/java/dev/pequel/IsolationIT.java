package dev.pequel;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link IsolationTest}, of the packaged service. */
@QuarkusIntegrationTest
class IsolationIT extends IsolationTest {}
