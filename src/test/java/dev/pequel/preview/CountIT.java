package dev.pequel.preview;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link CountTest}, of the packaged service. */
@QuarkusIntegrationTest
class CountIT extends CountTest {}
