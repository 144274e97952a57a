package dev.pequel.audience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link ConcurrentUpdatesTest}, of the packaged service. */
@QuarkusIntegrationTest
class ConcurrentUpdatesIT extends ConcurrentUpdatesTest {}
